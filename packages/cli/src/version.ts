import { readFileSync } from "node:fs";

/** The version of this package. */
export function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const content: unknown = JSON.parse(text);
  const found =
    typeof content === "object" && content !== null ? Reflect.get(content, "version") : "";
  return String(found);
}
