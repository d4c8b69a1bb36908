import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { RunEventLine } from "@samocode/core";
import { expect, it } from "vitest";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const { poll } = expect;

/** What an agent runs that works until the test says that it is watched. */
const untilWatched = 'until test -e "$SAMOCODE_SESSION/../../watched"; do sleep 0.05; done';

/** What a process prints, line by line, as it comes. */
function follow(child: ReturnType<Bench["start"]>) {
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return {
    events: (): readonly RunEventLine[] =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => RunEventLine.parse(JSON.parse(line))),
  };
}

const withoutTimes = (events: readonly RunEventLine[]): readonly unknown[] =>
  events.map((event) =>
    Object.fromEntries(
      Object.entries(event).filter(([key]) => !/^(?:at|startedAt|deadlineAt|until)$/.test(key)),
    ),
  );

const deadlines = (events: readonly RunEventLine[]) =>
  events.flatMap((event) => (event.type === "waiting" ? [event.answerBy] : []));

const lastMove = (events: readonly RunEventLine[]) =>
  events.findLast((event) => event.type === "session.moved")?.event;

it("tells in another process what the run tells, through questions, approval, a retry and tests to the end", async () => {
  await using bench = await createBench(
    {
      calls: [
        [{ do: "say", text: "I begin." }, { do: "bash", command: untilWatched }, ...ask],
        [{ do: "tool", name: "Read", input: { file_path: "{cwd}/README.md" } }, ...investigate],
        plan,
        [{ do: "exit", code: 1 }],
        implement,
        test,
        clean,
        sum,
      ],
    },
    {
      settings: {
        TEST_COMMAND: "echo '1..1'; echo 'ok 1 - it works'",
        ON_QUESTION_TIMEOUT: "remind after 1h",
        ON_APPROVAL_TIMEOUT: "block after 2h",
      },
      env: { SAMOCODE_RETRY_DELAY: "1" },
    },
  );
  const running = bench.start("t", "--task", "x", "--wait", "--json");
  const run = follow(running);
  await poll(() => run.events().map(({ type }) => type)).toContain("agent");
  const watching = bench.start("watch", "t", "--json");
  const watch = follow(watching);
  const waits = () => watch.events().filter(({ type }) => type === "waiting");
  await poll(() => watch.events()).not.toHaveLength(0);
  writeFileSync(join(bench.project.root, "watched"), "");
  await poll(waits).toHaveLength(1);
  await bench.run("answer", "t", "Q1=A");
  await poll(waits).toHaveLength(2);
  await bench.run("approve", "t");
  expect(await running).toMatchObject({ exitCode: 0 });
  expect(await watching).toMatchObject({ exitCode: 0 });
  // The watch came while the first iteration ran: entered, and the iteration, are told again.
  const [runEvents, watchEvents] = [withoutTimes(run.events()), withoutTimes(watch.events())];
  expect(watchEvents[0]).toMatchObject({ type: "session.entered", state: "working.investigation" });
  expect(watchEvents.slice(1)).toEqual(runEvents.slice(2));
  expect(waits()).toMatchObject([{ remedy: "remind" }, { remedy: "block" }]);
});

it("tells how long a person has to act, again after each reminder and where the session rests", async () => {
  await using bench = await createBench(
    { calls: [ask] },
    { settings: { ON_QUESTION_TIMEOUT: "remind after 3s" } },
  );
  const running = bench.start("t", "--task", "x", "--wait", "--json");
  const run = follow(running);
  await poll(() => run.events().map(({ type }) => type)).toContain("waiting");
  const watching = bench.start("watch", "t", "--json");
  const watch = follow(watching);
  await poll(() => deadlines(watch.events()).length).toBeGreaterThan(1);
  await bench.run("stop", "t");
  expect(await running).toMatchObject({ exitCode: 3 });
  expect(await watching).toMatchObject({ exitCode: 3 });
  expect(deadlines(run.events())).toEqual(expect.arrayContaining(deadlines(watch.events())));
  expect(withoutTimes(watch.events().slice(-1))).toEqual(withoutTimes(run.events().slice(-1)));
  expect(watch.events().at(-1)).toMatchObject({
    answerBy: bench.records().at(-1)?.memory?.wait?.answerBy,
    remedy: "remind",
  });
});

it("tells at once that a run was asked to stop, as the run itself and `status` do", async () => {
  await using bench = await createBench({
    calls: [
      [{ do: "say", text: "I begin." }, { do: "bash", command: untilWatched }, ...investigate],
    ],
  });
  const running = bench.start("t", "--task", "x", "--json");
  const run = follow(running);
  await poll(() => run.events().map(({ type }) => type)).toContain("agent");
  const watching = bench.start("watch", "t", "--json");
  const watch = follow(watching);
  await poll(() => watch.events().map(({ type }) => type)).toContain("agent");
  await bench.run("stop", "t");
  await poll(() => lastMove(run.events())).toBe("stop");
  await poll(() => lastMove(watch.events())).toBe("stop");
  expect((await bench.run("status", "t")).stdout).toContain("; stops after this iteration");
  const lateWatching = bench.start("watch", "t", "--json");
  const late = follow(lateWatching);
  await poll(() => late.events().length).toBeGreaterThan(0);
  expect(bench.records().at(-1)?.event).toBe("stop");
  expect(late.events()[0]).toMatchObject({ type: "session.entered", stopRequested: true });
  writeFileSync(join(bench.project.root, "watched"), "");
  for (const child of [running, watching, lateWatching]) {
    expect(await child).toMatchObject({ exitCode: 3 });
  }
  // Why a run has ended, only the run itself knows.
  const [rested] = withoutTimes(run.events().slice(-1));
  expect(rested).toMatchObject({ because: "stop" });
  const seen = withoutTimes(watch.events().slice(1));
  const known = seen.map((event, index) =>
    index === seen.length - 1 ? Object.assign({}, event, { because: "stop" }) : event,
  );
  expect(known).toEqual(withoutTimes(run.events().slice(2)));
});

it("has the exit code of a run that rests there, also if nobody runs the session", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x");
  const { exitCode, stderr } = await bench.run("watch", "t");
  expect(exitCode).toBe(3);
  expect(stderr).toContain("t: waits for approval of the plan");
  expect(bench.records()).toHaveLength(4);
});

it("ends at ^C and lets the run go on", async () => {
  await using bench = await createBench({
    calls: [[{ do: "sleep", ms: 4000 }, ...investigate], plan],
  });
  const run = bench.start("t", "--task", "x");
  await poll(() => bench.claude.calls().length).toBe(1);
  const watching = bench.start("watch", "t", "--json");
  const watch = follow(watching);
  await poll(() => watch.events().length).toBeGreaterThan(0);
  watching.kill("SIGINT");
  expect(await watching).toMatchObject({ exitCode: 130 });
  expect(await run).toMatchObject({ exitCode: 3 });
});
