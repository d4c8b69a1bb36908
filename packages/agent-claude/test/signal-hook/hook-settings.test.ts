import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { execaSync } from "execa";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { formatHookSettings } from "../../src/signal-hook/hook-settings.ts";
import { runHookCommand } from "./hook-program.ts";

function commandOf(options: Parameters<typeof formatHookSettings>[0]): string {
  return formatHookSettings(options).hooks.Stop[0]?.hooks[0]?.command ?? "";
}

it("the settings hold one Stop hook with a time limit and put no word into commits", () => {
  expect(formatHookSettings({ node: "/usr/bin/node", script: "/my app/check.js" })).toEqual({
    attribution: { commit: "", pr: "" },
    includeCoAuthoredBy: false,
    hooks: {
      Stop: [
        {
          hooks: [{ type: "command", command: "/usr/bin/node '/my app/check.js'", timeout: 20 }],
        },
      ],
    },
  });
});

it("the program is taken from beside the code, and is run by the same Node", () => {
  expect(commandOf({})).toContain(process.execPath);
  expect(commandOf({})).toMatch(/src\/signal-hook\/check-signal\.js'?$/);
});

it("a shell reads the paths as they are, whatever is in them", () => {
  const path = fc
    .string({ unit: "binary", minLength: 1, maxLength: 30 })
    .filter((name) => !name.includes("\0") && !/\p{Surrogate}/u.test(name))
    .map((name) => `/${name}`);
  fc.assert(
    fc.property(path, (script) => {
      const command = commandOf({ node: "/usr/bin/printf", script });
      const line = command.replace("/usr/bin/printf ", "/usr/bin/printf %s ");
      const { stdout } = execaSync("/bin/sh", ["-c", line], { stripFinalNewline: false });
      expect(stdout).toBe(script);
    }),
    { numRuns: 60 },
  );
});

it("a program is run from a folder with blanks, quotes and dollars in its name", async () => {
  await using temp = await createTempFolder();
  const folder = join(temp.path, `it's "my" $HOME \`app\`; exit 7 #\n&`);
  await mkdir(folder);
  const script = join(folder, "check signal.mjs");
  await writeFile(script, "process.stdout.write(process.argv[1]);");
  const answer = await runHookCommand(commandOf({ script }), {}, "{}");
  expect(answer).toEqual({ exitCode: 0, stdout: script, stderr: "" });
});
