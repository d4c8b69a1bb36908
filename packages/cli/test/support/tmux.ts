import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import { createTempFolder } from "@samocode/testkit";
import { join } from "node:path";

/** A real terminal of a fixed size, in which one command runs. */
export interface Terminal extends AsyncDisposable {
  /** What the terminal shows now, row by row, without blanks at the end. */
  readonly screen: () => Promise<string>;
  /** The same with everything that has scrolled away. */
  readonly history: () => Promise<string>;
  /** Waits until the screen shows this, and gives the screen. */
  readonly until: (text: string | RegExp) => Promise<string>;
  /** Presses keys, as tmux calls them: `Enter`, `C-c`, `Down`. */
  readonly press: (...keys: string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Pastes a text, in brackets if the program asks for them. */
  readonly paste: (text: string, options?: { readonly inBrackets?: boolean }) => Promise<void>;
  readonly resize: (columns: number, rows: number) => Promise<void>;
  /** Waits until the command has ended, and gives its exit code. */
  readonly end: () => Promise<number>;
}

/**
 * Why there can be no terminal here; nothing if there can.
 *
 * @throws {Error} In CI: a test that is skipped there proves nothing to anybody.
 */
export function whyNoTerminal(env = process.env): string | undefined {
  try {
    execFileSync("tmux", ["-V"], { stdio: "ignore", env });
    return undefined;
  } catch {
    const why = "tmux is not installed (apt-get install tmux)";
    if ((env["CI"] ?? "") !== "") throw new Error(`cannot test in a terminal: ${why}`);
    return why;
  }
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  /** What stands in it already. */
  readonly text?: string;
  readonly cwd: string;
  /** The whole environment of the command, but for `TERM`. */
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);
const patienceMs = 60_000;

/** Opens a terminal and starts a command in it. Disposing it ends the command. */
export async function openTerminal(
  command: readonly string[],
  { columns, rows, text = "", cwd, env }: TerminalOptions,
): Promise<Terminal> {
  const temp = await createTempFolder("samocode-tmux-");
  // A server of its own: nothing of the person who runs the tests is seen or touched.
  const socket = join(temp.path, "tmux");
  const tmux = async (...args: string[]): Promise<string> => {
    const { stdout } = await run("tmux", ["-S", socket, "-f", "/dev/null", ...args]);
    return stdout;
  };
  // tmux itself now and then never tells the exit code of a command that has ended.
  const codeFile = join(temp.path, "code");
  const script = 'trap : INT; printf %s "$1"; shift; "$@"; echo $? >"$0"';
  const variables = Object.entries({ ...env, LC_ALL: "C.UTF-8", TERM: "tmux-256color" });
  const words = ["env", "-i", ...variables.map(([key, value]) => `${key}=${value}`)];
  const size = ["-x", String(columns), "-y", String(rows)];
  await tmux("new-session", "-d", ...size, "-c", cwd, "-e", "LC_ALL=C.UTF-8");
  await tmux("set-option", "-g", "remain-on-exit", "on");
  await tmux("set-option", "-g", "remain-on-exit-format", "");
  await tmux("set-option", "-g", "status", "off");
  await tmux(
    "respawn-pane",
    "-k",
    "-c",
    cwd,
    ...words,
    "sh",
    "-c",
    script,
    codeFile,
    text,
    ...command,
  );
  const capture = async (...args: string[]): Promise<string> =>
    (await tmux("capture-pane", "-p", ...args)).replaceAll(/[ \t]+$/gm, "").trimEnd();
  const screen = () => capture();
  const poll = async <Value>(look: () => Promise<Value | undefined>, what: string) => {
    const end = Date.now() + patienceMs;
    for (;;) {
      const value = await look();
      if (value !== undefined) return value;
      if (Date.now() > end)
        throw new Error(`${what} does not come; the screen:\n${await screen()}`);
      await sleep(50);
    }
  };
  return {
    screen,
    history: () => capture("-S", "-"),
    until: (text) =>
      poll(
        async () => {
          const shown = await screen();
          const isThere = typeof text === "string" ? shown.includes(text) : text.test(shown);
          return isThere ? shown : undefined;
        },
        `\`${String(text)}\``,
      ),
    press: async (...keys) => void (await tmux("send-keys", ...keys)),
    type: async (text) => void (await tmux("send-keys", "-l", text)),
    paste: async (text, { inBrackets = true } = {}) => {
      await tmux("set-buffer", "--", text);
      await tmux("paste-buffer", ...(inBrackets ? ["-p"] : []));
    },
    resize: async (width, height) =>
      void (await tmux("resize-window", "-x", String(width), "-y", String(height))),
    end: () =>
      poll(async () => {
        const code = existsSync(codeFile) ? readFileSync(codeFile, "utf8").trim() : "";
        return code === "" ? undefined : Number(code);
      }, "the end of the command"),
    async [Symbol.asyncDispose]() {
      await tmux("kill-server").catch(() => {});
      await temp.dispose();
    },
  };
}
