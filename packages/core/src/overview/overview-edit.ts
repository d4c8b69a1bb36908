import { lineBreakAt, lineBreakNear, splice } from "../text/markdown-document.ts";
import type { Span } from "../text/markdown-document.ts";
import type { KeyLine } from "../text/key-line.ts";
import { nextRestart } from "../text/markdown-section.ts";
import { markdownSpellings, toOneLine } from "../text/markdown-text.ts";
import { OverviewError } from "./overview-error.ts";
import { fieldOf, fieldRules, isOwned, ownedFields } from "./overview-field.ts";
import type { OverviewStatus, OwnedField } from "./overview-field.ts";
import { findStatus, locateStatus } from "./overview-status.ts";
import type { StatusSection } from "./overview-status.ts";
import type { WaitReason } from "../workflow/phase.ts";

/** What to change in the Status section: an absent field stays as it is, `null` takes its line away. */
export interface StatusChanges {
  readonly phase?: OverviewStatus["phase"] | undefined;
  readonly iteration?: number | null | undefined;
  readonly totalIterations?: number | null | undefined;
  readonly qualityIteration?: number | null | undefined;
  readonly blocked?: OverviewStatus["blocked"] | undefined;
  readonly waitingFor?: WaitReason | null | undefined;
  /** Becomes one line without control characters; an empty one is as `null`. */
  readonly reason?: string | null | undefined;
  /** As `reason`. */
  readonly needs?: string | null | undefined;
  /** As `reason`. */
  readonly limitedUntil?: string | null | undefined;
  /** As `reason`. */
  readonly answerBy?: string | null | undefined;
  readonly cost?: string | number | null | undefined;
}

/**
 * The overview with other Status values; every byte outside of the changed values and lines is kept.
 *
 * Setting what a field already says, in whatever spelling, changes nothing. A new line is written like its
 * neighbours: `Waiting For`, `Answer By`, `Reason` and `Needs` below `Blocked`, all others below `Phase`; taking it away
 * again restores the text. The values that the text has may be nonsense, so that they can be put right.
 *
 * @throws {OverviewError} when there is no Status section, one of its lines stands there twice,
 *   or the surroundings of the line would give the edit another meaning
 * @example
 * editStatus("## Status\nPhase: planning\n", { phase: "implementation" }); // "## Status\nPhase: implementation\n"
 */
export function editStatus(text: string, changes: StatusChanges): string {
  // The next heading is enough to know where the section ends; a long log below it is left alone.
  const end = nextRestart(text, locateStatus(text).section.end);
  const before = text.slice(0, end);
  let edited = before;
  for (const field of ownedFields) {
    const change = changes[field];
    if (change !== undefined)
      edited = editField(edited, field, change === null ? "" : String(change));
  }
  return edited === before ? text : edited + text.slice(end);
}

function editField(text: string, field: OwnedField, change: string): string {
  const status = locateStatus(text);
  const value = toOneLine(change);
  const line = status.lines.get(field);
  const unsaid = field === "blocked" ? "no" : "";
  if (line === undefined ? value === unsaid : isSame(field, line.value, value)) return text;
  for (const edited of candidates(text, status, field, value))
    if (isAsMeant(edited, text, status, field, value)) return edited;
  const { label } = fieldRules[field];
  throw new OverviewError({
    found: `no way to write \`${label}: ${value}\` that Markdown reads as such`,
    expected: `a Status section in which \`${label}\` can stand on a line of its own`,
  });
}

function isSame(field: OwnedField, before: string, value: string): boolean {
  const { parse } = fieldRules[field];
  if (value === "") return false;
  const parsed = parse(before);
  return parsed === undefined ? before === value : parsed === parse(value);
}

