import { Option } from "commander";
import { settingRows } from "../config/settings.ts";
import type { CommandGroup } from "./command-group.ts";
import { forPersonsOnly } from "./person-only.ts";

/** `run`: the command that takes a session on. */
export const addRunCommand: CommandGroup = (program, setExitCode) => {
  const run = forPersonsOnly(
    program.command("run", { isDefault: true }),
    ({ autoApprove, acceptSuggestions }) => autoApprove === true || acceptSuggestions === true,
  )
    .summary("start a session or go on with it (the word `run` may be left out)")
    .argument("<session>", "name of the session, its folder, or a path that ends in its name")
    .option("--task <text>", "what is to be done; needed for a new session")
    .option("--dive <text>", "what to look into first")
    .option("--config <path>", "the `.samocode` file")
    .option("--auto-approve", "open the plan gate without a person; it is recorded as such", false)
    .option("--accept-suggestions", "answer questions with their suggestions", false)
    .addOption(new Option("--wait", "stay while a person is needed, and go on by itself"))
    .addOption(new Option("--no-wait", "end with exit code 3 when a person is needed"))
    .option("--json", "one JSON event a line on stdout", false)
    .option("--quiet", "no progress", false);
  for (const { flag, variable, standard, doc } of Object.values(settingRows)) {
    if (flag === undefined) continue;
    const note = standard === undefined ? variable : `${variable}, default ${standard}`;
    run.option(`${flag} <value>`, `${doc} (${note})`);
  }
  run.action(async (session: string, flags) => {
    const { tuneEngine } = await import("../process/engine.ts");
    tuneEngine();
    const { run: runCommand } = await import("../commands/run.ts");
    setExitCode(await runCommand(session, flags));
  });
};
