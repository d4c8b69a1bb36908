import { createTempFolder } from "@samocode/testkit";
import type { RunEvent } from "@samocode/core";
import type { Asking } from "@samocode/core/overview";
import { openStore } from "@samocode/core/store";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createAnswerWatch } from "../../src/run/answer-watch.ts";

const first = "### Q1: Where?\nA) here\n**Suggestion:** A\n**Answer:** _waiting_\n";
const second = "### Q2: When?\n**Answer:** _waiting_\n";
const asked = `${first}\n${second}`;
const asking: Asking = { text: asked, given: [] };

/** A session that has asked, with a clock that only the test moves. */
async function createBench(text: string = asked) {
  const folder = await createTempFolder("samocode-found-");
  const path = join(folder.path, "_qa.md");
  writeFileSync(path, text);
  const events: RunEvent[] = [];
  // The clock stands before the file was saved: only what the test lets pass counts.
  const clock = { at: Date.now() - 3_600_000 };
  const times = { quietMs: 1000, now: () => clock.at };
  const watch = createAnswerWatch(openStore(folder.path), (event) => events.push(event), times);
  const look = (now = asking, suggestionsBy?: string) => watch.look({ asking: now, suggestionsBy });
  return {
    events,
    path,
    look,
    save: (content: string | Buffer) => writeFileSync(path, content),
    read: () => readFileSync(path, "utf8"),
    async settle(now = asking, suggestionsBy?: string) {
      expect(await look(now, suggestionsBy)).toBe(1000);
      clock.at += 1000;
      return look(now, suggestionsBy);
    },
    [Symbol.asyncDispose]: () => folder.dispose(),
  };
}

describe("answers in the file", () => {
  it("are not looked for as long as nothing is answered: no one waits", async () => {
    await using session = await createBench();
    expect(await session.look()).toBeUndefined();
    session.save(asked.replace("_waiting_", "typ"));
    expect(await session.look()).toBeUndefined();
    expect(session.events).toEqual([]);
  });

  it("count once the file is quiet, with what they say", async () => {
    await using session = await createBench();
    session.save(asked.replace("_waiting_", "x").replace("_waiting_", "y"));
    expect(await session.settle()).toEqual({
      type: "answer",
      open: 0,
      given: [
        { id: "Q1", text: "x" },
        { id: "Q2", text: "y" },
      ],
      by: "_qa.md",
    });
  });

  it("count at once if this program has written them", async () => {
    const given = [
      { id: "Q1", text: "x" },
      { id: "Q2", text: "y" },
    ];
    await using session = await createBench(
      asked.replace("_waiting_", "x").replace("_waiting_", "y"),
    );
    expect(await session.look({ text: asked, given })).toMatchObject({ open: 0, given });
  });

  it("of a session that does not know what it asked count as well", async () => {
    await using session = await createBench(first.replace("_waiting_", "x"));
    expect(await session.settle({ text: "", given: [] })).toEqual({
      type: "answer",
      open: 0,
      by: "_qa.md",
    });
  });

  it("keep a status line in step", async () => {
    const older = `Status: waiting\n\n${second}`;
    await using session = await createBench(older.replace("_waiting_", "now"));
    await session.settle({ text: older, given: [] });
    expect(session.read()).toBe(`Status: answered\n\n${second.replace("_waiting_", "now")}`);
  });
});

describe("the suggestions", () => {
  it("count at once in what the agent has just written", async () => {
    await using session = await createBench(first);
    expect(await session.look({ text: first, given: [] }, "--accept-suggestions")).toEqual({
      type: "answer",
      open: 0,
      answered: ["Q1"],
      given: [{ id: "Q1", text: "A) here" }],
      by: "--accept-suggestions",
    });
    expect(session.read()).toBe(first.replace("_waiting_", "A) here"));
  });

  it("leave open what has none", async () => {
    await using session = await createBench();
    expect(await session.look(asking, "ON_QUESTION_TIMEOUT")).toMatchObject({
      open: 1,
      answered: ["Q1"],
    });
  });
});

describe("a file that is not as it was asked", () => {
  it.each(["", first.replace("_waiting_", "x"), "# Notes\n"])(
    "is left alone while it may be half saved, and then whole again: %j",
    async (half) => {
      await using session = await createBench();
      session.save(half);
      expect(await session.settle()).toBeUndefined();
      expect(session.read()).toContain(second.trimEnd());
      expect(session.events).toMatchObject([{ type: "questions.restored", answers: [] }]);
    },
  );

  it("comes back if it was removed", async () => {
    await using session = await createBench();
    rmSync(session.path);
    expect(await session.settle()).toBeUndefined();
    expect(session.read()).toContain("### Q1: Where?");
    expect(session.events).toEqual([
      { type: "questions.restored", questions: ["Q1", "Q2"], answers: [] },
    ]);
  });

  it("gets back the answers of others, and goes on with them", async () => {
    await using session = await createBench();
    const given = [{ id: "Q1", text: "there" }];
    session.save(asked.replace(/_waiting_(?![^]*_waiting_)/, "tomorrow"));
    expect(await session.settle({ text: asked, given })).toMatchObject({
      open: 0,
      given: [
        { id: "Q1", text: "there" },
        { id: "Q2", text: "tomorrow" },
      ],
    });
    expect(session.events).toEqual([
      { type: "questions.restored", questions: [], answers: ["Q1"] },
    ]);
  });

  it("is reported once if it cannot be read, and again after it could", async () => {
    await using session = await createBench();
    const bad = Buffer.from(asked.replace("_waiting_", "f\u00FCr"), "latin1");
    session.save(bad);
    expect(await session.settle()).toBeUndefined();
    expect(await session.look()).toBeUndefined();
    expect(session.events).toMatchObject([
      { type: "questions.unreadable", message: expect.stringContaining("it is not UTF-8") },
    ]);
    expect(session.read()).toBe(bad.toString("utf8"));
    session.save(asked);
    expect(await session.look()).toBeUndefined();
    session.save(bad);
    await session.look();
    expect(session.events.length).toBeGreaterThan(0);
  });

  it("is reported if a question can be put back nowhere", async () => {
    await using session = await createBench();
    session.save("```\n");
    expect(await session.settle()).toBeUndefined();
    expect(session.events).toEqual([
      {
        type: "questions.unreadable",
        message:
          "cannot find Q1, Q2 in `_qa.md`: expected every code fence and comment closed, and every question still there",
      },
    ]);
    expect(session.read()).toBe("```\n");
    expect(existsSync(session.path)).toBe(true);
  });
});
