import type { JSX } from "preact";
import type { Choice, Simulation, Try } from "../src/simulation.ts";
import { sayGuard, type Gauge } from "./guard-words.ts";

export interface ChoiceListProps {
  readonly simulation: Simulation;
  readonly gauge: Gauge;
  readonly onPick: (id: string) => void;
}

const groups: readonly { readonly title: string; readonly events: RegExp }[] = [
  { title: "The agent answers", events: /^signal\./ },
  { title: "The agent ends without a signal", events: /^agent\./ },
  { title: "The runner runs the tests", events: /^tests\./ },
  { title: "A person decides", events: /^(?:answer|approve|reject|resume|stop)$/ },
  { title: "The overview is edited", events: /^(?:edit|overview\.unreadable)$/ },
  { title: "Time passes", events: /^wake$/ },
];

/** Everything that may be let happen to the machine, with what it would make of it, and why. */
export function ChoiceList({ simulation, gauge, onPick }: ChoiceListProps): JSX.Element {
  const { choices, state } = simulation;
  const idle = choices.filter(({ isTaken }) => !isTaken);
  return (
    <>
      {groups.map(({ title, events }) => {
        const here = choices.filter(({ event, isTaken }) => isTaken && events.test(event));
        if (here.length === 0) return null;
        return (
          <section key={title} class="group">
            <h3>{title}</h3>
            <ul>
              {here.map((choice) => (
                <ChoiceRow key={choice.id} choice={choice} gauge={gauge} onPick={onPick} />
              ))}
            </ul>
          </section>
        );
      })}
      {idle.length > 0 && (
        <details class="idle">
          <summary>{idle.length} more of which nothing would come here</summary>
          <ul>
            {idle.map(({ id, event, detail, tries }) => (
              <li key={id}>
                <code>{event}</code> {detail}
                {tries.length === 0 ? (
                  <p class="why">
                    means nothing in <code>{state}</code>
                  </p>
                ) : (
                  <Tries tries={tries} gauge={gauge} />
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ChoiceRowProps {
  readonly choice: Choice;
  readonly gauge: Gauge;
  readonly onPick: (id: string) => void;
}

function ChoiceRow({ choice, gauge, onPick }: ChoiceRowProps): JSX.Element {
  const { id, event, detail, to, refusal, tries } = choice;
  const taken = tries.findIndex(({ holds }) => holds);
  const passed = tries.slice(0, Math.max(0, taken));
  const reason = tries[taken]?.guard ?? "";
  return (
    <li class={refusal === undefined ? "choice-row" : "choice-row refused"}>
      <button type="button" onClick={() => onPick(id)}>
        <code>{event}</code>
        {detail !== undefined && <span class="detail">{detail.replaceAll("_", " ")}</span>}
        <span class="to">→ {to}</span>
      </button>
      {refusal !== undefined && <p class="refusal">refused: {refusal.replaceAll("`", "")}</p>}
      {refusal === undefined && reason !== "" && (
        <p class="why">because {sayGuard(reason, gauge)}</p>
      )}
      {passed.length > 0 && (
        <details class="why">
          <summary>and nowhere else, because</summary>
          <Tries tries={passed} gauge={gauge} />
        </details>
      )}
    </li>
  );
}

/** The arrows whose conditions do not hold. */
function Tries({ tries, gauge }: { readonly tries: readonly Try[]; readonly gauge: Gauge }) {
  return (
    <ul class="why">
      {tries.map(({ source, guard, target }) => (
        <li key={`${source} ${guard} ${target}`}>
          not → {target}: it is not so that {sayGuard(guard, gauge)}
        </li>
      ))}
    </ul>
  );
}
