import { h } from "preact";
import { expect, it } from "vitest";
import { DecisionPanel, type DecisionPanelProps } from "../../page/decision-panel.tsx";
import type { SessionView } from "../../src/session-feed.ts";
import { openPageDom, Refused, stubServer } from "../support/page-dom.ts";

const view: SessionView = {
  name: "login",
  folder: "/s/login",
  phase: "planning",
  state: "paused",
  questions: [],
  iteration: 3,
  costUsd: 1,
};
const run = { pid: 7, host: "here" };
const question = {
  line: 1,
  id: "Q1",
  title: "Which port?",
  options: [],
  suggestion: { letter: "", text: "80" },
};
const stops = ["Stop after this iteration", "Stop at once"];

function openPanel(change: Partial<SessionView>, props: Partial<DecisionPanelProps> = {}) {
  const dom = openPageDom();
  const server = { reply: (): unknown => ({ taken: true, message: "Done.", state: "paused" }) };
  const asked = stubServer((url) =>
    url === "/api/decision" ? server.reply() : { name: "plan.md" },
  );
  const show = (change: Partial<SessionView>, more: Partial<DecisionPanelProps> = {}) =>
    dom.show(
      h(DecisionPanel, {
        view: { ...view, ...change },
        files: [],
        phases: ["planning", "testing"],
        readOnly: false,
        isOffline: false,
        onName: () => {},
        ...props,
        ...more,
      }),
    );
  show(change);
  const sent = () => asked.flatMap(([url, body]) => (url === "/api/decision" ? [body] : []));
  return { ...dom, show, server, sent };
}

it.each([
  ["paused", false, []],
  ["paused", true, ["Stop its run"]],
  ["finished", false, []],
  ["finished", true, []],
  ["working.planning", true, stops],
  ["working.planning", false, []],
  ["verifying", true, stops],
  ["retrying", true, ["Retry now", ...stops]],
  ["limited", true, ["Continue now", ...stops]],
  ["limited", false, ["Continue now"]],
  ["blocked", false, ["Resume"]],
  ["blocked", true, ["Resume", "Stop its run"]],
  ["failed", false, ["Retry"]],
  ["waiting.file", false, ["Done: continue"]],
  ["waiting.action", true, ["Done: continue", "Stop its run"]],
  ["waiting.answers", false, ["Send the answer"]],
  ["waiting.approval", true, ["Approve", "Reject…", "Stop its run"]],
])("offers in `%s` (a run: %s) %j", (state, isRunning, buttons) => {
  const panel = openPanel({ state, questions: [question], ...(isRunning && { run }) });
  expect(panel.buttons()).toEqual(buttons);
});

it.each([
  ["working.planning", "An agent is working. Nothing is needed from you."],
  ["verifying", "The tests are running. Nothing is needed from you."],
  ["retrying", "It retries automatically."],
  ["limited", "It continues automatically when the limit ends."],
  ["blocked", "A run is active and will act on your decision."],
])("says what goes on in `%s`", (state, words) => {
  expect(openPanel({ state, run }).text(".stop p")).toBe(words);
});

it("stops a run after its iteration or at once, and once alone", async () => {
  const panel = openPanel({ state: "working.planning", run });
  await panel.press("Stop after this iteration");
  await panel.press("Stop at once");
  panel.show({ state: "working.planning", run, stopRequested: true });
  expect(panel.buttons()).toEqual(["(Stop after this iteration)", "Stop at once"]);
  panel.show({ state: "blocked", run });
  await panel.press("Stop its run");
  panel.show({ state: "blocked", run, stopRequested: true });
  expect(panel.buttons()).toEqual(["Resume", "(Stop its run)"]);
  const decisions = [false, true, false].map((atOnce) => ({ type: "stop", atOnce }));
  expect(panel.sent()).toEqual(decisions.map((decision) => ({ session: "login", decision })));
});

