import { testAgent } from "./support/agent-conformance.ts";
import { createPlainAgent } from "./support/plain-agent.ts";

testAgent("of words", {
  create: createPlainAgent,
  lines: { begin: "begin", say: (text) => `say ${text}`, done: "done", failed: "failed" },
});
