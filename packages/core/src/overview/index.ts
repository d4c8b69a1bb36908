export {
  appendFlowLog,
  decodeOverview,
  editStatus,
  formatOverview,
  OverviewError,
  parseOverview,
  type NewOverview,
  type Overview,
  type OverviewProblem,
  type OverviewStatus,
  type StatusChanges,
} from "./overview.ts";
export { readFlowLog } from "./overview-log.ts";
export { openQuestions, parseQuestions, type Question, type QuestionOption } from "./qa.ts";
export { alignStatus, answerQuestion, QuestionError } from "./qa-answer.ts";
export { chooseAnswer, suggestedAnswer } from "./qa-choice.ts";
export { keepQuestions, type Asking, type GivenAnswer, type KeptQuestions } from "./qa-keep.ts";
export { cannotAsk, findAskProblem, questionShape } from "./qa-problem.ts";
export { revealHidden } from "../text/hidden-text.ts";
export {
  hideSecret,
  maskSecrets,
  printableLines,
  printableText,
  withoutSequences,
} from "../text/printable-text.ts";
