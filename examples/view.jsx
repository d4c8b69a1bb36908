// The statechart in a React app: send an event and see where it leads. For a bundler, and a page with <div id="root">.
import { formatState, sessionMachine } from "@samocode/core";
import { formatSvg, outlineLayout } from "@samocode/core/chart";
import { sessionEvents } from "@samocode/core/testing";
import { useMachine } from "@xstate/react";
import { createRoot } from "react-dom/client";

function View() {
  const [snapshot, send] = useMachine(sessionMachine, { input: {} });
  const svg = formatSvg(outlineLayout, { current: formatState(snapshot.value) });
  const buttons = sessionEvents
    .filter((event) => snapshot.can(event))
    .map((event) => <button onClick={() => send(event)}>{JSON.stringify(event)}</button>);
  return [<div dangerouslySetInnerHTML={{ __html: svg }} />, ...buttons];
}
createRoot(document.getElementById("root")).render(<View />);
