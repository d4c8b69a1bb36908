export { type ArchiveOptions, archiveSession } from "./archive-session.ts";
export { readBranchResult } from "./branch-result.ts";
export { isDirty } from "./changes.ts";
export { listCommits, readHead } from "./commits.ts";
export { git, type GitOptions } from "./git.ts";
export {
  type NewTask,
  createSession,
  refuseOtherTask,
  removeIfEmpty,
  requireTask,
  sessionBranch,
} from "./new-session.ts";
export { nameBefore, restoreSession } from "./restore-session.ts";
export { readSmallFile } from "./small-file.ts";
export { findWorkingDir } from "./working-dir.ts";
export { findBase } from "./worktree-base.ts";
