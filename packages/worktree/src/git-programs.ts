/** An entry of git's configuration, and whether it is the repository's own. */
export interface ConfigEntry {
  /** Section and name in lower case, as git lists it. */
  readonly key: string;
  readonly value: string;
  /** False if it is the human's or the machine's: an agent cannot change it by working in the repository. */
  readonly isOfRepository: boolean;
}

/**
 * Keys with which a repository's configuration names a program, and the value that names none or git's own. The name in
 * the middle may be empty.
 */
const programKeys: readonly (readonly [RegExp, string])[] = [
  [/^filter\..*\.(?:clean|smudge|process)$/s, ""],
  [/^filter\..*\.required$/s, "false"],
  [/^core\.askpass$/, ""],
  [/^core\.sshcommand$/, "ssh"],
  [/^core\.alternaterefscommand$/, "true"],
  [/^credential\.(?:.*\.)?helper$/s, ""],
];

/** Keys that name a program to fetch with, of which git takes the first value: they cannot be overridden. */
const transportKeys = /^core\.gitproxy$|^remote\..*\.(?:uploadpack|vcs)$/s;

/**
 * Reads `git config --list --show-scope -z`. What has no scope that is known to be the human's counts as the
 * repository's; `isScoped` is false for a git that shows no scopes.
 */
export function parseConfigList(text: string, isScoped: boolean): readonly ConfigEntry[] {
  const fields = text.split("\0").slice(0, -1);
  const step = isScoped ? 2 : 1;
  return Array.from({ length: Math.floor(fields.length / step) }, (_, index) => {
    const scope = isScoped ? fields[index * step] : undefined;
    const entry = fields[index * step + step - 1] ?? "";
    const end = entry.indexOf("\n");
    return {
      key: end < 0 ? entry : entry.slice(0, end),
      value: end < 0 ? "true" : entry.slice(end + 1),
      isOfRepository: !["system", "global", "command"].includes(scope ?? ""),
    };
  });
}

/**
 * Gives the settings under which git runs no program that the repository's own configuration names: for each such
 * key what the human has set, else nothing.
 *
 * @example
 * overridePrograms([{ key: "filter.x.smudge", value: "./evil", isOfRepository: true }]); // ["filter.x.smudge="]
 */
export function overridePrograms(entries: readonly ConfigEntry[]): readonly string[] {
  const named = new Set(
    entries.filter(({ isOfRepository }) => isOfRepository).map(({ key }) => key),
  );
  return [...named].flatMap((key) => {
    const [, standard] = programKeys.find(([pattern]) => pattern.test(key)) ?? [];
    if (standard === undefined) return [];
    // A list of helpers cannot be put together again with the human's: none is asked.
    const own = entries.findLast((entry) => entry.key === key && !entry.isOfRepository)?.value;
    return [`${key}=${standard === "" && key.startsWith("credential.") ? "" : (own ?? standard)}`];
  });
}

/** Whether the repository's own configuration names a program to fetch with. */
export function namesTransport(entries: readonly ConfigEntry[]): boolean {
  return entries.some(({ key, isOfRepository }) => isOfRepository && transportKeys.test(key));
}

/**
 * The key of a program that cannot be overridden, for git takes what comes before the first `=` of an override for its
 * key; nothing if there is none.
 */
export function findStubbornKey(entries: readonly ConfigEntry[]): string | undefined {
  return entries.find(
    ({ key, isOfRepository }) =>
      isOfRepository && key.includes("=") && programKeys.some(([pattern]) => pattern.test(key)),
  )?.key;
}

/** The names of the filters that only the repository's own configuration defines, so that files stay unfiltered. */
export function findUnusedFilters(entries: readonly ConfigEntry[]): readonly string[] {
  const names = (own: boolean): readonly string[] =>
    entries.flatMap(({ key, isOfRepository }) => {
      const [, name] = /^filter\.(.*)\.(?:smudge|process)$/s.exec(key) ?? [];
      return name === undefined || isOfRepository !== own ? [] : [name];
    });
  const others = names(false);
  return [...new Set(names(true))].filter((name) => !others.includes(name));
}
