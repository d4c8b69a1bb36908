/**
 * The variables that make git work in another repository than the one of its folder: those of
 * `git rev-parse --local-env-vars` in all versions, and three more that name a place or a part of one.
 * The two that only carry configuration are rewritten, see {@link withoutRepository}.
 */
const placeVariables = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_ATTR_SOURCE",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REFERENCE_BACKEND",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

/** Configuration that names a repository, or says what it is. */
const placeKeys = new Set(["core.bare", "core.worktree"]);

/**
 * Gives an environment in which git works in the repository of its folder and in no other. Hooks, aliases,
 * `git rebase --exec` and editors with git windows set variables that name their own repository, and git prefers
 * them to the folder.
 *
 * Identity, `GIT_SSH_COMMAND` and the like stay. So does configuration given by variables (`GIT_CONFIG_COUNT`, and
 * `GIT_CONFIG_PARAMETERS` of `git -c`), as `GIT_CONFIG_COUNT` and without the keys that name a repository.
 *
 * @example
 * withoutRepository({ PATH: "/bin", GIT_DIR: "/code/app/.git" }); // { PATH: "/bin" }
 */
export function withoutRepository(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !placeVariables.has(name) &&
      !/^GIT_CONFIG_(?:COUNT|PARAMETERS|(?:KEY|VALUE)_\d+)$/.test(name),
  );
  const settings = [
    ...readCounted(env),
    ...readParameters(env["GIT_CONFIG_PARAMETERS"] ?? ""),
  ].filter(([key]) => !placeKeys.has(key.toLowerCase()));
  if (settings.length === 0) return Object.fromEntries(kept);
  return Object.fromEntries([
    ...kept,
    ["GIT_CONFIG_COUNT", String(settings.length)],
    ...settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}

type Setting = readonly [key: string, value: string];

/** More than anyone sets; a count of billions must not keep us busy. */
const maxSettings = 1000;

function readCounted(env: Readonly<NodeJS.ProcessEnv>): readonly Setting[] {
  const count = Math.min(Number(env["GIT_CONFIG_COUNT"]), maxSettings);
  const settings: Setting[] = [];
  for (let index = 0; index < count; index++) {
    const [key, value] = [env[`GIT_CONFIG_KEY_${index}`], env[`GIT_CONFIG_VALUE_${index}`]];
    if (key !== undefined && value !== undefined) settings.push([key, value]);
  }
  return settings;
}

/** `'key'='value' 'key'='value'`, quoted for a shell; before git 2.31 `'key=value'`. */
function readParameters(text: string): readonly Setting[] {
  return [...text.matchAll(/((?:'[^']*'|\\['!])+)(?:=((?:'[^']*'|\\['!])*))?/g)].map(
    ([, first = "", second]) => {
      if (second !== undefined) return [unquote(first), unquote(second)];
      const word = unquote(first);
      const end = word.indexOf("=");
      return end < 0 ? [word, "true"] : [word.slice(0, end), word.slice(end + 1)];
    },
  );
}

function unquote(text: string): string {
  return text.replaceAll(/'([^']*)'|\\(['!])/g, "$1$2");
}