/** The ways to make one edit, the plainest first. */
function* candidates(
  text: string,
  status: StatusSection,
  field: OwnedField,
  value: string,
): Generator<string> {
  const line = status.lines.get(field);
  if (line !== undefined && value === "") {
    yield splice(text, withLineBreak(text, line.span), "");
    // What is above and below would grow together.
    yield splice(text, line.span, "");
    return;
  }
  for (const spelling of markdownSpellings(value)) {
    if (line === undefined) yield* insertions(text, status, field, spelling);
    else
      for (const span of [line.valueSpan, line.markedSpan])
        yield replaceValue(text, span, spelling);
  }
}

function replaceValue(text: string, span: Span, spelling: string): string {
  const before = /[ \t]/.test(text.charAt(span.start - 1)) || span.end > span.start ? "" : " ";
  const after = span.end > span.start || /^(?![^\n\r])/.test(text.slice(span.end)) ? "" : " ";
  return splice(text, span, before + spelling + after);
}

function* insertions(
  text: string,
  { section, lines, all }: StatusSection,
  field: OwnedField,
  spelling: string,
): Generator<string> {
  const { label } = fieldRules[field];
  const anchor = (rankOf(field) > rankOf("blocked") && lines.get("blocked")) || lines.get("phase");
  const lineBreak = lineBreakNear(text, section.start);
  if (anchor !== undefined) {
    for (const { span } of linesBefore(text, all, anchor, field).toReversed()) {
      const newLine = lineBreakNear(text, span.end) + lineLike(anchor, label, spelling);
      yield splice(text, { start: span.end, end: span.end }, newLine);
    }
  } else if (all[0] !== undefined) {
    const { start } = all[0].span;
    yield splice(text, { start, end: start }, lineLike(all[0], label, spelling) + lineBreak);
  } else {
    const start = section.bodyStart;
    const atEnd = section.headingEnd === text.length;
    const newLine = atEnd
      ? `${lineBreak}${label}: ${spelling}`
      : `${label}: ${spelling}${lineBreak}`;
    yield splice(text, { start, end: start }, newLine);
    yield splice(text, { start, end: start }, newLine + lineBreak);
  }
}

/** The anchor, and those of the runner's lines right below it that are written before `field`. */
function linesBefore(
  text: string,
  all: readonly KeyLine[],
  anchor: KeyLine,
  field: OwnedField,
): readonly KeyLine[] {
  const lines = [anchor];
  let last = anchor;
  for (const line of all.slice(all.indexOf(anchor) + 1)) {
    const owned = fieldOf(line.key);
    if (owned === undefined || !isOwned(owned)) break;
    if (line.span.start !== withLineBreak(text, last.span).end) break;
    last = line;
    // One that a person has put higher up than usual is passed over.
    if (rankOf(owned) <= rankOf(field)) lines.push(line);
  }
  return lines;
}

function lineLike({ style }: KeyLine, label: string, spelling: string): string {
  return style.head + label + style.colon + spelling + style.tail;
}

function rankOf(field: OwnedField): number {
  return ownedFields.indexOf(field);
}

/** A line with the break after it, or, at the end of the text, with the one before it. */
function withLineBreak(text: string, { start, end }: Span): Span {
  const below = lineBreakAt(text, end).length;
  if (below > 0) return { start, end: end + below };
  return { start: start - (/(?:\r\n?|\n)$/.exec(text.slice(0, start))?.[0].length ?? 0), end };
}

/** True when the edited text says what the text said, but for this field, and the section ends where it did. */
function isAsMeant(
  edited: string,
  text: string,
  before: StatusSection,
  field: OwnedField,
  value: string,
): boolean {
  const after = findStatus(edited);
  if ("found" in after) return false;
  const grown = edited.length - text.length;
  if (after.section.start !== before.section.start) return false;
  if (after.section.end !== before.section.end + grown) return false;
  if ((after.lines.get(field)?.value ?? "") !== value) return false;
  return otherLines(after, field) === otherLines(before, field);
}

function otherLines({ all }: StatusSection, field: OwnedField): string {
  const others = all.filter((line) => fieldOf(line.key) !== field);
  return JSON.stringify(others.map(({ key, value }) => [key, value]));
}
