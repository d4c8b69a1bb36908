import { printableText } from "@samocode/core/overview";

const tellingKeys = [
  "file_path",
  "notebook_path",
  "command",
  "pattern",
  "url",
  "query",
  "skill",
  "description",
  "subject",
  "path",
  "prompt",
];

/**
 * What a tool call is about, on one line of at most 120 characters: a file, a command, a pattern;
 * empty if its input tells nothing.
 *
 * @example
 * toolTarget({ command: "pnpm test", description: "Run the tests" }); // "pnpm test"
 */
export function toolTarget(input: unknown): string {
  if (typeof input !== "object" || input === null) return "";
  const fields = new Map(Object.entries(input));
  const values = [...tellingKeys.map((key) => fields.get(key)), ...fields.values()];
  const telling = values.find((value) => typeof value === "string" && value.trim() !== "");
  return typeof telling === "string" ? printableText(telling, 120) : "";
}
