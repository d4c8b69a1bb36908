// The rules of `git check-ref-format --branch`, without a process for each look.
const rules: readonly (readonly [RegExp, string])[] = [
  [/^-/, "it starts with `-`"],
  [/[\p{Cc}\u007F]/u, "it has a control character"],
  [/ /, "it has a space"],
  [/[~^:?*[\\]/, "it has one of ~ ^ : ? * [ \\"],
  [/\.\./, "it has `..`"],
  [/@\{/, "it has `@{`"],
  [/^@$|^HEAD$/, "git reserves this name"],
  [/^$|^\/|\/$|\/\//, "a part of it is empty"],
  [/(?:^|\/)\./, "it, or a part of it, starts with `.`"],
  [/\.$/, "it ends with `.`"],
  [/\.lock(?:\/|$)/, "it, or a part of it, ends with `.lock`"],
];

/**
 * Says why git does not accept `branch` as the name of a branch; `undefined` if it does.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 * @example
 * branchFault("fix..login"); // "it has `..`"
 */
export function branchFault(branch: string): string | undefined {
  return rules.find(([pattern]) => pattern.test(branch))?.[1];
}
