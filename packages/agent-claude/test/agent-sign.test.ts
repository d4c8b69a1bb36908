import { renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startAgentProcess, stopAgentProcess, giveSign, readSign } from "@samocode/process";
import { createScriptBench, logged } from "./agent-bench.ts";

test("an agent that outlives its runner shows that it is alive, until it ends", async () => {
  await using bench = await createScriptBench("echo ready; exec sleep 300");
  const path = join(bench.folder, ".run.lock");
  const living = giveSign(path, "0123456789abcdef");
  if (living === undefined) throw new Error("this system has no named pipes");
  const started = await startAgentProcess({ ...bench.options, keepsOpen: living.file });
  if ("startError" in started) throw started.startError;
  await logged(bench, "ready");
  const pipe = join(bench.folder, living.sign.file);
  renameSync(pipe, `${pipe}.kept`);
  living.end();
  renameSync(`${pipe}.kept`, pipe);
  expect(readSign(path, living.sign)).toBe("alive");
  await stopAgentProcess(started.identity);
  expect(readSign(path, living.sign)).toBe("dead");
});