it("hands in answers, and says what came of them", async () => {
  const panel = openPanel({ state: "waiting.answers", questions: [question] });
  expect([".reply", ".or"].filter(panel.has)).toEqual([]);
  await panel.press("Send the answer");
  expect(panel.sent()).toEqual([
    { session: "login", decision: { type: "answer", answers: [{ id: "Q1", text: "80" }] } },
  ]);
  expect(panel.text(".reply")).toBe("Done.");
  expect(panel.find(".reply").getAttribute("role")).toBe("status");
  expect(panel.find(".reply").className).toBe("reply");
});

it("asks nothing if a wait for answers has no open question", () => {
  expect(openPanel({ state: "waiting.answers" }).buttons()).toEqual([]);
});

it("says why a decision was refused or could not be sent, and lets it be sent again", async () => {
  const panel = openPanel({ state: "blocked" });
  panel.server.reply = () => new Refused(409, { taken: false, message: "Somebody was first." });
  await panel.press("Resume");
  expect(panel.text(".reply.refused")).toBe("Somebody was first.");
  expect(panel.find(".reply").getAttribute("role")).toBe("alert");
  panel.server.reply = () => new Error("no connection");
  await panel.press("Resume");
  expect(panel.text(".reply.refused")).toBe("The server cannot be reached. Nothing was sent.");
  expect(panel.buttons()).toEqual(["Resume"]);
});

it("takes no second decision while one is under way", async () => {
  const panel = openPanel({ state: "blocked" });
  const answers: ((value: unknown) => void)[] = [];
  const gate = new Promise((resolve) => void answers.push(resolve));
  panel.server.reply = () => gate;
  await panel.press("Resume");
  expect(panel.buttons()).toEqual(["(Resume)"]);
  expect(panel.has(".reply")).toBe(false);
  answers[0]?.({ taken: true, message: "Resumed." });
  await panel.settle();
  expect(panel.buttons()).toEqual(["Resume"]);
  expect(panel.text(".reply")).toBe("Resumed.");
});

it("keeps what was said for the next state, and not for the one after it", async () => {
  const panel = openPanel({ state: "blocked" });
  await panel.press("Resume");
  panel.show({ state: "paused" });
  expect(panel.text(".reply")).toBe("Done.");
  // The form that was pressed is gone, and took the focus with it.
  expect(document.activeElement).toBe(panel.find(".reply"));
  panel.show({ state: "working.planning", run });
  expect(panel.has(".reply")).toBe(false);
  expect(document.activeElement).toBe(panel.find(".decision"));
});

it("leaves the focus with whoever has moved on", async () => {
  const panel = openPanel({ state: "blocked", run });
  await panel.press("Resume");
  panel.find("button.main").focus();
  panel.show({ state: "failed", run });
  expect(document.activeElement).toBe(panel.find("button.main"));
  panel.show({ state: "blocked", run });
  expect(panel.has(".reply")).toBe(false);
  expect(document.activeElement).toBe(panel.find("button.main"));
});

it("keeps a refusal in sight, whatever state comes", async () => {
  const panel = openPanel({ state: "blocked" });
  panel.server.reply = () => ({ taken: false, message: "No." });
  await panel.press("Resume");
  panel.show({ state: "failed" });
  panel.show({ state: "blocked" });
  expect(panel.text(".reply")).toBe("No.");
});

it("takes a late answer to what has blocked the session, or lets it go on without", () => {
  const panel = openPanel({
    state: "blocked",
    waitedFor: "qa_answers",
    questions: [question, { ...question, id: "Q2" }],
  });
  expect(panel.buttons()).toEqual(["Send 2 answers", "Resume"]);
  expect(panel.text(".or")).toBe("Or, without that:");
  panel.show({ state: "blocked", waitedFor: "plan_approval" });
  expect(panel.buttons()).toEqual(["Approve", "Reject…", "Resume"]);
  expect(panel.has(".or")).toBe(true);
  panel.show({ state: "blocked", waitedFor: "file_update" });
  expect(panel.has(".or")).toBe(false);
});

