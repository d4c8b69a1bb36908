import { configKeys } from "../config/config-file.ts";
import { projectKeys } from "../config/project-keys.ts";
import { wrapLine } from "../terminal/wrapped-text.ts";

const examples = [
  ["samocode-run demo", "see a whole session, no account needed"],
  ['samocode-run login --task "Add JWT login"', "start a session"],
  ["samocode-run login", "continue it"],
  ["samocode-run status login", "where it is, what it waits for"],
  ['samocode-run answer login Q1=A Q2="a week"', "answer its questions"],
  ["samocode-run approve login", "approve its plan"],
] as const;

const exitCodes =
  "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 waiting for you or ready to continue, 4 blocked, 5 held by another run, 130/143 interrupted.";

/**
 * The end of the help: what one types most, and the exit codes.
 *
 * @param columns The width of the terminal.
 */
export function formatHelpEnd(columns: number): string {
  const width = Math.max(...examples.map(([command]) => command.length));
  const fits = columns >= width + 32;
  const lines = examples.flatMap(([command, what]) =>
    fits
      ? wrapLine(what, columns, `  ${command.padEnd(width)}  `)
      : [`  ${command}`, ...wrapLine(what, columns, "      ")],
  );
  return ["", "Examples:", ...lines, "", ...wrapLine(exitCodes, columns)].join("\n");
}

/**
 * The keys of `.samocode`, for the help of the command that writes it.
 *
 * @param columns The width of the terminal.
 */
export function formatKeysHelp(columns: number): string {
  const keys = projectKeys.map(({ key, expected, doc }) => [key, `${doc} (${expected})`] as const);
  const rules = configKeys.filter((key) => !keys.some(([known]) => known === key));
  const width = Math.max(...keys.map(([key]) => key.length));
  return [
    "",
    "Keys of `.samocode`:",
    ...keys.flatMap(([key, text]) => wrapLine(text, columns, `  ${key.padEnd(width)}  `)),
    ...wrapLine(`and as settings: ${rules.join(", ")} (samocode-run run --help)`, columns, "  "),
  ].join("\n");
}

/** The columns that help is wrapped at: those of the terminal, else `COLUMNS`, else 80. */
export function helpColumns(): number {
  const columns = process.stdout.isTTY ? process.stdout.columns : Number(process.env["COLUMNS"]);
  return columns > 0 ? columns : 80;
}
