export { guessState, readMoves, type SessionMove } from "../history/session-move.ts";
export { isStale, readEntry, type FolderFacts } from "../history/session-entry.ts";
export { staleEvent } from "../history/stale-event.ts";
export {
  areSameLines,
  decidingLines,
  findChangedLines,
  ownedStatus,
  statusChanges,
  type ChangedLine,
  type DecidingLines,
  type OwnedStatus,
} from "../history/session-status.ts";
export type { GateMemory } from "../history/gate-record.ts";
export { createRecord, type Happening } from "../history/session-record.ts";
export { HistoryError } from "../history/history-error.ts";
export {
  formatMoment,
  formatRecord,
  formatTimestamp,
  HistoryRecord,
  parseHistory,
  parseRecord,
  replay,
  type History,
  type HistoryProblem,
  type Step,
} from "../history/history.ts";
export type { HistoryTail } from "../history/history-tail.ts";
export {
  FileKindError,
  openIfRegular,
  openRegularFile,
  readIfPresent,
  readIfRegular,
  readRegularFile,
  type ReadOptions,
  type RegularFileOptions,
} from "./regular-file.ts";
export { sortByAge, type DatedFile } from "./dated-file.ts";
export { ensureFolder, openOwnFile, writeOwnFile, type OwnFileOptions } from "./own-file.ts";
export {
  openStore,
  sessionFiles,
  type Plan,
  type PlanPart,
  type Store,
  type StoreOptions,
} from "./store.ts";
export { StoreError } from "./store-error.ts";
export { explainSystemCode } from "./system-code.ts";
