import { printableText } from "@samocode/core/overview";

/** What the doctor found out about one thing. */
export interface Check {
  /** What was looked at, in a word or two. */
  readonly name: string;
  /** `off`: it is not set up, and need not be. Only a `fault` keeps sessions from running. */
  readonly state: "ok" | "off" | "warning" | "fault";
  /** On one line, and fit for a terminal. */
  readonly found: string;
  /** What to do about it. */
  readonly cure?: string;
}

/** A check whose words are fit to be shown, whoever wrote what is in them. */
export function createCheck(
  name: string,
  state: Check["state"],
  found: string,
  cure?: string,
): Check {
  return { name, state, found: printableText(found, 400), ...(cure !== undefined && { cure }) };
}
