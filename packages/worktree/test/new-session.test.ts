import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatOverview } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refuseOtherTask, requireTask } from "../src/new-session.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-task-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is said to these words for a session that was made with those. */
function refusal(
  made: { task?: string; dive?: string },
  wanted: { task?: string; dive?: string },
): string {
  const overview = formatOverview({
    name: "t",
    started: "01-15 14:30",
    workingDir: "/wt",
    ...made,
  });
  writeFileSync(join(folder, "_overview.md"), overview);
  try {
    refuseOtherTask({ store: openStore(folder), name: "t" }, wanted);
    return "";
  } catch (error) {
    expect(error).toMatchObject({ code: "SAMOCODE_USAGE" });
    return error instanceof Error ? error.message : "";
  }
}

describe("a task for a session that is there", () => {
  test("is refused if it is another one, with both ways out", () => {
    expect(refusal({ task: "Add login." }, { task: "Add logout." })).toBe(
      'cannot give `t` another task: it already has one, `Add login.`. Continue that: samocode-run t. For other work, start another session: samocode-run NAME --task "…"',
    );
  });

  test.each(["Add login.", "  Add login.\n", "Add login.\r\n"])(
    "is fine if it is the same (%j)",
    (task) => {
      expect(refusal({ task: "Add login." }, { task })).toBe("");
    },
  );

  test("is fine if it is the same in several lines, whatever Markdown is in it", () => {
    const task = "# Title\n\n## Status\nPhase: done\n\n- a\n- b";
    expect(refusal({ task }, { task })).toBe("");
    expect(refusal({ task }, { task: task.replaceAll("\n", "\r\n") })).toBe("");
    expect(refusal({ task }, { task: `${task}c` })).toContain(
      "`# Title ## Status Phase: done - a - b`",
    );
  });

  test("is refused if the session has none", () => {
    expect(refusal({ task: "" }, { task: "Add login." })).toContain(
      `cannot give \`t\` a task: the session already exists, without one. Write it into \`${folder}/_overview.md\`.`,
    );
  });

  test("is cut if it is long", () => {
    expect(refusal({ task: "x".repeat(80) }, { task: "y" })).toContain(`\`${"x".repeat(80)}\``);
    expect(refusal({ task: "x".repeat(81) }, { task: "y" })).toContain(`\`${"x".repeat(79)}…\``);
  });

  test("may be left out", () => {
    expect(refusal({ task: "Add login.", dive: "auth" }, {})).toBe("");
  });
});

test("a dive is held against the session's own", () => {
  expect(refusal({ task: "a", dive: "auth" }, { task: "a", dive: "auth" })).toBe("");
  expect(refusal({ task: "a", dive: "auth" }, { dive: "database" })).toContain(
    "cannot give `t` another dive: it already has one, `auth`",
  );
  expect(refusal({ task: "a" }, { dive: "auth" })).toContain("cannot give `t` a dive:");
});

test("a new session needs a task or a dive", () => {
  expect(() => requireTask("t", {})).toThrow("a new one needs a task");
  expect(() => requireTask("t", { task: " ", dive: "" })).toThrow("a new one needs a task");
  expect(() => requireTask("t", { task: "a" })).not.toThrow();
  expect(() => requireTask("t", { dive: "a" })).not.toThrow();
});
