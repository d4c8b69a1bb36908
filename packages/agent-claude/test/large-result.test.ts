import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { adoptAgent } from "@samocode/agent";
import { claudeDialect } from "../src/claude-dialect.ts";
import { createBench } from "./agent-bench.ts";

const init = { type: "system", subtype: "init", session_id: "s" };

it.each([65_536, 70_000, 1_000_000])(
  "a result line of %d bytes and more is taken",
  async (bytes) => {
    await using bench = await createBench("true");
    const result = {
      type: "result",
      subtype: "success",
      is_error: false,
      total_cost_usd: 0.5,
      result: "x".repeat(bytes),
    };
    const lines = [init, result].map((line) => `${JSON.stringify(line)}\n`);
    await writeFile(bench.options.logFile, lines.join(""));
    const { outcome } = await adoptAgent(claudeDialect, bench.options);
    expect(outcome).toMatchObject({ type: "finished", costUsd: 0.5, conversation: "s" });
    expect(outcome).not.toHaveProperty("withoutSignal");
  },
);
