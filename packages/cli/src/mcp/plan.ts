import { join } from "node:path";
import { printableText, revealHidden } from "@samocode/core/overview";
import type { PlanPart, Store } from "@samocode/core/store";
import { z } from "zod";
import { readLastEvidence, UsageError } from "@samocode/session";
import { openSession } from "../config/open-session.ts";
import { quoteData } from "./data-text.ts";
import { testsChanged } from "./session-text.ts";
import { session } from "./session-input.ts";
import { createTool } from "./tool.ts";

const maxPlan = 60_000;
const maxChanges = 4000;

/** Gives the plan of a session, and the version that an approval names. */
export const plan = createTool({
  name: "plan",
  description:
    "Returns the plan of a session, to show to the person before they approve or reject it, and its version, which `approve` needs.",
  input: z.strictObject({ session }),
  looksOnly: true,
  async act({ session }, { flags }) {
    const { store, name } = await openSession(session, flags);
    const { parts, version } = readPlanVersion(store, name);
    const changes = readLastEvidence(store)?.testChanges;
    return [
      ...parts.map((part, index) => formatPart(part, index === 0 ? name : undefined, store.folder)),
      ...(changes === undefined
        ? []
        : [`${testsChanged}:`, quoteData(changes.join("\n"), maxChanges)]),
      `version: ${version}`,
      "Show it to the person. Relay their decision with `approve` (with this version) or `reject` (with what should change).",
    ].join("\n");
  },
});

/** One file of a plan; the newest one is told as the plan of the session with this name. */
function formatPart({ file, text }: PlanPart, session: string | undefined, folder: string): string {
  const path = printableText(join(folder, file), 400);
  const title =
    session === undefined
      ? `An older file of the same plan, which will be implemented as well, in ${path}:`
      : `The plan of ${session}, as the agent wrote it in ${path}:`;
  return `${title}\n${quoteData(revealHidden(text), maxPlan)}`;
}

/** The plan, and what stands for exactly its content. */
export function readPlanVersion(
  store: Store,
  name: string,
): { readonly parts: readonly PlanPart[]; readonly hash: string; readonly version: string } {
  const found = store.readWholePlan();
  if (found === undefined) {
    throw new UsageError(`cannot show a plan of \`${name}\`: it has none yet`);
  }
  return { ...found, version: found.hash.slice(0, 12) };
}
