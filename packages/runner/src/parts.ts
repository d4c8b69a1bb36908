// What the binary is put together from, beside the library: no promise is made for these names.
export { runIteration } from "./iteration/iteration.ts";
export { verify } from "./iteration/verification.ts";
export { type ArchiveOptions, archiveSession } from "./worktree/archive-session.ts";
export { readHead } from "./worktree/commits.ts";
export { git } from "./worktree/git.ts";
export {
  type NewTask,
  createSession,
  refuseOtherTask,
  removeIfEmpty,
  requireTask,
  sessionBranch,
} from "./worktree/new-session.ts";
export { nameBefore, restoreSession } from "./worktree/restore-session.ts";
export { readSmallFile } from "./worktree/small-file.ts";
export { findWorkingDir } from "./worktree/working-dir.ts";
