import { createClaudeAgent } from "@samocode/agent-claude";
import { testAgent } from "../../agent/test/support/agent-conformance.ts";

const result = (subtype: string, more: object = {}): string =>
  JSON.stringify({ type: "result", subtype, session_id: "s", num_turns: 1, ...more });

testAgent("claude", {
  create: (claudePath, env) =>
    createClaudeAgent({
      claudePath,
      model: "opus",
      fallbackModel: undefined,
      maxTurns: 7,
      permissionMode: "bypassPermissions",
      mainRepo: "/app",
      configPath: "/app/.samocode",
      secrets: [],
      customTexts: { texts: [] },
      env,
    }),
  lines: {
    begin: '{"type":"system","subtype":"init","session_id":"s","model":"m","tools":[]}',
    say: (text) =>
      JSON.stringify({
        type: "assistant",
        message: { id: text, content: [{ type: "text", text }] },
      }),
    done: result("success", { is_error: false, total_cost_usd: 0.25 }),
    failed: result("error_during_execution", { is_error: true, errors: ["it broke"] }),
  },
});
