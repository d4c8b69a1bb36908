import {
  createChart,
  findArrows,
  formatMachineJson,
  formatMermaid,
  formatSvg,
  outlineLayout,
  readMoves,
  wholeLayout,
} from "@samocode/core";
import { openSession } from "../session/open-session.ts";
import { readReport } from "../session/session-report.ts";
import { stateWords } from "../terminal/state-words.ts";
import { exitCodes } from "../terminal/exit-code.ts";

/** The flags of `graph`. */
export interface GraphFlags {
  readonly config?: string;
  readonly format: "mermaid" | "svg" | "json";
  readonly full: boolean;
}

/** Prints the statechart on stdout; with a session, marked with where it is and where it has been. */
export async function showGraph(argument: string | undefined, flags: GraphFlags): Promise<number> {
  const way = argument === undefined ? undefined : await readWay(argument, flags);
  process.stdout.write(formatGraph(way, flags));
  return exitCodes.done;
}

/** Where a session is, and how it came there. */
type Way = Awaited<ReturnType<typeof readWay>>;

async function readWay(argument: string, { config }: GraphFlags) {
  const { store, name } = await openSession(argument, config === undefined ? {} : { config });
  const moves = readMoves(store.readHistory().records);
  const { state } = readReport(store, name);
  const visited = new Set(moves.flatMap(({ from, to }) => [from, to]));
  visited.delete("");
  return { name, state, moves, visited: [...visited] };
}

function formatGraph(way: Way | undefined, { format, full }: GraphFlags): string {
  const marks = way === undefined ? {} : { current: way.state, visited: way.visited };
  if (format === "json") return formatMachineJson(marks);
  if (format === "mermaid") return formatMermaid(createChart(), { ...marks, compact: !full });
  const layout = full ? wholeLayout : outlineLayout;
  if (way === undefined) return formatSvg(layout);
  return formatSvg(layout, {
    ...marks,
    taken: findArrows(layout, way.moves).flat(),
    showPossible: true,
    title: `Statechart of the session ${way.name}: ${stateWords(way.state)}`,
  });
}
