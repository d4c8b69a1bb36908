export { type AnswerOptions, type AnsweringResult, answerQuestions } from "./answer-questions.ts";
export { archiveFolder, findAnySession, findArchived, listArchived } from "./archived-session.ts";
export { type Artifact, listArtifacts } from "./artifacts.ts";
export { readAsked } from "./asked-questions.ts";
export { branchFault } from "./branch-name.ts";
export { BranchResult } from "./branch-result.ts";
export type { Colors } from "./colors.ts";
export { CommandError, UsageError } from "./command-error.ts";
export { type CommandName, commandNames } from "./command-names.ts";
export { formatAnswerCommand, formatCommand, formatGoOn } from "./command-text.ts";
export { type Deadline, deadlineIn, deadlineOf } from "./deadline.ts";
export { type DecisionResult, decide, decideAlone } from "./decision.ts";
export { AnswerDocument } from "./answer-document.ts";
export { ArchiveDocument } from "./archive-document.ts";
export { ApproveDocument, DecisionDocument } from "./decision-document.ts";
export { DoctorDocument } from "./doctor-document.ts";
export { InitDocument } from "./init-document.ts";
export { RestoreDocument } from "./restore-document.ts";
export { ShowDocument } from "./show-document.ts";
export { StopDocument, StopNowDocument } from "./stop-document.ts";
export { formatEvent, formatHappening } from "./event-line.ts";
export { exitCodeOf, exitCodes } from "./exit-code.ts";
export { formatDuration, formatMoney, formatTime, formatTokens } from "./figures.ts";
export { markFile, markFolder, waitForChange } from "./folder-change.ts";
export type { FoundSession, ProjectFolders } from "./found-session.ts";
export { type HistoryFollower, followHistory } from "./history-follower.ts";
export { IterationPlan, planIteration } from "./iteration-plan.ts";
export type { AnswerMarks } from "./known-answers.ts";
export { describeAnswer, describeFreshDecision, describeLastDecision } from "./last-decision.ts";
export { readLastEvidence } from "./last-evidence.ts";
export {
  type LeftAgent,
  findLastWord,
  findLeftAgent,
  hasBegun,
  readAgentIdentity,
  removeTraces,
  writeAgentIdentity,
} from "./left-agent.ts";
export { nearest } from "./nearest.ts";
export { type OverviewPatience, withReadableOverview } from "./overview-patience.ts";
export { explainMissing, readKeptQuestions, readQuestionsOrFault } from "./readable-questions.ts";
export { isInside, realPath } from "./real-path.ts";
export { eventsOfRecord } from "./record-event.ts";
export { refusedDecision } from "./refused-decision.ts";
export { refusedInterrupt } from "./refused-interrupt.ts";
export { formatReport, headline } from "./report-text.ts";
export { formatResult } from "./result-text.ts";
export { interruptRun, waitForEnd } from "./run-interrupt.ts";
export type { RecordFacts } from "./session-commit.ts";
export { parseDatedName } from "./session-date.ts";
export {
  type DriverOptions,
  type Effect,
  type Reception,
  type SessionDriver,
  enterSession,
} from "./session-driver.ts";
export {
  type SessionPlace,
  type SessionSearch,
  findSession,
  listSessions,
  resolveSession,
} from "./session-folder.ts";
export { acquireRunLock, readRunHolder, takeRunLock, withWriteLock } from "./session-lock.ts";
export { type SessionLog, listLogs } from "./session-logs.ts";
export { SessionNameError } from "./session-name.ts";
export { sinceOf, sortByTurn } from "./session-order.ts";
export { SessionReport, isAnswered, readReport, readReportOrFault } from "./session-report.ts";
export { SessionStory, type StoryEntry, tellStory } from "./session-story.ts";
export { stateWords } from "./state-words.ts";
export { taskLine } from "./task-line.ts";
export { nameFromTask } from "./task-name.ts";
export { type WatchOptions, watchSession } from "./watch-session.ts";
export { planOf } from "./watched-iteration.ts";
export { cutToWidth, padToWidth, textWidth } from "./text-width.ts";
