import { fileURLToPath } from "node:url";
import { shellQuote } from "@samocode/process";

export interface HookSettingsOptions {
  /**
   * The program that checks the signal, a JavaScript file.
   * @default the one that comes with the package
   */
  readonly script?: string;
  /**
   * @default the Node that runs this
   */
  readonly node?: string;
}

/** Settings for the CLI's `--settings`, as far as we set any. */
export interface HookSettings {
  readonly attribution: { readonly commit: string; readonly pr: string };
  readonly includeCoAuthoredBy: boolean;
  readonly hooks: {
    readonly Stop: readonly {
      readonly hooks: readonly {
        readonly type: "command";
        readonly command: string;
        readonly timeout: number;
      }[];
    }[];
  };
}

/** In seconds. The check takes a fraction of one; the CLI lets the agent stop when it is over. */
const timeoutS = 20;

/**
 * The settings that an agent is run with, beside the person's own, which the CLI merges: a Stop hook that
 * checks the agent's signal, and no word of the CLI's own in commits and pull requests.
 *
 * @example
 * claudeArguments({ ...options, settings: formatHookSettings() });
 */
export function formatHookSettings(options: HookSettingsOptions = {}): HookSettings {
  const { node = process.execPath, script = ownScript() } = options;
  const command = `${shellQuote(node)} ${shellQuote(script)}`;
  return {
    // Two names of one thing: older versions of the CLI know only the second.
    attribution: { commit: "", pr: "" },
    includeCoAuthoredBy: false,
    hooks: { Stop: [{ hooks: [{ type: "command", command, timeout: timeoutS }] }] },
  };
}

/** It lies beside this file when both are built, and when both are bundled. */
function ownScript(): string {
  return fileURLToPath(new URL("check-signal.js", import.meta.url));
}
