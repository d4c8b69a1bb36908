import { createHash } from "node:crypto";
import { join } from "node:path";
import type { SessionContext } from "@samocode/core";
import { ensureFolder, formatMoment, sessionFiles } from "@samocode/core/store";
import { agentEnvironment } from "@samocode/agent";
import { formatEvidence } from "../evidence/evidence.ts";
import { describeFewer, findTestChanges } from "../evidence/find-test-changes.ts";
import { readLastEvidence } from "@samocode/session";
import { runTestCommand } from "../evidence/test-command.ts";
import type { IterationOptions } from "./iteration-options.ts";
import { findChanges } from "./put-back.ts";
import type { TestsHappened } from "../run/run-options.ts";

const missingCommand =
  "`TEST_COMMAND` was removed from `.samocode` before it could be run. Test the work again.";

/**
 * Runs the project's test command in the worktree, because an agent says that the work is tested.
 * What the agent claimed is in the record before; what was seen is in this one.
 */
export async function verify(
  command: string | undefined,
  context: SessionContext,
  { store, settings, workingDir, env, cancel, kill, tell }: IterationOptions,
): Promise<TestsHappened> {
  if (command === undefined) {
    return { event: { type: "tests.failed", message: missingCommand, at: Date.now() } };
  }
  const { iteration } = context;
  tell({ type: "tests.started", command });
  const logs = join(store.folder, sessionFiles.logs);
  ensureFolder(logs);
  const stamp = formatMoment(Date.now()).replace(" ", "-").replace(":", "");
  const log = `${stamp}-${String(iteration).padStart(3, "0")}-tests.txt`;
  // The same for each run of this session, so that a run that died leaves no tests beside the next ones.
  const runId = `tests-${createHash("sha256").update(store.folder).digest("hex").slice(0, 16)}`;
  try {
    const evidence = await runTestCommand({
      command,
      cwd: workingDir,
      env: agentEnvironment(env, { runId, sessionFolder: store.folder }),
      timeoutMs: settings.timeoutMs,
      cancel,
      kill,
      outputFile: join(logs, log),
      runId,
    });
    const fewer = describeFewer(evidence.tests, readLastEvidence(store)?.tests);
    const testChanges = [
      ...(await findTestChanges(workingDir, command, { cancel })),
      ...(fewer === undefined ? [] : [fewer]),
    ];
    const at = Date.now();
    const { durationMs } = evidence;
    // What tests do is an agent's work, and decides nothing.
    const { changed } = await findChanges(store, context, undefined, { cancel });
    const facts = {
      durationMs,
      log: join(sessionFiles.logs, log),
      evidence: { ...evidence, ...(testChanges.length > 0 && { testChanges }) },
      ...(changed.length > 0 && { putBack: changed.map(({ text }) => text) }),
    };
    return evidence.verdict === "passed"
      ? { event: { type: "tests.passed", at }, facts }
      : { event: { type: "tests.failed", message: formatEvidence(evidence), at }, facts };
  } catch (error) {
    if (!cancel.aborted) throw error;
    return { event: { type: "agent.interrupted", message: "the run was interrupted" } };
  }
}
