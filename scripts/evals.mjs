// Tries the plugin on a real model with the cases in plugin/evals. It costs money, so nothing calls it by itself.
// More words go to `claude plugin eval`: pnpm evals --case 'relays-*' --runs 3
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const key = process.env.ANTHROPIC_API_KEY || process.env.CLAUDE_CODE_OAUTH_TOKEN;
if (!key) {
  console.log(
    "evals skipped: they need a real model, and neither ANTHROPIC_API_KEY nor CLAUDE_CODE_OAUTH_TOKEN is set.",
  );
  process.exit(0);
}
const plugin = fileURLToPath(new URL("../plugin", import.meta.url));
const { status, error } = spawnSync(
  process.env.CLAUDE_PATH || "claude",
  ["plugin", "eval", plugin, "--trust-plugin", "--no-publish", ...process.argv.slice(2)],
  { stdio: "inherit" },
);
if (error)
  console.error(`cannot start the Claude CLI: ${error.message}. Name it with CLAUDE_PATH.`);
process.exit(status ?? 1);
