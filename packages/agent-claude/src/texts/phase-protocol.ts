import {
  blockNeeds,
  isRework,
  maxRework,
  phaseRules,
  phases,
  waitReasons,
  type BlockNeed,
  type Phase,
  type WaitReason,
} from "@samocode/core";

/** A signal that an agent may send, without its iteration number. */
export type SignalExample =
  | { readonly status: "continue"; readonly phase: Phase }
  | { readonly status: "waiting"; readonly phase: Phase; readonly for: WaitReason }
  | {
      readonly status: "blocked";
      readonly phase: Phase;
      readonly reason: string;
      readonly needs: BlockNeed;
    }
  | { readonly status: "done"; readonly phase: Phase; readonly summary: string };

/**
 * Every signal that an agent may send in `phase`, read from the phase table; `blocked` stands once for all its needs.
 * A phase behind a gate is not among them: no signal leads there.
 *
 * @example
 * legalSignals("done")[0]; // { status: "done", phase: "done", summary: "…" }
 */
export function legalSignals(phase: Phase): readonly SignalExample[] {
  const rule = phaseRules[phase];
  return rule.signals.flatMap((status): readonly SignalExample[] => {
    switch (status) {
      case "continue":
        return [phase, ...(rule.gate === undefined ? rule.next : [])].map((next) => ({
          status,
          phase: next,
        }));
      case "waiting":
        return waitReasons
          .filter((reason) => reason !== "plan_approval" || rule.gate === reason)
          .map((reason) => ({ status, phase, for: reason }));
      case "blocked":
        return [{ status, phase, reason: "…", needs: blockNeeds[0] }];
      case "done":
        return [{ status, phase, summary: "…" }];
    }
  });
}

/**
 * The part of the system prompt that belongs to `phase`: its legal signals, its gate and its limit.
 * The same bytes in every iteration, so that the API's prompt cache holds; the iteration number stands as `N`.
 *
 * @example
 * formatPhaseProtocol("planning"); // "## Signals in planning\n…"
 */
export function formatPhaseProtocol(phase: Phase): string {
  const rule = phaseRules[phase];
  const lines = [
    `## Signals in ${phase}`,
    "",
    "N is your iteration's number. Anything else is refused.",
    "",
    formatSignals(phase, "N"),
    "",
  ];
  if (rule.gate !== undefined) {
    lines.push(`Only a person's approval leads to ${rule.next.join(" or ")}; no signal does.`);
  }
  lines.push(`At most ${rule.maxIterations} iterations here; then a person is asked.`);
  return `${lines.join("\n")}\n`;
}

/**
 * The legal signals of `phase` as a Markdown list, each with its meaning and one line of JSON.
 *
 * @example
 * formatSignals("done", 7); // '- Finished: `{"status":"done",…,"iteration":7}`\n…'
 */
export function formatSignals(phase: Phase, iteration: number | "N"): string {
  return legalSignals(phase)
    .map((signal) => {
      const json = JSON.stringify(signal).slice(0, -1);
      return `- ${describeSignal(signal, phase)}: \`${json},"iteration":${iteration}}\``;
    })
    .join("\n");
}

function describeSignal(signal: SignalExample, from: Phase): string {
  switch (signal.status) {
    case "continue": {
      if (signal.phase === from) return `Stay in ${from}`;
      if (isRework(from, signal.phase)) {
        return `Back to ${signal.phase}, at most ${maxRework} times a session`;
      }
      const forward = phases.indexOf(signal.phase) > phases.indexOf(from);
      return `${forward ? "On" : "Back"} to ${signal.phase}`;
    }
    case "waiting":
      return waitMeanings[signal.for];
    case "blocked":
      return `Cannot go on; needs is one of ${blockNeeds.join(", ")}`;
    case "done":
      return "Finished";
  }
}

const waitMeanings: Readonly<Record<WaitReason, string>> = {
  qa_answers: "Questions in `_qa.md` are open",
  plan_approval: "The plan is ready for approval",
  file_update: "A person must change the file in `Next`",
  human_action: "A person must do what `Next` says",
};
