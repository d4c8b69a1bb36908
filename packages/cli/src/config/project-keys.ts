import type { ConfigKey } from "./config-file.ts";

/** A key of `.samocode` that is no setting: it is about the project, and has no variable and no flag. */
interface ProjectKey {
  readonly key: Exclude<ConfigKey, `ON_${string}`>;
  /** @default none: it is required */
  readonly standard?: string;
  readonly expected: string;
  readonly doc: string;
}

/** The keys of `.samocode` beside the settings, for the README and the help of `init`. */
export const projectKeys: readonly ProjectKey[] = [
  {
    key: "MAIN_REPO",
    expected: "a git repository; required",
    doc: "repository that sessions work on",
  },
  { key: "WORKTREES", expected: "a folder; required", doc: "folder for the worktrees of sessions" },
  { key: "SESSIONS", expected: "a folder; required", doc: "folder for the files of sessions" },
  {
    key: "TEST_COMMAND",
    standard: "none",
    expected: "a command line for `sh`",
    doc: "tests the runner runs before a session leaves testing or quality",
  },
  {
    key: "OVERVIEW_CHART",
    standard: "no",
    expected: "`yes` or `no`",
    doc: "whether to show the statechart in the overview of each session",
  },
];