it("needs all late answers, and some of those that are in time", async () => {
  const bare = { line: 2, id: "Q2", title: "And?", options: [] };
  const panel = openPanel({ state: "waiting.answers", questions: [question, bare] });
  expect(panel.buttons()).toEqual(["Send 1 of 2 answers"]);
  panel.show({ state: "blocked", waitedFor: "qa_answers", questions: [question, bare] });
  expect(panel.buttons()).toEqual(["(Send 2 answers)", "Resume"]);
});

it("says why a session is where it is, and what it needs", () => {
  const panel = openPanel({ state: "blocked", reason: "2 tests fail", needs: "error_resolution" });
  expect(panel.text(".reason")).toBe("2 tests fail");
  expect(panel.text(".needs")).toBe("It needs: error resolution");
  panel.show({ state: "failed", reason: "no key", next: "Go." });
  expect(panel.text(".situation")).toBe("no key");
  panel.show({ state: "waiting.file", next: "Fill in config.json" });
  expect(panel.text(".situation")).toBe("Fill in config.json");
  panel.show({ state: "waiting.action", next: "Log in" });
  expect(panel.text(".situation")).toBe("Log in");
  panel.show({ state: "waiting.action" });
  expect(panel.has(".situation")).toBe(false);
  panel.show({ state: "paused", next: "Investigate" });
  expect(panel.has(".situation")).toBe(false);
});

it.each([
  ["paused", true],
  ["working.planning", true],
  ["failed", true],
  ["finished", false],
  ["blocked", false],
  ["waiting.answers", false],
])("says in `%s` what to type to go on: %s", (state, isSaid) => {
  const goOn = "samocode-run login";
  const panel = openPanel({ state, goOn });
  expect(panel.texts(".unrun")).toEqual(
    isSaid ? ["Not running. Continue with samocode-run logincopy"] : [],
  );
  panel.show({ state, goOn, run });
  expect(panel.has(".unrun")).toBe(false);
  panel.show({ state });
  expect(panel.has(".unrun")).toBe(false);
  panel.show({ state, goOn }, { readOnly: true });
  expect(panel.has(".unrun")).toBe(isSaid);
});

it("shows, and decides nothing, on a page that only shows", () => {
  const change = { state: "blocked", reason: "stuck", run };
  const panel = openPanel(change, { readOnly: true });
  expect(panel.text()).toBe("stuck");
  expect(panel.buttons()).toEqual([]);
  panel.show({ state: "finished", outcome: ["branch login: no change against main"] });
  expect(panel.text()).toBe("branch login: no change against main");
});

it("says what a finished session has made", () => {
  const panel = openPanel({ state: "finished", outcome: ["worktree /w"] });
  expect(panel.text()).toBe("worktree /w");
});

it("takes no decision that it cannot hand in", () => {
  const panel = openPanel({ state: "blocked" }, { isOffline: true });
  expect(panel.buttons()).toEqual(["(Resume)"]);
  expect(panel.text("[role=alert]")).toBe(
    "The server cannot be reached. You can decide once it is back.",
  );
  panel.show({ state: "blocked" }, { isOffline: false });
  expect(panel.buttons()).toEqual(["Resume"]);
  expect(panel.has("[role=alert]")).toBe(false);
});

it.each([false, true])("says what was done to the tests (read-only: %s)", (readOnly) => {
  const testChanges = ["a.test.ts was removed", "b.test.ts was emptied"];
  const panel = openPanel({ state: "waiting.approval", testChanges }, { readOnly });
  expect(panel.text(".warning")).toBe(
    "The tests were changed:a.test.ts was removedb.test.ts was emptied",
  );
  panel.show({ testChanges: [] });
  expect(panel.has(".warning")).toBe(false);
});

it("shows the summary of a finished session, and of no other", () => {
  const panel = openPanel({ state: "finished", summary: "JWT login." });
  expect(panel.text(".summary")).toBe("JWT login.");
  panel.show({ state: "paused", summary: "JWT login." });
  expect(panel.has(".summary")).toBe(false);
});
