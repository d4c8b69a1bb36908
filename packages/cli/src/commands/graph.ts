import {
  createChart,
  findArrows,
  formatMachineJson,
  formatMermaid,
  formatSvg,
  outlineLayout,
  wholeLayout,
} from "@samocode/core/chart";
import { type Store, readMoves } from "@samocode/core/store";
import { openAnySession } from "../config/open-session.ts";
import { countIterations, formatChartText } from "../terminal/chart-text.ts";
import { readReport, stateWords, exitCodes } from "@samocode/session";

/** The flags of `graph`. */
export interface GraphFlags {
  readonly config?: string;
  /** @default text at a terminal, else Mermaid */
  readonly format?: "text" | "mermaid" | "svg" | "json";
  readonly full: boolean;
}

/** Prints the statechart on stdout; with a session, marked with where it is and where it has been. */
export async function showGraph(argument: string | undefined, flags: GraphFlags): Promise<number> {
  const way = argument === undefined ? undefined : await readWay(argument, flags);
  const { format = process.stdout.isTTY ? "text" : "mermaid" } = flags;
  process.stdout.write(formatGraph(way, { ...flags, format }));
  if (flags.format === undefined && format === "text") {
    process.stderr.write(
      "samocode-run: for an image: --format svg > chart.svg; for Markdown: --format mermaid\n",
    );
  }
  return exitCodes.done;
}

/** Where a session is, and how it came there. */
type Way = Awaited<ReturnType<typeof readWay>>;

async function readWay(argument: string, { config }: GraphFlags) {
  const { store, name } = await openAnySession(argument, config === undefined ? {} : { config });
  const moves = readMoves(store.readHistory().records);
  const { state, phase, counts } = placeOf(store, name);
  const visited = new Set(moves.flatMap(({ from, to }) => [from, to]));
  visited.delete("");
  return { name, state, phase, counts, moves, visited: [...visited] };
}

function placeOf(store: Store, name: string) {
  const { state, phase } = readReport(store, name);
  return { state, phase, counts: countIterations(store.readHistory().records) };
}

function formatGraph(way: Way | undefined, { format, full }: GraphFlags): string {
  if (format === "text") return formatChartText(way);
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
