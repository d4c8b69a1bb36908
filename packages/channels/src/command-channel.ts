import type { Channel } from "@samocode/core";
import { execa } from "execa";
import { withoutRepository } from "@samocode/process";
import { withoutSecrets } from "./plugin/channel-plugin.ts";

/** More the system does not take as a word or a variable, in characters with room to spare; stdin has it all. */
const maxWord = 20_000;

/** The end of what a command that failed has said, in characters. */
const maxSaid = 200;

/** Where a command runs, and with what environment. */
export interface CommandChannelOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Variables that the command does not inherit, as {@link withoutSecrets} takes them. */
  readonly secrets: readonly string[];
}

/**
 * Makes a channel of a command, which is run for each notice and without a shell. `{title}`, `{text}`, `{session}`
 * and `{kind}` in its words stand for those of the notice, which it also gets as JSON on stdin and in the
 * variables `SAMOCODE_NOTICE_TITLE`, `_TEXT`, `_SESSION` and `_KIND`.
 */
export function createCommandChannel(
  words: readonly string[],
  { cwd, env, secrets }: CommandChannelOptions,
): Channel {
  const [program = "", ...args] = words;
  return {
    async tell(notice, cancel) {
      const { title, session, kind } = notice;
      const text = notice.text.slice(0, maxWord);
      const places: Readonly<Record<string, string>> = { title, text, session, kind };
      const fill = (word: string): string =>
        word.replaceAll(/\{(title|text|session|kind)\}/g, (_, name: string) => places[name] ?? "");
      const { failed, code, exitCode, signal, stderr } = await execa(program, args.map(fill), {
        cwd,
        extendEnv: false,
        env: {
          ...withoutRepository(withoutSecrets(env, secrets)),
          SAMOCODE_NOTICE_TITLE: title,
          SAMOCODE_NOTICE_TEXT: text,
          SAMOCODE_NOTICE_SESSION: session,
          SAMOCODE_NOTICE_KIND: kind,
        },
        input: `${JSON.stringify(notice)}\n`,
        stdout: "ignore",
        cancelSignal: cancel,
        maxBuffer: 100_000,
        reject: false,
      });
      if (!failed) return;
      if (code === "ENOENT") throw new Error(`\`${program}\` is not a program on the PATH`);
      const how = exitCode === undefined ? (signal ?? code) : `exit code ${exitCode}`;
      const said = stderr.trim().slice(-maxSaid);
      throw new Error(`\`${program}\` ended with ${how}${said === "" ? "" : `: ${said}`}`);
    },
  };
}
