/**
 * Whether a version is this one or a newer one; both are numbers with dots between them.
 *
 * @example
 * isAtLeast("2.10.0", "2.9"); // true
 */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const found = have?.[index] ?? 0;
    if (found !== number) return found > number;
  }
  return true;
}
