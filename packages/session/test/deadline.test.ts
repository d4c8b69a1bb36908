import type { SessionEvent } from "@samocode/core";
import { expect, it } from "vitest";
import { decide } from "../src/decision.ts";
import { deadlineOf } from "../src/deadline.ts";
import { enterSession } from "../src/session-driver.ts";
import { createSessionBench } from "./support/session-bench.ts";

const afterMs = 3_600_000;
const suggest = { patience: { qa_answers: { remedy: "suggestions", afterMs } } } as const;
const remind = { patience: { qa_answers: { remedy: "remind", afterMs } } } as const;
const asks: SessionEvent = { type: "signal.waiting", for: "qa_answers" };

type Bench = Awaited<ReturnType<typeof createSessionBench>>;
const lineOf = ({ overview }: Bench) => /^Answer By: (.*)$/m.exec(overview())?.[1];

it("is written into the overview with the wait, and taken away with it", async () => {
  await using bench = await createSessionBench(suggest);
  expect(lineOf(bench)).toBeUndefined();
  await bench.run.apply(asks);
  const { answerBy, remedy } = deadlineOf(bench.run.snapshot().context);
  expect(remedy).toBe("suggestions");
  expect(Date.parse(lineOf(bench)?.split(",")[0] ?? "")).toBe(answerBy);
  expect(bench.run.effect()).toEqual({
    type: "rest",
    unanswered: { type: "unanswered", for: "qa_answers", remedy, at: answerBy },
  });
  await decide(bench.store, { type: "answer", open: 0 });
  expect(lineOf(bench)).toBeUndefined();
});

it("outlives what is decided meanwhile: some of the answers, a stop", async () => {
  await using bench = await createSessionBench(suggest);
  const { run, store } = bench;
  await run.apply(asks);
  const effect = run.effect();
  await run.apply({ type: "answer", open: 1, answered: ["Q1"] });
  expect(run.effect()).toEqual(effect);
  await decide(store, { type: "answer", open: 1, answered: ["Q2"] });
  await run.refresh();
  expect(run.effect()).toEqual(effect);
  await decide(store, { type: "stop" });
  await run.refresh();
  expect(run.effect()).toEqual(effect);
  expect(bench.last()?.memory?.wait?.answerBy).toBe(deadlineOf(run.snapshot().context).answerBy);
});

it("is the one that the newest run says, recorded and in the overview before anybody acts", async () => {
  await using bench = await createSessionBench(suggest);
  await bench.run.apply(asks);
  const since = bench.last()?.memory?.wait?.since ?? 0;
  const enter = async (settings: Parameters<typeof createSessionBench>[0] = {}) =>
    enterSession(bench.store, { settings, timeoutMs: 0 });
  const again = await enter(suggest);
  expect(bench.last()).toMatchObject({ event: "signal.waiting" });
  expect(deadlineOf(again.snapshot().context)).toEqual({
    answerBy: since + afterMs,
    remedy: "suggestions",
  });

  await enter(remind);
  expect(bench.last()).toMatchObject({
    event: "run",
    from: "waiting.answers",
    to: "waiting.answers",
  });
  expect(lineOf(bench)).toContain("then a reminder");
  await enter({ patience: {} });
  expect(lineOf(bench)).toBeUndefined();
  expect(bench.last()?.memory?.wait).toEqual({ since });
});
