import { expect, it } from "vitest";
import { agentEnvironment } from "@samocode/agent";

const owner = { runId: "run-1", sessionFolder: "/sessions/x" };
const own = { SAMOCODE_RUN_ID: "run-1", SAMOCODE_SESSION: "/sessions/x" };

it("keeps what is the user's, and says whose process it is", () => {
  const env = { PATH: "/bin", MY_TELEGRAM_: "3", SAMOCODE_RUN_ID: "other" };
  expect(agentEnvironment(env, owner)).toEqual({ PATH: "/bin", MY_TELEGRAM_: "3", ...own });
});

it("has nothing of the bot, of an agent's session around it, or of another repository", () => {
  const dropped = {
    TELEGRAM_BOT_TOKEN: "1",
    TELEGRAM_: "2",
    CLAUDECODE: "1",
    CLAUDE_CODE_MESSAGING_TOKEN: "3",
    AI_AGENT: "x",
    GIT_DIR: "/app/.git",
  };
  expect(agentEnvironment(dropped, owner)).toEqual(own);
});
