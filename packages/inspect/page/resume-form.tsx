import type { Phase } from "@samocode/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Decision } from "./ask.ts";

export interface ResumeFormProps {
  /** Words for the button. */
  readonly label: string;
  readonly phase: string;
  readonly phases: readonly Phase[];
  readonly isBusy: boolean;
  readonly onDecide: (decision: Decision) => void;
}

/** Lets a session go on, in its phase or in another one, with a word for the next agent. */
export function ResumeForm({
  label,
  phase,
  phases,
  isBusy,
  onDecide,
}: ResumeFormProps): JSX.Element {
  const [note, setNote] = useState("");
  const [wanted, setWanted] = useState<Phase>();
  return (
    <form
      class="actions"
      onSubmit={(event) => {
        event.preventDefault();
        onDecide({
          type: "resume",
          ...(wanted !== undefined && { phase: wanted }),
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
      <label class="phase-choice">
        in{" "}
        <select
          aria-label="Phase"
          onChange={({ currentTarget }) =>
            setWanted(phases.find((each) => each === currentTarget.value))
          }
        >
          <option value="">{phase}</option>
          {phases
            .filter((each) => each !== phase)
            .map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
        </select>
      </label>
      <button type="submit" class="main" disabled={isBusy}>
        {label}
      </button>
    </form>
  );
}
