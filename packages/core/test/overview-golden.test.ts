import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  appendFlowLog,
  decodeOverview,
  editStatus,
  OverviewError,
  parseOverview,
} from "../src/overview/overview.ts";

const folder = fileURLToPath(new URL("fixtures/overviews/", import.meta.url));
const namesIn = (kind: string): string[] =>
  readdirSync(`${folder}${kind}`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => basename(name, ".md"));
const bytesOf = (kind: string, name: string): Buffer => readFileSync(`${folder}${kind}/${name}.md`);

/** What one text has and the other has not, between what they share at both ends. */
function difference(before: string, after: string): { removed: string; added: string } {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end++;
  return {
    removed: before.slice(start, before.length - end),
    added: after.slice(start, after.length - end),
  };
}

describe.each(namesIn("valid"))("%s", (name) => {
  const bytes = bytesOf("valid", name);
  const text = decodeOverview(bytes);
  const overview = parseOverview(text);

  test("reads as it should", async () => {
    const { text: _, ...values } = overview;
    await expect(`${JSON.stringify(values, undefined, 2)}\n`).toMatchFileSnapshot(
      `${folder}valid/${name}.json`,
    );
  });

  test("keeps its bytes when nothing changes", () => {
    const { phase, blocked, iteration, reason } = overview.status;
    expect(Buffer.from(editStatus(text, { phase, blocked, iteration, reason })).equals(bytes)).toBe(
      true,
    );
  });

  test("changes in the value of an edited field alone", () => {
    const edited = editStatus(text, { phase: "zzz" as "done" });
    const { removed, added } = difference(text, edited);
    expect([removed, added]).toEqual([overview.status.phaseWord, "zzz"]);
  });

  test("says what was written, and what it said before when that is put back", () => {
    const { phaseWord: _, lastAction: __, next: ___, ...owned } = overview.status;
    const added = {
      waitingFor: "qa_answers",
      reason: "<!-- `why`",
      needs: "clarification",
    } as const;
    const edited = editStatus(text, { blocked: "yes", ...added });
    expect(parseOverview(edited).status).toMatchObject({ blocked: "yes", ...added });
    const { waitingFor = null, reason = null, needs = null } = owned;
    const restored = editStatus(edited, { ...owned, waitingFor, reason, needs });
    expect(parseOverview(restored).status).toEqual(overview.status);
  });

  test("is restored when new lines are taken away", () => {
    const fields = [
      "totalIterations",
      "qualityIteration",
      "waitingFor",
      "reason",
      "needs",
      "cost",
    ] as const;
    const absent = fields.filter((field) => overview.status[field] === undefined);
    const added = editStatus(text, Object.fromEntries(absent.map((field) => [field, "7"])));
    expect(editStatus(added, Object.fromEntries(absent.map((field) => [field, null])))).toBe(text);
  });

  test("takes a Flow Log entry without any other change", () => {
    const edited = appendFlowLog(text, "[777 @ 01-15 14:30] an `entry`");
    expect(parseOverview(edited).flowLog).toEqual([
      ...overview.flowLog,
      "[777 @ 01-15 14:30] an `entry`",
    ]);
    expect(difference(text, edited).removed).toBe("");
    expect(parseOverview(edited).status).toEqual(overview.status);
  });
});

describe.each(namesIn("invalid"))("%s", (name) => {
  test("is refused with the line, what was found and what was expected", async () => {
    const read = (): unknown => parseOverview(decodeOverview(bytesOf("invalid", name)));
    expect(read).toThrow(OverviewError);
    expect(read).toThrow(expect.objectContaining({ code: "SAMOCODE_OVERVIEW_INVALID" }) as Error);
    await expect(`${messageOf(read)}\n`).toMatchFileSnapshot(`${folder}invalid/${name}.txt`);
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
}
