import { createStandIn, createTempFolder, type Scenario, startCli } from "../src/index.ts";

/** Play one call of a scenario to its end. */
export async function play(scenario: Scenario, prompt: string, flags: readonly string[] = []) {
  await using folder = await createTempFolder();
  await using claude = await createStandIn(scenario);
  const cli = startCli(claude.path, folder.path, { prompt, flags });
  const code = await cli.ended;
  const text = cli.text();
  const stderr = cli.stderr();
  return { code, text, stderr, lines: () => parseLines(text), calls: claude.calls() };
}

function parseLines(text: string): Record<string, unknown>[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Name the types of lines, as `type` or `type/subtype`. */
export function kinds(lines: readonly Record<string, unknown>[]): string[] {
  return lines.map(({ type, subtype }) =>
    [type, subtype].filter((word) => typeof word === "string").join("/"),
  );
}
