import type { Store } from "@samocode/core/store";
import type { SessionPlace } from "./session-folder.ts";

/** The folders of a project; all are absolute. */
export interface ProjectFolders {
  /** The top of the repository that is worked on; a bare one will do. */
  readonly mainRepo: string;
  readonly worktrees: string;
  readonly sessions: string;
}

/** A session that was looked up in its project. */
export interface FoundSession {
  readonly place: SessionPlace;
  /** What to type for the session. */
  readonly name: string;
  readonly store: Store;
  readonly project: ProjectFolders;
  readonly settings: { readonly branchPrefix: string | undefined };
}
