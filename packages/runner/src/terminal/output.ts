/** Prints one line of a result on stdout. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a result as one JSON document on stdout. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** True where what goes to stderr may be in colour. */
export function useColor(): boolean {
  return process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "";
}
