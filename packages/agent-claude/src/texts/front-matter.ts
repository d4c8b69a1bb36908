/** A Markdown file with fields at its head, as agents, skills and commands of Claude Code have them. */
export interface FrontMatter {
  /** Empty if the file has no front matter. */
  readonly fields: ReadonlyMap<string, string>;
  /** The text below the front matter, without blank lines around it. */
  readonly body: string;
}

/** Front matter that cannot be read. `line` counts from 1. */
export class FrontMatterError extends Error {
  override readonly name = "FrontMatterError";
  readonly code = "SAMOCODE_FRONT_MATTER_INVALID";
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const fence = /^---[ \t]*$/;
const field = /^([A-Za-z][\w-]*):(?:[ \t]+(.*))?$/;

/**
 * Reads the front matter of a Markdown file. Of YAML it takes one line a field, comments, and quotes around a value.
 *
 * @throws {FrontMatterError} When it has no end, a line is no field, or a field is there twice.
 * @example
 * parseFrontMatter("---\nname: done\n---\n\nText.\n").fields.get("name"); // "done"
 */
export function parseFrontMatter(text: string): FrontMatter {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (!fence.test(lines[0] ?? "")) return { fields: new Map(), body: lines.join("\n").trim() };
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line));
  if (end === -1) {
    throw new FrontMatterError("the front matter has no end: expected a second `---` line", 1);
  }
  const fields = new Map<string, string>();
  for (const [index, line] of lines.slice(1, end).entries()) {
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const [, key, value = ""] = field.exec(line) ?? [];
    const at = index + 2;
    if (key === undefined) {
      throw new FrontMatterError("expected `key: value` on one line, without indentation", at);
    }
    if (fields.has(key)) throw new FrontMatterError(`\`${key}\` is there twice`, at);
    fields.set(key, unquote(value.trim()));
  }
  return {
    fields,
    body: lines
      .slice(end + 1)
      .join("\n")
      .trim(),
  };
}

/**
 * Reads a list in a field: `a, b` or `[a, b]`. A comma in brackets, as in `Agent(a, b)`, does not part it.
 *
 * @example
 * parseList("Read, Agent(a, b)"); // ["Read", "Agent(a, b)"]
 */
export function parseList(value: string): readonly string[] {
  return value
    .replace(/^\[(.*)\]$/, "$1")
    .split(/,(?![^(]*\))/)
    .map((item) => unquote(item.trim()))
    .filter((item) => item !== "");
}

function unquote(value: string): string {
  return /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
}
