import type { Plan } from "@samocode/core/store";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SessionFile } from "../src/session-files.ts";
import type { Decision } from "./ask.ts";
import { Reader } from "./documents.tsx";

export interface GateFormProps {
  readonly session: string;
  readonly plan: Plan | undefined;
  readonly files: readonly SessionFile[];
  readonly isBusy: boolean;
  readonly onDecide: (decision: Decision) => void;
  readonly onName: (name: string) => void;
}

/** The plan, to be approved or rejected. An approval is bound to the plan as it is shown here. */
export function GateForm(props: GateFormProps): JSX.Element {
  const { session, plan, files, isBusy, onDecide, onName } = props;
  const [shown, setShown] = useState(plan);
  const [note, setNote] = useState("");
  const [feedback, setFeedback] = useState<string>();
  const isRejecting = feedback !== undefined;
  const box = useRef<HTMLTextAreaElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  // Only as the box opens: the session is updated while a person is elsewhere on the page.
  useEffect(() => {
    if (!isRejecting) return undefined;
    box.current?.focus();
    return () => opener.current?.focus();
  }, [isRejecting]);
  const hasChanged = shown?.hash !== plan?.hash;
  // The files as they were when the plan was opened: it is not to change under the eyes of who reads it.
  const [opened, setOpened] = useState(files);
  return (
    <div class="gate">
      {hasChanged && (
        <p class="warning" role="alert">
          The plan has changed since it was opened here.{" "}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              setShown(plan);
              setOpened(files);
            }}
          >
            Show the new plan
          </button>
        </p>
      )}
      {shown === undefined ? (
        <p class="nothing">There is no plan file.</p>
      ) : (
        <div class="plan">
          <p class="file">
            {shown.file} <span class="hash">{shown.hash.slice(0, 12)}</span>
          </p>
          <Reader
            key={shown.hash}
            session={session}
            files={opened}
            name={shown.file}
            onName={onName}
          />
          {shown.others.map((other) => (
            <div key={`${shown.hash} ${other}`}>
              <p class="file">{other}, an older file of the same plan: it is carried out as well</p>
              <Reader session={session} files={opened} name={other} onName={onName} />
            </div>
          ))}
        </div>
      )}
      {feedback === undefined ? (
        <form
          class="actions"
          onSubmit={(event) => {
            event.preventDefault();
            onDecide({
              type: "approve",
              ...(shown !== undefined && { planHash: shown.hash }),
              ...(note.trim() !== "" && { note: note.trim() }),
            });
          }}
        >
          <input
            type="text"
            value={note}
            placeholder="note for the next agent (optional)"
            aria-label="Note for the next agent"
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
          <button type="submit" class="main" disabled={isBusy || hasChanged}>
            Approve
          </button>
          <button ref={opener} type="button" disabled={isBusy} onClick={() => setFeedback("")}>
            Reject…
          </button>
        </form>
      ) : (
        <form
          class="reject"
          onSubmit={(event) => {
            event.preventDefault();
            onDecide({ type: "reject", feedback: feedback.trim() });
          }}
        >
          <label>
            What should change?
            <textarea
              rows={4}
              value={feedback}
              ref={box}
              onInput={({ currentTarget }) => setFeedback(currentTarget.value)}
            />
          </label>
          <div class="actions">
            <button type="submit" class="main" disabled={isBusy || feedback.trim() === ""}>
              Reject with this feedback
            </button>
            <button type="button" onClick={() => setFeedback(undefined)}>
              Back
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
