import { formatResult, headline, type SessionReport } from "@samocode/session";
import { formatCost } from "@samocode/core";
import { printableText } from "@samocode/core/overview";
import { quoteData } from "./data-text.ts";

const maxReason = 4000;
const maxLine = 300;

/** What stands above changes of the tests. */
export const testsChanged = "the tests were changed";

/** Where a session is, in words for a parent agent, with the tool to call next. */
export function formatForParent(report: SessionReport): string {
  const { name, folder, phase, iteration, run } = report;
  const count = `${iteration} ${iteration === 1 ? "iteration" : "iterations"}`;
  return [
    `${name}: ${printableText(headline(report), maxLine)}`,
    `phase ${phase}, ${count}, ${formatCost(report)}`,
    run === undefined ? "runner: none" : `runner: pid ${run.pid} on ${printableText(run.host, 80)}`,
    `folder: ${printableText(folder, maxLine)}`,
    ...formatResult(report),
    ...saidBy(report),
    `Next: ${nextCall(report)}`,
  ].join("\n");
}

/** The same on one line, for a list. */
export function formatForList(report: SessionReport): string {
  const { name, phase, iteration, since } = report;
  const facts = [`phase ${phase}`, `iteration ${iteration}`, formatCost(report)];
  if (since !== undefined) facts.push(`since ${printableText(since, 40)}`);
  return `${name}: ${printableText(headline(report), maxLine)} (${facts.join(", ")})`;
}

function saidBy(report: SessionReport): string[] {
  const { reason, needs, lastAction, next, summary, testChanges } = report;
  const said: [string, string | undefined][] = [
    [`reason${needs === undefined ? "" : ` (needs ${needs})`}`, reason],
    ["summary", summary],
    [testsChanged, testChanges?.join("\n")],
    ["last action", lastAction],
    ["next step, according to the agent", next],
  ];
  return said.flatMap(([what, text]) =>
    text === undefined || text.trim() === "" ? [] : [`${what}:`, quoteData(text, maxReason)],
  );
}

/** What a parent does next. The person decides; the parent relays. */
function nextCall({ waitingFor, state, run, questions }: SessionReport): string {
  const thenStart = run === undefined ? "; then `start`" : "; the runner continues by itself";
  switch (waitingFor) {
    case "qa_answers":
      return questions.length === 0
        ? `all questions are answered${run === undefined ? ": `start` goes on" : ""}.`
        : `\`questions\` returns them; ask the person, and relay the answers with \`answer\`${thenStart}.`;
    case "plan_approval":
      return `\`plan\` returns the plan; show it to the person, and relay their decision with \`approve\` or \`reject\`${thenStart}.`;
    case undefined:
      break;
    default:
      return `tell the person what to do. When it is done: \`resume\`${thenStart}.`;
  }
  if (state === "blocked") {
    return `tell the person the reason. When they say how to continue: \`resume\`, with their note${thenStart}.`;
  }
  if (state === "finished") return "nothing; the session is done. Its summary is in the folder.";
  if (run !== undefined) return "`wait` returns when something needs attention.";
  if (state === "failed") return "`start` tries again.";
  return "`start` continues it.";
}
