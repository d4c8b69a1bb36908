/**
 * Set by the launcher (`bin/samocode-run.js`) if SIGHUP is ignored, as `nohup` does: Node takes every signal as it is by
 * default, whatever was there before, and so cannot know it.
 */
const hangupVariable = "SAMOCODE_HANGUP";

let isIgnored: boolean | undefined;

/** Whether this process was started with SIGHUP ignored. The first call takes that out of the environment. */
export function wasHangupIgnored(env: NodeJS.ProcessEnv = process.env): boolean {
  isIgnored ??= env[hangupVariable] === "ignored";
  // It is about this process, and not about those that it starts.
  delete env[hangupVariable];
  return isIgnored;
}
