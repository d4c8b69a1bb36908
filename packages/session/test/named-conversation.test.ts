import { expect, it } from "vitest";
import { createSessionBench } from "./support/session-bench.ts";

it("repairs a signal in the conversation that the agent reported, and starts another one afterwards", async () => {
  await using bench = await createSessionBench();
  const { run } = bench;
  const planned = () => {
    const effect = run.effect();
    return effect.type === "agent" ? effect.plan : undefined;
  };
  const problem = "cannot find `_signal.json`";
  await run.apply({ type: "signal.invalid", problem }, { claudeSessionId: "thread-7" });
  expect(planned()).toMatchObject({ resumes: true, claudeSessionId: "thread-7" });
  await run.apply({ type: "signal.continue" }, { claudeSessionId: "thread-7" });
  expect(planned()?.resumes).toBe(false);
  expect(planned()?.claudeSessionId).not.toBe("thread-7");
});
