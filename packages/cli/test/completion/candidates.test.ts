import { phases } from "@samocode/core";
import { expect, it } from "vitest";
import { findCandidates } from "../../src/completion/candidates.ts";
import { createProgram } from "../../src/program/program.ts";

const program = createProgram(() => undefined);
const sessions = ["login", "logout", "fix"].map((value) => ({ value, description: "session" }));

const answersOf: Readonly<Record<string, readonly { value: string; description: string }[]>> = {
  login: ["Q1=A", "Q1=B", "Q2=A"].map((value) => ({ value, description: "an option" })),
};

const complete = async (...words: string[]) => {
  const asked: (string | undefined)[] = [];
  const found = await findCandidates(program, words, {
    sessions: async (config) => {
      asked.push(config);
      return sessions;
    },
    answers: async (_config, session) => answersOf[session] ?? [],
  });
  return { values: found === "files" ? found : found.map(({ value }) => value), asked };
};

it.each<[string[], string[]]>([
  [["stat"], ["status"]],
  [["log"], ["logs", "login", "logout"]],
  [
    ["status", "log"],
    ["login", "logout"],
  ],
  [["run", "--task", "x", "f"], ["fix"]],
  [["--quiet", "f"], ["fix"]],
  [["answer", "--suggestions", "f"], ["fix"]],
  [["approve", "--no"], ["--note"]],
  [["login", "--auto"], ["--auto-approve"]],
  [["--wa"], ["--wait"]],
  [
    ["completion", ""],
    ["bash", "zsh", "fish"],
  ],
  [["completion", "z"], ["zsh"]],
  [["resume", "login", "--phase", ""], [...phases]],
  [["resume", "login", "--phase", "pl"], ["planning"]],
  [["resume", "login", "--phase", "=", "pl"], ["planning"]],
  [["resume", "login", "--phase", "="], [...phases]],
  // Free text is nobody's to complete.
  [["reject", "login", "--feedback", ""], []],
  [["status", "login", ""], []],
  [
    ["answer", "login", ""],
    ["Q1=A", "Q1=B", "Q2=A"],
  ],
  [
    ["answer", "login", "Q1"],
    ["Q1=A", "Q1=B"],
  ],
  [
    ["answer", "login", "Q1="],
    ["Q1=A", "Q1=B"],
  ],
  [["answer", "login", "Q1=B"], ["Q1=B"]],
  [["answer", "login", "Q1=A", ""], ["Q2=A"]],
  [["answer", "login", "q1=A", ""], ["Q2=A"]],
  // As bash splits it: what is chosen takes the place of the part behind the `=`.
  [
    ["answer", "login", "Q1", "="],
    ["A", "B"],
  ],
  [["answer", "login", "Q1", "=", "B"], ["B"]],
  [
    ["answer", "login", "q1", "="],
    ["A", "B"],
  ],
  [["answer", "login", "Q1", "=", "A", "Q2", "="], ["A"]],
  [["answer", "login", "Q1", "=", "A", ""], ["Q2=A"]],
  [["answer", "fix", ""], []],
  [["nonsense", "--what", ""], []],
])("completes %j to %j", async (words, values) => {
  expect(await complete(...words)).toMatchObject({ values });
});

it.each([[["--config", ""]], [["status", "--config", "/et"]], [["run", "x", "--claude-path", ""]]])(
  "leaves the name of a file to the shell: %j",
  async (words) => {
    expect(await complete(...words)).toMatchObject({ values: "files" });
  },
);

it("offers every command that is not hidden, and the sessions, if nothing is typed yet", async () => {
  const { values } = await complete("");
  expect(values).toEqual(expect.arrayContaining(["run", "answer", "archive", "help", "login"]));
  expect(values).not.toContain("complete");
});

it("asks for sessions in the project that the command line names", async () => {
  expect((await complete("status", "--config", "/other", "")).asked).toEqual(["/other"]);
  expect((await complete("reject", "login", "--feedback", "")).asked).toEqual([]);
});

it("says what each candidate is for", async () => {
  const found = await findCandidates(program, [""], {
    sessions: async () => sessions,
    answers: async () => [],
  });
  for (const { value, description } of found === "files" ? [] : found) {
    expect([value, description]).not.toContain("");
  }
});
