import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { commandNames, nameFromTask } from "@samocode/session";
import { commandTexts } from "../../src/program/command-texts.ts";
import { createProgram } from "../../src/program/program.ts";
import { createCommandBench, type CommandBench } from "../support/command-bench.ts";

const commands = createProgram(() => {}).commands.filter(
  (command) => command.name() !== "complete",
);

let bench: CommandBench;
beforeAll(async () => {
  bench = await createCommandBench();
});
afterAll(() => bench[Symbol.asyncDispose]());
afterEach(() => {
  vi.unstubAllEnvs();
});

it("prints its help if nothing is typed", async () => {
  const alone = await bench.run();
  expect(alone).toMatchObject({ exitCode: 0, stderr: "" });
  expect(alone.stdout).toMatch(/^Usage: samocode-run/);
  for (const words of [["help"], ["--help"], ["-h"], ["help", "help"]]) {
    expect(await bench.run(...words)).toEqual(alone);
  }
  expect(alone.stdout).toContain("Exit codes: 0 done");
});

it.each(commands.map((command) => command.name()))("`%s --help` describes it", async (name) => {
  const { exitCode, stdout } = await bench.run(name, "--help");
  expect(exitCode).toBe(0);
  const { summary, description } = commandTexts[name as keyof typeof commandTexts];
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(description);
  expect(description).not.toContain(summary);
  expect((await bench.run("help", name)).stdout).toBe(stdout);
});

it("has a text for each command, and a command for each text", () => {
  expect(commands.map((command) => command.name()).toSorted()).toEqual(
    Object.keys(commandTexts).toSorted(),
  );
  const named = commandNames.filter((name) => name !== "complete" && name !== "help");
  expect([...named].toSorted()).toEqual(Object.keys(commandTexts).toSorted());
});

describe.each([60, 80, 100, 132])("in %i columns", (columns) => {
  it.each(["", ...commands.map((command) => command.name())])(
    "no line of the help of `%s` is wider, and no word is cut",
    (name) => {
      vi.stubEnv("COLUMNS", String(columns));
      const program = createProgram(() => {});
      const command = program.commands.find((one) => one.name() === name) ?? program;
      let text = "";
      command.configureOutput({
        writeOut: (words) => {
          text += words;
        },
      });
      command.outputHelp();
      for (const line of text.split("\n")) {
        // A flag and its value are never broken.
        if (/^ {2}(?:-|samocode-run)/.test(line) && line.length > columns) continue;
        expect(line.length).toBeLessThanOrEqual(columns);
      }
    },
  );
});

function widthOf(columns: string): number {
  vi.stubEnv("COLUMNS", columns);
  const lines = createProgram(() => {})
    .helpInformation()
    .split("\n");
  return Math.max(...lines.map(({ length }) => length));
}

it("uses the width of the terminal", () => {
  expect(widthOf("200")).toBeGreaterThan(widthOf("90"));
  expect(widthOf("nonsense")).toBe(widthOf("80"));
  expect(widthOf("0")).toBe(widthOf("80"));
});

it.each([
  ["approve", "cannot approve: expected the name of a session. See: samocode-run approve --help"],
  ["reject t", "cannot reject: expected --feedback <text>. See: samocode-run reject --help"],
  ["t --task", "cannot use `--task <text>`: expected a value. See: samocode-run run --help"],
  [
    "status --jsno",
    "cannot use `--jsno`: expected an option of `status`; did you mean `--json`? See: samocode-run status --help",
  ],
  [
    "list --what",
    "cannot use `--what`: expected an option of `list`. See: samocode-run list --help",
  ],
  [
    "status a b",
    "cannot status with 2 arguments: expected at most 1. See: samocode-run status --help",
  ],
  ["list a", "cannot list with 1 arguments: expected none. See: samocode-run list --help"],
  [
    "graph --format x",
    "cannot use `x` for --format: expected text, mermaid, svg, json. See: samocode-run graph --help",
  ],
  [
    "completion tcsh",
    "cannot use `tcsh` for completion: expected bash, zsh, fish. See: samocode-run completion --help",
  ],
  [
    "completion",
    "cannot completion: expected the name of a shell: bash, zsh or fish. See: samocode-run completion --help",
  ],
  [
    "help aprove",
    "cannot show help for `aprove`: expected a command; the nearest is `approve`\n(see: samocode-run --help)",
  ],
  [
    "aprove login",
    "there is no command `aprove`; did you mean `approve`?\n(see: samocode-run --help)",
  ],
  [
    "run",
    'cannot run: expected the name of a session, or --task "what to do" for a new one. To list the sessions: `samocode-run list`',
  ],
  [
    "--quiet",
    'cannot run: expected the name of a session, or --task "what to do" for a new one. To list the sessions: `samocode-run list`',
  ],
])("says what is wrong with `%s` as it says all faults", async (line, words) => {
  const { exitCode, stdout, stderr } = await bench.run(...line.split(" "));
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `samocode-run: ${words}\n`,
  });
});

it("may have been called for a session with the name of a command", async () => {
  const { exitCode, stderr } = await bench.run("statsu");
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/cannot start `statsu`[^]*or did you mean the command `status`\?\n$/);
});

it.each([
  ["Add JWT login.", "add-jwt-login"],
  ["\n# Add: JWT-login!\nMore", "add-jwt-login"],
  ["one two three four five six", "one-two-three-four-five"],
  ["Überprüfe die Größe", "überprüfe-die-größe"],
  [`${"a".repeat(30)} bbbbbbbbb c`, `${"a".repeat(30)}-bbbbbbbbb`],
  [`${"a".repeat(30)} bbbbbbbbbb c`, "a".repeat(30)],
  ["x".repeat(90), "x".repeat(40)],
  ["fix #12", "fix-12"],
])("names a session after its task %j", (task, name) => {
  expect(nameFromTask(task)).toBe(name);
});

it.each(["", "  ", "!?", "\n--\n"])("cannot name a session after %j", (task) => {
  expect(() => nameFromTask(task)).toThrow("cannot name a session after its task");
});
