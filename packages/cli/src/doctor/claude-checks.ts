import { z } from "zod";
import { isTooOld, leastVersion, parseVersion } from "@samocode/agent-claude";
import { findProgram, runBriefly } from "@samocode/process";
import type { Settings } from "../config/settings.ts";
import { createCheck, type Check } from "@samocode/channels/plugin";
import { checkPlugin } from "./plugin-check.ts";

/** How long the CLI may take to say something about itself, in ms. */
const patienceMs = 30_000;

/** Whether the Claude CLI is there, logged in, and loads the agents of samocode. Asks no model, so it costs nothing. */
export async function checkClaude(
  { claudePath, permissionMode }: Pick<Settings, "claudePath" | "permissionMode">,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<readonly Check[]> {
  const path = findProgram(claudePath, env);
  if (path === undefined) {
    const place = claudePath.includes("/") ? "" : " on the PATH";
    const found = `\`${claudePath}\` is not a program${place}`;
    const cure =
      "Install it: npm install -g @anthropic-ai/claude-code, or name it with CLAUDE_PATH.";
    return [createCheck("Claude CLI", "fault", found, cure)];
  }
  const version = await checkVersion(path, env);
  if (version.state === "fault") return [version];
  return [
    version,
    ...(await Promise.all([checkLogin(path, env), checkPlugin(path, env)])),
    ...checkRoot(permissionMode, env),
  ];
}

async function checkVersion(path: string, env: Readonly<NodeJS.ProcessEnv>): Promise<Check> {
  const { said, code, failure } = await ask(path, ["--version"], env);
  const version = parseVersion(said);
  if (code !== 0 || version === undefined) {
    const found = `${path} does not print its version, but: ${failure ?? (said || "nothing")}`;
    return createCheck("Claude CLI", "fault", found, "Reinstall it, or fix CLAUDE_PATH.");
  }
  const whole = `${version} (${path})`;
  if (!isTooOld(version)) return createCheck("Claude CLI", "ok", whole);
  const found = `${whole} is older than ${leastVersion}, the oldest that is supported`;
  return createCheck("Claude CLI", "fault", found, "Update the Claude CLI: claude update");
}

const AuthStatus = z.object({
  loggedIn: z.boolean(),
  authMethod: z.string().optional().catch(undefined),
  apiProvider: z.string().optional().catch(undefined),
});

async function checkLogin(path: string, env: Readonly<NodeJS.ProcessEnv>): Promise<Check> {
  const { said } = await ask(path, ["auth", "status"], env);
  const status = parseStatus(said);
  if (status === undefined) {
    const found = "this version of the CLI does not report whether it is logged in";
    return createCheck("login", "warning", found, "Check it by hand: claude, then /status");
  }
  const { loggedIn, authMethod = "unknown", apiProvider = "firstParty" } = status;
  if (!loggedIn) {
    const cure = "Log in: claude auth login, or set ANTHROPIC_API_KEY.";
    return createCheck("login", "fault", "the CLI is not logged in", cure);
  }
  const provider = apiProvider === "firstParty" ? "" : `, ${apiProvider}`;
  return createCheck("login", "ok", `logged in (${authMethod}${provider})`);
}

function parseStatus(text: string): z.infer<typeof AuthStatus> | undefined {
  try {
    return AuthStatus.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The CLI does not start as root with all permissions, unless it is told that it is in a sandbox. */
function checkRoot(permissionMode: string, env: Readonly<NodeJS.ProcessEnv>): readonly Check[] {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || permissionMode !== "bypassPermissions") return [];
  if ((env["IS_SANDBOX"] ?? "") !== "") {
    return [createCheck("account", "ok", "root, in a sandbox (IS_SANDBOX is set)")];
  }
  return [
    createCheck(
      "account",
      "fault",
      "as root, the CLI refuses SAMOCODE_PERMISSION_MODE `bypassPermissions`",
      "Use another account. In a container made for this: IS_SANDBOX=1",
    ),
  ];
}

async function ask(path: string, args: readonly string[], env: Readonly<NodeJS.ProcessEnv>) {
  const { lines, ...end } = await runBriefly({ path, args, env, timeoutMs: patienceMs });
  return { ...end, said: lines.join("\n") };
}
