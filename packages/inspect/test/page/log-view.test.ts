import { h } from "preact";
import { expect, it } from "vitest";
import { LogView } from "../../page/log-view.tsx";
import type { LogLine } from "../../src/log-line.ts";
import { openPageDom } from "../support/page-dom.ts";

function openLog(lines: readonly LogLine[]) {
  const dom = openPageDom();
  const show = (shown: readonly LogLine[]): void =>
    dom.show(h(LogView, { lines: shown, empty: "Nothing yet.", places: ["/s/login", "/w/login"] }));
  show(lines);
  const box = dom.find(".log");
  return { ...dom, show, box };
}

const say = (text: string, isSubagent = false) => ({ kind: "say", text, isSubagent }) as const;
const tool = (id: string, target = "x", isSubagent = false) =>
  ({ kind: "tool", id, tool: "Read", target, isSubagent }) as const;
const end = { kind: "end", isError: false, turns: 1, durationMs: 61_000 } as const;

it("says what to expect as long as there is no line", () => {
  const log = openLog([]);
  expect(log.texts("p")).toEqual(["Nothing yet."]);
  log.show([say("Hello.")]);
  expect(log.texts("p")).toEqual(["Hello."]);
});

it("shows what an agent says and does, each in its own way", () => {
  const log = openLog([
    { kind: "begin", model: "opus" },
    say("Hello."),
    say("Inside.", true),
    { kind: "think" },
    tool("1"),
    tool("2", "y", true),
    tool("3"),
    { kind: "answer", id: "1", isError: false },
    { kind: "answer", id: "2", isError: true },
    { kind: "note", text: "a limit" },
    end,
    { ...end, isError: true, turns: 2, costUsd: 1.5 },
  ]);
  const lines = [...log.box.querySelectorAll("p")].map(
    ({ className, textContent }) => `${className}: ${textContent}`,
  );
  expect(lines).toEqual([
    "line note: starts with opus",
    "line say: Hello.",
    "line say inner: Inside.",
    "line note: thinks",
    "line tool done: Read x",
    "line tool failed inner: Read y failed",
    "line tool busy: Read x",
    "line note: a limit",
    "line end: ended · 1 turn · 1 min 01",
    "line end failed: ended with an error · 2 turns · 1 min 01 · $1.50",
  ]);
});

it("names files without the folder of the session and the worktree", () => {
  const log = openLog([tool("1", "/w/login/a.ts /w/login/b.ts /s/login/_qa.md /w/loginx/c.ts")]);
  expect(log.text("code")).toBe("a.ts b.ts _qa.md /w/loginx/c.ts");
});

it("stays at the end, as long as a person has not scrolled away", async () => {
  const log = openLog([say("a")]);
  const scroll = (scrollTop: number): Promise<void> => {
    Object.assign(log.box, { scrollTop });
    return log.send(".log", "scroll");
  };
  Object.defineProperties(log.box, {
    scrollHeight: { value: 500 },
    clientHeight: { value: 100 },
    scrollTop: { value: 0, writable: true },
  });
  log.show([say("a"), say("b")]);
  expect(log.box.scrollTop).toBe(500);
  await scroll(361);
  log.show([say("c")]);
  expect(log.box.scrollTop).toBe(500);
  await scroll(360);
  log.show([say("d")]);
  expect(log.box.scrollTop).toBe(360);
  await scroll(400);
  log.show([say("e")]);
  expect(log.box.scrollTop).toBe(500);
});
