import type { Question } from "@samocode/core/overview";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Decision } from "./ask.ts";

export interface QuestionFormProps {
  readonly questions: readonly Question[];
  /** True if the answers count only once no question is open. */
  readonly needsAll: boolean;
  readonly isBusy: boolean;
  readonly onDecide: (decision: Decision) => void;
}

/** What a person has chosen for a question: a letter, or words of their own. */
interface Choice {
  readonly letter?: string;
  readonly text?: string;
}

/** The open questions, each with its options; the suggestion of the agent is chosen to begin with. */
export function QuestionForm(props: QuestionFormProps): JSX.Element {
  const { questions, needsAll, isBusy, onDecide } = props;
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const choiceOf = (question: Question): Choice => choices.get(question.id) ?? suggested(question);
  const choose = (id: string, choice: Choice): void => setChoices(new Map(choices).set(id, choice));
  const answers = questions.flatMap((question) => {
    const { letter, text = "" } = choiceOf(question);
    const words = letter ?? text.trim();
    return words === "" ? [] : [{ id: question.id, text: words }];
  });
  const isEnough = answers.length >= (needsAll ? questions.length : 1);
  return (
    <form
      class="questions"
      onSubmit={(event) => {
        event.preventDefault();
        if (isEnough) onDecide({ type: "answer", answers });
      }}
    >
      {questions.map((question) => (
        <QuestionField
          key={question.id}
          question={question}
          choice={choiceOf(question)}
          onChoose={(choice) => choose(question.id, choice)}
        />
      ))}
      <div class="actions">
        <button type="submit" class="main" disabled={isBusy || !isEnough}>
          {answers.length < questions.length && !needsAll
            ? `Send ${answers.length} of ${questions.length} answers`
            : questions.length === 1
              ? "Send the answer"
              : `Send ${questions.length} answers`}
        </button>
      </div>
    </form>
  );
}

interface QuestionFieldProps {
  readonly question: Question;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

function QuestionField({ question, choice, onChoose }: QuestionFieldProps): JSX.Element {
  const { id, title, detail, options, suggestion } = question;
  const isOwn = choice.letter === undefined && choice.text !== undefined;
  const box = useRef<HTMLTextAreaElement>(null);
  // Only after a choice: the page must not take the focus by itself.
  useEffect(() => {
    if (isOwn && options.length > 0) box.current?.focus();
  }, [isOwn]);
  return (
    <fieldset>
      <legend>
        <span class="id">{id}</span> {title}
      </legend>
      {detail !== undefined && <p class="detail">{detail}</p>}
      {options.map(({ letter, text }) => (
        <label key={letter} class={choice.letter === letter ? "option chosen" : "option"}>
          <input
            type="radio"
            name={id}
            checked={choice.letter === letter}
            onChange={() => onChoose({ letter })}
          />
          <span class="letter">{letter}</span>
          <span class="text">{text}</span>
          {suggestion?.letter === letter && <span class="hint">suggested</span>}
        </label>
      ))}
      {suggestion !== undefined && <p class="why">Suggestion: {suggestion.text}</p>}
      {options.length > 0 && (
        <label class={isOwn ? "option chosen" : "option"}>
          <input type="radio" name={id} checked={isOwn} onChange={() => onChoose({ text: "" })} />
          <span class="text">in my own words</span>
        </label>
      )}
      {(isOwn || options.length === 0) && (
        <textarea
          ref={box}
          aria-label={`Answer to ${id}`}
          rows={3}
          value={choice.text ?? ""}
          onInput={({ currentTarget }) => onChoose({ text: currentTarget.value })}
        />
      )}
    </fieldset>
  );
}

function suggested({ options, suggestion }: Question): Choice {
  if (suggestion === undefined) return {};
  const option = options.find(({ letter }) => letter === suggestion.letter);
  if (option !== undefined) return { letter: option.letter };
  return options.length === 0 ? { text: suggestion.text } : {};
}
