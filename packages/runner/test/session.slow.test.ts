import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createStandIn, createTempProject, type Scenario, type Step } from "@samocode/testkit";
import { parseHistory, parseOverview, replay } from "@samocode/core";
import { expect, it } from "vitest";
import { samocodeRun } from "./support/runner-cli.ts";

const signal = (content: Record<string, unknown>): Step => ({
  do: "write",
  path: "{session}/_signal.json",
  content: { ...content, iteration: "{iteration}" },
});

const questions = `### Q1: Where do tokens live?
A) httpOnly cookie
B) localStorage
**Suggestion:** A - not readable by scripts
**Answer:** _waiting_
`;

const wholeSession: Scenario = {
  calls: [
    [
      { do: "say", text: "I look around." },
      { do: "write", path: "{session}/_qa.md", content: questions },
      signal({ status: "waiting", phase: "investigation", for: "qa_answers" }),
    ],
    [signal({ status: "continue", phase: "planning" })],
    [
      { do: "write", path: "{session}/01-15-14:50-plan-jwt.md", content: "# Plan\n- [ ] do it\n" },
      signal({ status: "waiting", phase: "planning", for: "plan_approval" }),
    ],
    [
      { do: "write", path: "login.txt", content: "jwt\n" },
      { do: "commit", message: "Add login" },
      signal({ status: "continue", phase: "testing" }),
    ],
    [signal({ status: "continue", phase: "quality" })],
    [signal({ status: "continue", phase: "done" })],
    [signal({ status: "done", phase: "done", summary: "JWT login, 14 tests" })],
  ],
};

it("takes a task through questions, plan and approval to done, and each run goes on where the last one stopped", async () => {
  await using project = await createTempProject();
  await using claude = await createStandIn(wholeSession);
  const env = { CLAUDE_PATH: claude.path };
  const folder = () => join(project.sessions, readdirSync(project.sessions)[0] ?? "");
  const overview = () => parseOverview(readFileSync(join(folder(), "_overview.md"), "utf8")).status;

  const first = await samocodeRun(project, ["run", "my-task", "--task", "Add JWT login."], env);
  expect(first).toMatchObject({ exitCode: 3 });
  expect(overview()).toMatchObject({ phase: "investigation", waitingFor: "qa_answers" });

  const again = await samocodeRun(project, ["my-task"], env);
  expect(again.exitCode).toBe(3);
  expect(claude.calls()).toHaveLength(1);

  expect((await samocodeRun(project, ["answer", "my-task", "Q1=A"], env)).exitCode).toBe(0);
  expect((await samocodeRun(project, ["my-task"], env)).exitCode).toBe(3);
  expect(overview()).toMatchObject({ phase: "planning", waitingFor: "plan_approval" });

  expect((await samocodeRun(project, ["approve", "my-task"], env)).exitCode).toBe(0);
  const last = await samocodeRun(project, ["my-task"], env);
  expect(last).toMatchObject({ exitCode: 0 });
  expect(overview()).toMatchObject({ phase: "done", blocked: "no", iteration: 7 });

  const steps = replay(parseHistory(readFileSync(join(folder(), "_signal_history.jsonl"), "utf8")).records);
  expect(steps.map(({ to }) => to)).toMatchInlineSnapshot();
  expect(readdirSync(join(folder(), "_logs")).filter((name) => name.endsWith(".jsonl"))).toHaveLength(7);
}, 60_000);
