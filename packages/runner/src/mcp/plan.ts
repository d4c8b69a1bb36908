import { join } from "node:path";
import { printableText, readRegularFile, type Store } from "@samocode/core";
import { z } from "zod";
import { openSession } from "../session/open-session.ts";
import { UsageError } from "../terminal/report-error.ts";
import { quoteData } from "./data-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

const maxPlan = 60_000;

/** Gives the plan of a session, and the version that an approval names. */
export const plan = createTool({
  name: "plan",
  description:
    "The plan of a session, to be shown to the person before they approve or reject it, and its version, which `approve` needs.",
  input: z.strictObject({ session }),
  looksOnly: true,
  async act({ session }, { flags }) {
    const { store, name } = await openSession(session, flags);
    const { file, version } = readPlanVersion(store, name);
    const path = join(store.folder, file);
    return [
      `The plan of ${name}, as the agent wrote it in ${printableText(path, 400)}:`,
      quoteData(readRegularFile(path).toString("utf8"), maxPlan),
      `version: ${version}`,
      "Show it to the person. Relay their word with `approve` (with this version) or `reject` (with what is to be different).",
    ].join("\n");
  },
});

/** The newest plan, and what stands for exactly its content. */
export function readPlanVersion(
  store: Store,
  name: string,
): { readonly file: string; readonly hash: string; readonly version: string } {
  const found = store.readPlan();
  if (found === undefined) {
    throw new UsageError(`cannot show a plan of \`${name}\`: it has none yet`);
  }
  return { ...found, version: found.hash.slice(0, 12) };
}
