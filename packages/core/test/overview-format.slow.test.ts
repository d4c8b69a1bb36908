import fc from "fast-check";
import { expect, test } from "vitest";
import { formatOverview, parseOverview } from "../src/overview/overview.ts";
import { oddDocument, runs } from "./support/odd-documents.ts";

const session = { name: "my-task", started: "01-15 14:30", workingDir: "/w/26-01-15-my-task" };

test("whatever the person writes is read back, and the document is whole", () => {
  const anything = fc.oneof(oddDocument, fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(anything, anything, fc.string(), fc.string(), (task, dive, name, workingDir) => {
      const overview = parseOverview(formatOverview({ ...session, name, workingDir, task, dive }));
      expect(overview.task).toBe(normal(task) || undefined);
      expect(overview.dive).toBe(normal(dive) || undefined);
      expect(overview.name).toBe(oneLine(name) || undefined);
      expect(overview.workingDir).toBe(oneLine(workingDir) || undefined);
      expect(overview.status).toMatchObject({
        phase: "investigation",
        blocked: "no",
        iteration: 1,
      });
      expect(overview.flowLog).toHaveLength(1);
      expect(overview.warnings).toEqual([]);
    }),
    runs,
  );
});

function normal(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]+/gu, "")
    .replace(/^(?:[^\S\n]*\n)+/, "")
    .trimEnd();
}

function oneLine(text: string): string {
  return text
    .replace(/\t/g, " ")
    .replace(/\p{Cc}+/gu, "")
    .trim();
}
