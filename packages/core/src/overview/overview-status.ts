import { keyLines } from "../text/key-line.ts";
import type { KeyLine } from "../text/key-line.ts";
import { lineAt } from "../text/markdown-document.ts";
import { findSection } from "../text/markdown-section.ts";
import type { Section } from "../text/markdown-section.ts";
import { explainMissingStatus } from "./overview-absence.ts";
import { OverviewError } from "./overview-error.ts";
import type { OverviewProblem } from "./overview-error.ts";
import { fieldOf, fieldRules, isOwned } from "./overview-field.ts";
import type { FieldRule, OverviewStatus, StatusField } from "./overview-field.ts";

/** The Status section of a text with its lines. */
export interface StatusSection {
  readonly section: Section;
  /** The first line of each field. */
  readonly lines: ReadonlyMap<StatusField, KeyLine>;
  /** All `Key: value` lines in the order of the text, the unknown ones, too. */
  readonly all: readonly KeyLine[];
}

// One entry: an edit checks what it wrote, and the text is then read.
let latest: { readonly text: string; readonly status: StatusSection | OverviewProblem } | undefined;

/** Finds the Status section and its lines; their values may still make no sense. */
export function findStatus(text: string): StatusSection | OverviewProblem {
  if (latest?.text !== text) latest = { text, status: scanStatus(text) };
  return latest.status;
}

/**
 * The same for those who cannot go on without it.
 *
 * @throws {OverviewError} when there is no such section, or one of the runner's lines stands in it twice
 */
export function locateStatus(text: string): StatusSection {
  const status = findStatus(text);
  if ("found" in status) throw new OverviewError(status);
  return status;
}

function scanStatus(text: string): StatusSection | OverviewProblem {
  const section = findSection(text, "Status");
  if (section === undefined) return explainMissingStatus(text);
  const all = keyLines(text, section);
  const lines = new Map<StatusField, KeyLine>();
  for (const line of all) {
    const field = fieldOf(line.key);
    if (field === undefined) continue;
    if (!lines.has(field)) lines.set(field, line);
    else if (isOwned(field)) return secondLine(text, field, line);
  }
  return { section, lines, all };
}

/**
 * Reads the values of the Status lines.
 *
 * @throws {OverviewError} when the phase is missing or unknown, or the `Blocked` word is unknown
 */
export function readStatus(
  text: string,
  { section, lines, all }: StatusSection,
): { status: OverviewStatus; warnings: readonly OverviewProblem[] } {
  const warnings = all.flatMap((line): OverviewProblem[] => {
    const field = fieldOf(line.key);
    return field === undefined || lines.get(field) === line ? [] : [secondLine(text, field, line)];
  });
  const demand = <Value>(
    field: StatusField,
    { parse }: FieldRule<Value>,
    absent: string,
  ): Value => {
    const line = lines.get(field);
    const value = parse(line?.value ?? absent);
    if (value !== undefined) return value;
    throw new OverviewError(
      line === undefined ? missingLine(text, section, field) : strangeValue(text, field, line),
    );
  };
  const read = <Value>(field: StatusField, { parse }: FieldRule<Value>): Value | undefined => {
    const line = lines.get(field);
    if (line === undefined || line.value === "") return undefined;
    const value = parse(line.value);
    if (value === undefined) warnings.push(strangeValue(text, field, line));
    return value;
  };
  const status = {
    phase: demand("phase", fieldRules.phase, ""),
    phaseWord: lines.get("phase")?.value ?? "",
    blocked: demand("blocked", fieldRules.blocked, "no"),
    waitingFor: read("waitingFor", fieldRules.waitingFor),
    reason: read("reason", fieldRules.reason),
    needs: read("needs", fieldRules.needs),
    iteration: read("iteration", fieldRules.iteration),
    totalIterations: read("totalIterations", fieldRules.totalIterations),
    qualityIteration: read("qualityIteration", fieldRules.qualityIteration),
    limitedUntil: read("limitedUntil", fieldRules.limitedUntil),
    answerBy: read("answerBy", fieldRules.answerBy),
    cost: read("cost", fieldRules.cost),
    lastAction: read("lastAction", fieldRules.lastAction),
    next: read("next", fieldRules.next),
  };
  return { status, warnings };
}

function missingLine(text: string, section: Section, field: StatusField): OverviewProblem {
  const { label, expected } = fieldRules[field];
  const found = `no \`${label}:\` line in the Status section`;
  return { line: lineAt(text, section.start), found, expected };
}

function secondLine(text: string, field: StatusField, { span }: KeyLine): OverviewProblem {
  const { label } = fieldRules[field];
  const found = `a second \`${label}:\` line in the Status section`;
  return { line: lineAt(text, span.start), found, expected: "one" };
}

function strangeValue(text: string, field: StatusField, line: KeyLine): OverviewProblem {
  const { label, expected } = fieldRules[field];
  const value = line.value.slice(0, 100);
  const found = value === "" ? `\`${label}:\` without a value` : `\`${label}: ${value}\``;
  return { line: lineAt(text, line.valueSpan.start), found, expected };
}
