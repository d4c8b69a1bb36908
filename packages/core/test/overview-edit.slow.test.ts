import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  editStatus,
  OverviewError,
  parseOverview,
  type StatusChanges,
} from "../src/overview/overview.ts";
import { blockNeeds, phases, waitReasons } from "../src/workflow/phase.ts";
import { oddDocument, oddOverview, runs } from "./support/odd-documents.ts";

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "<!-- x",
    "a --> b",
    "` half",
    "**bold**",
    "`code`",
    "C:\\dir\\",
    "# x",
    "&#96;",
    "a\nb\r\nc",
    "\u2028x",
    "<a title='",
    "_x_",
  ),
);
const values = {
  phase: fc.constantFrom(...phases),
  iteration: fc.nat({ max: 999 }),
  totalIterations: fc.option(fc.nat({ max: 999 })),
  qualityIteration: fc.option(fc.nat({ max: 9 })),
  blocked: fc.constantFrom("no", "yes", "waiting_human"),
  waitingFor: fc.option(fc.constantFrom(...waitReasons)),
  reason: fc.option(anyText),
  needs: fc.option(fc.oneof(fc.constantFrom(...blockNeeds), anyText)),
  cost: fc.option(fc.constantFrom("$1.50", 3, "free")),
};
const oneChange = fc.oneof(
  ...Object.entries(values).map(([field, value]) =>
    fc.record({ [field]: value as fc.Arbitrary<unknown> }),
  ),
);
const changes: fc.Arbitrary<StatusChanges> = fc
  .array(oneChange, { minLength: 1, maxLength: 3 })
  .map((list) => Object.assign({}, ...list) as StatusChanges);

function thrownBy(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** True if the text is an overview. */
function readable(text: string): boolean {
  try {
    parseOverview(text);
    return true;
  } catch (error) {
    if (error instanceof OverviewError) return false;
    throw error;
  }
}

const overviewText = oddOverview.filter(readable);

/** An edit, unless the surroundings forbid it: such a refusal is rare, and looked at on its own below. */
function edit(text: string, change: StatusChanges): string {
  try {
    return editStatus(text, change);
  } catch (error) {
    fc.pre(!(error instanceof OverviewError));
    throw error;
  }
}

describe("properties", () => {
  test("nothing but an OverviewError is thrown, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(oddDocument, oddOverview, fc.string({ unit: "binary" })),
        changes,
        (text, change) => {
          readable(text);
          const thrown = thrownBy(() => editStatus(text, change));
          expect(thrown === undefined || thrown instanceof OverviewError).toBe(true);
        },
      ),
      runs,
    );
  });

  test("writing back what was read changes no byte", () => {
    fc.assert(
      fc.property(overviewText, (text) => {
        const { phaseWord: _, lastAction: __, next: ___, ...status } = parseOverview(text).status;
        expect(editStatus(text, status)).toBe(text);
      }),
      runs,
    );
  });

  test("reading back gives what was written, and nothing else changes", () => {
    fc.assert(
      fc.property(overviewText, changes, (text, change) => {
        const before = parseOverview(text);
        const after = parseOverview(edit(text, change));
        const said = Object.entries(change).map(([field, value]) => [
          field,
          typeof value === "string" ? oneLine(value) || undefined : (value ?? undefined),
        ]);
        const expected = { ...before.status, ...Object.fromEntries(said), phaseWord: "" };
        if (expected.cost !== undefined) expected.cost = String(expected.cost);
        expect({ ...after.status, phaseWord: "" }).toEqual(expected);
        expect({ ...after, text: "", status: {}, warnings: [] }).toEqual({
          ...before,
          text: "",
          status: {},
          warnings: [],
        });
      }),
      runs,
    );
  });

  test("edits of different fields can be made in any order", () => {
    fc.assert(
      fc.property(overviewText, changes, changes, (text, one, other) => {
        const rest = Object.fromEntries(Object.entries(other).filter(([field]) => !(field in one)));
        expect(edit(edit(text, one), rest)).toBe(edit(edit(text, rest), one));
      }),
      runs,
    );
  });

  test("a line that is added and taken away leaves the text as it was", () => {
    fc.assert(
      fc.property(
        overviewText,
        anyText,
        fc.constantFrom("reason", "needs", "cost"),
        (text, value, field) => {
          fc.pre(
            parseOverview(text).status[field] === undefined &&
              !new RegExp(`${field}[*_\`]*:`, "i").test(text),
          );
          expect(edit(edit(text, { [field]: value }), { [field]: null })).toBe(text);
        },
      ),
      runs,
    );
  });
});

function oneLine(value: string): string {
  return value
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\t/g, " ")
    .replace(/\s*[\n\r\u0085\u2028\u2029]\s*/g, " ")
    .replace(/\p{Cc}+/gu, "")
    .trim();
}
