/** Former names of settings and flags that are still read, with the names that replace them. */
const formerNames = {
  WHEN_UNANSWERED: "ON_QUESTION_TIMEOUT",
  WHEN_UNAPPROVED: "ON_APPROVAL_TIMEOUT",
  WHEN_UNDONE: "ON_ACTION_TIMEOUT",
  "--when-unanswered": "--on-question-timeout",
  "--when-unapproved": "--on-approval-timeout",
  "--when-undone": "--on-action-timeout",
} as const;

type FormerName = keyof typeof formerNames;

/**
 * The former name of a setting or flag, if it has one.
 *
 * @example
 * formerNameOf("ON_ACTION_TIMEOUT"); // "WHEN_UNDONE"
 */
export function formerNameOf(name: string): string | undefined {
  return Object.entries(formerNames).find(([, now]) => now === name)?.[0];
}

/**
 * The present name of a setting or flag; a name that was never changed is its own.
 *
 * @example
 * presentName("WHEN_UNDONE"); // "ON_ACTION_TIMEOUT"
 */
export function presentName(name: string): string {
  return Object.hasOwn(formerNames, name) ? formerNames[name as FormerName] : name;
}
