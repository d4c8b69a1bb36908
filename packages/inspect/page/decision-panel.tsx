import type { Phase } from "@samocode/core";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DecisionReply } from "../src/decision-request.ts";
import type { SessionView } from "../src/session-feed.ts";
import type { SessionFile } from "../src/session-files.ts";
import { sendDecision, type Decision } from "./ask.ts";
import { CommandLine } from "./command-line.tsx";
import { GateForm } from "./gate-form.tsx";
import { Outcome } from "./outcome.tsx";
import { QuestionForm } from "./question-form.tsx";
import { ResumeForm } from "./resume-form.tsx";

export interface DecisionPanelProps {
  readonly view: SessionView;
  readonly files: readonly SessionFile[];
  readonly phases: readonly Phase[];
  readonly readOnly: boolean;
  /** True while the server cannot be reached. */
  readonly isOffline: boolean;
  readonly onName: (name: string) => void;
}

/** What a person can do about a session in its present state; and what came of what they have done. */
export function DecisionPanel(props: DecisionPanelProps): JSX.Element {
  const { view, files, phases, readOnly, isOffline, onName } = props;
  const [reply, setReply] = useState<Pick<DecisionReply, "taken" | "message">>();
  const [isSending, setSending] = useState(false);
  const isBusy = isSending || isOffline;
  const handIn = async (decision: Decision): Promise<void> => {
    setSending(true);
    statesSince.current = 0;
    setReply(undefined);
    const came = await sendDecision(view.name, decision).catch(({ message }: Error) => ({
      taken: false,
      message,
    }));
    setSending(false);
    setReply(came);
  };
  const decide = (decision: Decision): void => void handIn(decision);
  // What was said about one state is of no use in the one after the next.
  const statesSince = useRef(0);
  const panel = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    statesSince.current++;
    if (reply?.taken !== true || statesSince.current < 2) return;
    if (document.activeElement === words.current) panel.current?.focus();
    setReply(undefined);
  }, [view.state]);
  // A form that vanishes takes the focus with it.
  useEffect(() => {
    if (reply !== undefined && isNothingFocused()) words.current?.focus();
  }, [reply, view.state]);

  const isAsked = asksFor(view, "qa_answers") && view.questions.length > 0;
  const isAtGate = asksFor(view, "plan_approval");
  const isLate = view.state === "blocked" && (isAsked || isAtGate);
  const said = reply !== undefined && (
    <p
      ref={words}
      tabIndex={-1}
      class={reply.taken ? "reply" : "reply refused"}
      role={reply.taken ? "status" : "alert"}
    >
      {reply.message}
    </p>
  );
  if (readOnly) {
    return (
      <div class="decision">
        <Situation view={view} />
        <TestChanges view={view} />
        <Outcome lines={view.outcome ?? []} />
        <Unrun view={view} />
      </div>
    );
  }
  return (
    <div ref={panel} tabIndex={-1} class="decision">
      {isOffline && (
        <p class="warning" role="alert">
          The server cannot be reached. You can decide once it is back.
        </p>
      )}
      <Situation view={view} />
      <TestChanges view={view} />
      <Outcome lines={view.outcome ?? []} />
      {isAsked && (
        <QuestionForm
          questions={view.questions}
          needsAll={isLate}
          isBusy={isBusy}
          onDecide={decide}
        />
      )}
      {isAtGate && (
        <GateForm
          session={view.name}
          plan={view.plan}
          files={files}
          isBusy={isBusy}
          onDecide={decide}
          onName={onName}
        />
      )}
      {isLate && <p class="or">Or, without that:</p>}
      {resumeLabels.has(view.state) && (
        <ResumeForm
          label={resumeLabels.get(view.state) ?? ""}
          phase={view.phase}
          phases={phases}
          isBusy={isBusy}
          onDecide={decide}
        />
      )}
      {view.run !== undefined && mayStop(view.state) && (
        <div class="actions stop">
          <p>{busyWords.get(view.state) ?? "An agent is working. Nothing is needed from you."}</p>
          <button
            type="button"
            disabled={isBusy || view.stopRequested === true}
            onClick={() => decide({ type: "stop", atOnce: false })}
          >
            Stop after this iteration
          </button>
          <button
            type="button"
            class="danger"
            disabled={isBusy}
            onClick={() => decide({ type: "stop", atOnce: true })}
          >
            Stop at once
          </button>
        </div>
      )}
      {view.run !== undefined && hasIdleRun(view.state) && (
        <div class="actions stop">
          <p>A run is active and will act on your decision.</p>
          <button
            type="button"
            disabled={isBusy || view.stopRequested === true}
            onClick={() => decide({ type: "stop", atOnce: false })}
          >
            Stop its run
          </button>
        </div>
      )}
      {said}
      <Unrun view={view} />
    </div>
  );
}

const resumeLabels = new Map([
  ["waiting.file", "Done: continue"],
  ["waiting.action", "Done: continue"],
  ["blocked", "Resume"],
  ["failed", "Retry"],
  ["limited", "Continue now"],
  ["retrying", "Retry now"],
]);

const busyWords = new Map([
  ["verifying", "The tests are running. Nothing is needed from you."],
  ["retrying", "It retries automatically."],
  ["limited", "It continues automatically when the limit ends."],
]);

function mayStop(state: string): boolean {
  return state.startsWith("working.") || ["verifying", "retrying", "limited"].includes(state);
}

/** Whether a run that is on now waits, so that it stops as soon as it is asked to. */
function hasIdleRun(state: string): boolean {
  return state !== "finished" && !mayStop(state);
}

function isNothingFocused(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

const waitStates = { qa_answers: "waiting.answers", plan_approval: "waiting.approval" } as const;

/** Whether a person is asked for this: now, or in vain before, which has blocked the session. */
function asksFor({ state, waitedFor }: SessionView, what: keyof typeof waitStates): boolean {
  return state === waitStates[what] || (state === "blocked" && waitedFor === what);
}

/** Why the session is where it is, in its own words. */
function Situation({ view }: { readonly view: SessionView }): JSX.Element | null {
  const { reason, needs, next, state, summary } = view;
  if (reason !== undefined) {
    return (
      <div class="situation">
        <p class="reason">{reason}</p>
        {needs !== undefined && <p class="needs">It needs: {needs.replaceAll("_", " ")}</p>}
      </div>
    );
  }
  if (summary !== undefined && state === "finished") return <p class="summary">{summary}</p>;
  if (next === undefined || !["waiting.file", "waiting.action"].includes(state)) return null;
  return (
    <div class="situation">
      <p class="reason">{next}</p>
    </div>
  );
}

/** What was done to the tests, before anyone relies on them. */
function TestChanges({ view }: { readonly view: SessionView }): JSX.Element | null {
  const { testChanges = [] } = view;
  if (testChanges.length === 0) return null;
  return (
    <div class="warning">
      <p>The tests were changed:</p>
      <ul>
        {testChanges.map((change) => (
          <li key={change}>{change}</li>
        ))}
      </ul>
    </div>
  );
}

/** What to type if nothing runs that would go on by itself. */
function Unrun({ view }: { readonly view: SessionView }): JSX.Element | null {
  const { state, run, goOn } = view;
  if (
    goOn === undefined ||
    run !== undefined ||
    state === "finished" ||
    state.startsWith("waiting.")
  )
    return null;
  if (state === "blocked") return null;
  return (
    <p class="unrun">
      Not running. Continue with <CommandLine text={goOn} />
    </p>
  );
}
