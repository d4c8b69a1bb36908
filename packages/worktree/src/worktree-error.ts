/** There is no worktree that can be used; the message says why and what to do. */
export class WorktreeError extends Error {
  override readonly name = "WorktreeError";
  readonly code = "SAMOCODE_WORKTREE_FAILED";
  readonly path: string;

  /** @param action What cannot be done with the worktree. @default "make" */
  constructor(what: string, cure: string, path: string, action: "make" | "use" = "make") {
    super(`cannot ${action} the worktree \`${path}\`: ${what.replace(/\.+$/, "")}.\n${cure}`);
    this.path = path;
  }
}

/** Makes the error of one worktree. */
export type Fail = (what: string, cure: string) => WorktreeError;
