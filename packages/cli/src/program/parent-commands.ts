import type { CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** The commands by which another program drives sessions. */
export const addParentCommands: CommandGroup = (program, setExitCode) => {
  forPersonsOnly(program.command("mcp"))
    .option("--config <path>", "the `.samocode` file")
    .action(async (flags) => {
      const { serveMcp } = await import("../commands/mcp.ts");
      setExitCode(serveMcp(flags));
    });
};
