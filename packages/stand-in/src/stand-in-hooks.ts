import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The part of `--settings` that concerns a Stop hook. */
interface Settings {
  readonly hooks?: {
    readonly Stop?: readonly {
      readonly hooks?: readonly {
        readonly type?: string;
        readonly command?: string;
        readonly timeout?: number;
      }[];
    }[];
  };
}

/** What a hook is told on its stdin, as far as a runner may use it. */
export interface StopHookInput {
  readonly session_id: string;
  readonly cwd: string;
  readonly hook_event_name: "Stop";
  readonly stop_hook_active: boolean;
  readonly last_assistant_message: string;
}

/**
 * Run the Stop hooks of `--settings` (JSON, or the path of a file), as the CLI does.
 *
 * @returns the reason of the first hook that blocks, else nothing; a hook that fails or hangs does not block
 */
export function runStopHooks(
  settings: string | undefined,
  input: StopHookInput,
): string | undefined {
  if (settings === undefined) return undefined;
  const text = settings.trimStart().startsWith("{") ? settings : readFileSync(settings, "utf8");
  const hooks = ((JSON.parse(text) as Settings).hooks?.Stop ?? []).flatMap(
    (group) => group.hooks ?? [],
  );
  for (const { type, command, timeout = 60 } of hooks) {
    if (type !== "command" || command === undefined) continue;
    const hook = spawnSync("/bin/sh", ["-c", command], {
      input: JSON.stringify(input),
      encoding: "utf8",
      timeout: timeout * 1000,
      env: {
        ...process.env,
        CLAUDE_PROJECT_DIR: input.cwd,
        CLAUDE_CODE_SESSION_ID: input.session_id,
      },
    });
    const reason = hook.status === 2 ? `[${command}]: ${hook.stderr}` : parseDecision(hook.stdout);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function parseDecision(stdout: string): string | undefined {
  if (!stdout.trimStart().startsWith("{")) return undefined;
  const { decision, reason } = JSON.parse(stdout) as { decision?: string; reason?: string };
  return decision === "block" ? (reason ?? "") : undefined;
}
