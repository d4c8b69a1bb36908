import { printableLines, revealHidden } from "@samocode/core/overview";
import { wrapAnsi } from "fast-wrap-ansi";
import type { Colors } from "@samocode/session";

export interface MarkdownView {
  readonly columns: number;
  readonly color: Colors;
}

/** Lines that are read are at most this wide. */
const maxColumns = 100;

/**
 * A Markdown text for a terminal: wrapped to its width, its lists hanging, its headings and code set off. Nothing of
 * it is left out: what a person could take for something else (a link's target, a ticked box) stays readable as text,
 * what stands behind the mark of a fence is a line of its own, and what cannot be seen is made visible.
 */
export function formatMarkdown(text: string, { columns, color }: MarkdownView): string {
  const width = Math.max(20, Math.min(maxColumns, columns - 1));
  let fence: string | undefined;
  return printableLines(revealHidden(text))
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [, mark, info = ""] = /^ {0,3}(`{3,}(?!.*`)|~{3,})(.*)$/.exec(line) ?? [];
      const isEnd = fence !== undefined && line.trim() === mark && mark.startsWith(fence);
      if (isEnd) fence = undefined;
      else if (fence !== undefined) return [indent(color.cyan(line))];
      else if (mark === undefined) return formatLine(line, width, color);
      else {
        fence = mark;
        return info.trim() === ""
          ? []
          : wrap(color.dim(info.trim()), width - 4, "", "").map(indent);
      }
      return [];
    })
    .join("\n");
}

function indent(line: string): string {
  return `    ${line}`;
}

function formatLine(line: string, width: number, color: Colors): readonly string[] {
  const [, heading] = /^ {0,3}#{1,6}[ \t]+(.*)$/.exec(line) ?? [];
  if (heading !== undefined)
    return wrap(color.bold(heading.replace(/(?<![ \t#])[ \t#]+$/, "")), width, "", "");
  if (/^ {0,3}(?:[-*_][ \t]*){3,}$/.test(line)) return [color.dim("─".repeat(Math.min(40, width)))];
  // A table is left as it is: its columns are worth more than its width.
  if (/^\s*\|.*\|\s*$/.test(line)) return [line];
  const [, indent = "", bullet = "", rest = line] =
    /^([ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]?)?(.*)$/.exec(line) ?? [];
  const blanks = indent.replaceAll("\t", "    ");
  const [, box, task = rest] = /^(\[[ xX]\][ \t]+)?(.*)$/.exec(rest) ?? [];
  const sign = signOf(bullet, box, color);
  const hanging = " ".repeat(blanks.length + (box === undefined ? bullet.length : 2));
  return wrap(inline(task, color), width, `${blanks}${sign}`, hanging);
}

function signOf(bullet: string, box: string | undefined, color: Colors): string {
  if (box !== undefined) return /x/i.test(box) ? `${color.green("☑")} ` : "☐ ";
  if (bullet.startsWith(">")) return color.dim("│ ");
  return /^[-*+]/.test(bullet) ? `•${bullet.slice(1)}` : bullet;
}

function inline(text: string, color: Colors): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, at) =>
      at % 2 === 1
        ? color.cyan(part.slice(1, -1))
        : // Not `__`: a plan is about code, and names in it are to be read as they are.
          part.replaceAll(/\*\*([^*]+)\*\*/g, (_, words: string) => color.bold(words)),
    )
    .join("");
}

function wrap(text: string, width: number, first: string, hanging: string): readonly string[] {
  if (text.trim() === "") return [first.trimEnd()];
  const room = Math.max(10, width - hanging.length);
  const [head = "", ...rest] = wrapAnsi(text, room, { hard: true }).split("\n");
  return [`${first}${head}`, ...rest.map((line) => `${hanging}${line}`)];
}
