import { expect, it } from "vitest";
import { countIterations, formatChartText } from "../../src/terminal/chart-text.ts";

const none = new Map<string, number>();

it("draws the phases with what each may lead to if no session is given", () => {
  expect(formatChartText()).toBe(`  ○ investigation
  ○ planning        approval of the plan
  ○ implementation
  ○ testing         back to implementation, or to done
  ○ quality         back to testing
  ○ done
`);
});

it("marks where a session is and has been, with its iterations", () => {
  const counts = new Map([
    ["investigation", 2],
    ["planning", 1],
  ]);
  const place = { name: "login\u001B[2J", state: "waiting.approval", phase: "planning", counts };
  expect(formatChartText(place)).toBe(`login: waits for approval of the plan
  ✓ investigation   2 iterations
  ● planning        waits for approval of the plan, 1 iteration
  ○ implementation
  ○ testing
  ○ quality
  ○ done
`);
});

it("marks the first phase as the place where a session begins, and all of one that is done", () => {
  const first = formatChartText({
    name: "x",
    state: "paused",
    phase: "investigation",
    counts: none,
  });
  expect(first.match(/[●✓○]/gu)?.join("")).toBe("●○○○○○");
  const done = formatChartText({ name: "x", state: "finished", phase: "done", counts: none });
  expect(done.match(/[●✓○]/gu)?.join("")).toBe("✓✓✓✓✓✓");
  expect(done).toMatch(/^x: done\n/);
  const unknown = formatChartText({ name: "x", state: "blocked", phase: "unknown", counts: none });
  expect(unknown.match(/[●✓○]/gu)?.join("")).toBe("○○○○○○");
});

it("counts an iteration of a phase once, whatever ended it, and one of the Python samocode as well", () => {
  const counted = countIterations([
    { phase: "planning", iteration: 1, event: "signal.invalid" },
    { phase: "planning", iteration: 1, event: "signal.waiting" },
    { phase: "planning", iteration: 2, event: "agent.failed" },
    { phase: "testing", iteration: 3 },
    { phase: "testing", iteration: 4, event: "tests.passed" },
    { phase: "testing", iteration: 5, event: "approve" },
    { phase: "testing", event: "signal.done" },
    { iteration: 6, event: "signal.done" },
    { phase: "done", iteration: 7, event: "my.signal.done" },
  ]);
  expect([...counted]).toEqual([
    ["planning", 2],
    ["testing", 1],
  ]);
});
