import { edit, read, write, type Act } from "./act.ts";
import { writeChapters, type Chapter, type Turn } from "./chapters.ts";

/** What the scripted model does in one iteration. */
export interface ScriptedIteration extends Pick<Chapter, "phase" | "signal"> {
  readonly turns: readonly Turn[];
  /** Its last words. */
  readonly end: string;
}

/**
 * The whole session of the demo, iteration by iteration. In texts and paths `{session}` stands for the
 * session folder and `{cwd}` for the worktree.
 *
 * @param moment When it takes place, `MM-DD HH:MM`: session files carry it in their names.
 * @example
 * writeScript("01-15 14:30")[0]?.signal.status; // "waiting"
 */
export function writeScript(moment: string): readonly ScriptedIteration[] {
  const chapters = writeChapters(moment.replace(" ", "-"));
  return chapters.map((chapter, index) => {
    const before = chapters[index - 1] ?? { action: "Session created", next: "Investigate" };
    const { phase, signal, action, work } = chapter;
    const turns = work.map(({ say, acts }, turn) => ({
      say,
      acts: [
        ...(turn === 0 ? [read(overview)] : []),
        ...acts,
        ...(turn === work.length - 1 ? keepBooks(chapter, before, index + 1, moment) : []),
      ],
    }));
    return { phase, signal, turns, end: `${action}.` };
  });
}

const overview = "{session}/_overview.md";

/** What every agent does at its end: it tells the next one where things stand, and answers the runner. */
function keepBooks(
  { action, next, file, signal }: Chapter,
  before: Pick<Chapter, "action" | "next">,
  iteration: number,
  moment: string,
): readonly Act[] {
  const log = `- [${String(iteration).padStart(3, "0")} @ ${moment}] ${action}`;
  const entry = file === undefined ? "" : `- ${file} - ${action}\n`;
  return [
    edit(overview, {
      from: `Last Action: ${before.action}\nNext: ${before.next}`,
      to: `Last Action: ${action}\nNext: ${next}`,
    }),
    edit(overview, { from: "\n\n## Files\n", to: `\n${log}\n\n## Files\n${entry}` }),
    write("{session}/_signal.json", `${JSON.stringify({ ...signal, iteration })}\n`),
  ];
}
