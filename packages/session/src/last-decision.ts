import { printableText } from "@samocode/core/overview";
import { formatMoment, type HistoryRecord, type Store } from "@samocode/core/store";

/** What a person decided, in words that follow the person's name. */
const deeds = {
  answer: "answered",
  approve: "approved the plan",
  reject: "rejected the plan",
  resume: "let it continue",
  edit: "decided in the overview",
} as const satisfies Readonly<Record<string, string>>;

/**
 * Who decided last about a session, what and when, as half a sentence: whose decision came too late is told it.
 * Nothing if nobody has decided yet.
 *
 * @example
 * describeLastDecision(store); // "ada approved the plan, 01-15 14:02"
 */
export function describeLastDecision(store: Store): string | undefined {
  const { records } = store.readHistory();
  const record = records.findLast(({ event = "" }) => event in deeds);
  return record && describe(record);
}

/** The same where that decision is the newest thing that has happened: nobody has gone on from it yet. */
export function describeFreshDecision(store: Store): string | undefined {
  const { last } = store.readHistoryTail();
  return last?.to === "paused" && (last.event ?? "") in deeds ? describe(last) : undefined;
}

/** The same for the one who answered a question. */
export function describeAnswer(store: Store, id: string): string | undefined {
  const { records } = store.readHistory();
  const record = records.findLast(
    ({ answered }) => Array.isArray(answered) && answered.includes(id),
  );
  return record && describe(record);
}

function describe({ event = "", by = "a person", timestamp }: HistoryRecord): string {
  const at = Date.parse(timestamp ?? "");
  const when = Number.isNaN(at) ? "" : `, ${formatMoment(at)}`;
  const deed = Object.hasOwn(deeds, event) ? deeds[event as keyof typeof deeds] : event;
  return `${printableText(by, 80)} ${deed}${when}`;
}
