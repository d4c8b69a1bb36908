import { h } from "preact";
import { expect, it } from "vitest";
import { ChoiceList } from "../../page/choice-list.tsx";
import { createChartView } from "../../src/chart-view.ts";
import type { Choice, Simulation } from "../../src/simulation.ts";
import { openPageDom } from "../support/page-dom.ts";

const gauge = { measure: undefined, limits: createChartView({ maxRetries: 3 }).limits };
const choice = (event: string, change: Partial<Choice> = {}): Choice => ({
  id: event,
  event,
  to: "paused",
  isTaken: true,
  tries: [],
  ...change,
});
const attempt = (guard: string, holds: boolean) => ({ source: "a", target: "b", guard, holds });

function openList(...choices: readonly Choice[]) {
  const dom = openPageDom();
  const picked: string[] = [];
  const simulation = { choices, state: "paused" } as unknown as Simulation;
  dom.show(h(ChoiceList, { simulation, gauge, onPick: (id) => void picked.push(id) }));
  return { ...dom, picked };
}

it("groups what may happen by who does it, and shows no empty group", () => {
  const events = ["wake", "edit", "resume", "tests.green", "agent.failed", "signal.done"];
  expect(openList(...events.map((event) => choice(event))).texts("section")).toEqual([
    "The agent answerssignal.done→ paused",
    "The agent ends without a signalagent.failed→ paused",
    "The runner runs the teststests.green→ paused",
    "A person decidesresume→ paused",
    "The overview is editededit→ paused",
    "Time passeswake→ paused",
  ]);
  const unlike = ["xsignal.done", "xresume", "resumex", "signalx", "xafter y", "edits"];
  expect(openList(...unlike.map((event) => choice(event))).html()).toBe("");
});

it("lets a person pick one, and says why it goes where it goes", async () => {
  const tries = [attempt("isBlocked", false), attempt("isAnswered", true), attempt("isOpen", true)];
  const list = openList(choice("resume", { id: "resume plain", detail: "qa_answers now", tries }));
  expect(list.texts("li > *").slice(0, 3)).toEqual([
    "resumeqa answers now→ paused",
    "because no question is open",
    "and nowhere else, becausenot → b: it is not so that it is blocked",
  ]);
  await list.click("button");
  expect(list.picked).toEqual(["resume plain"]);
});

it("gives no reason if there is none", () => {
  const first = openList(choice("resume", { tries: [attempt("", true)] }));
  expect(first.has(".why")).toBe(false);
  expect(openList(choice("resume", { tries: [attempt("isOpen", false)] })).has(".why")).toBe(false);
  expect(first.find("li").className).toBe("choice-row");
});

it("says why a signal is refused, and not why it is taken", () => {
  const tries = [attempt("isAnswered", true)];
  const list = openList(choice("signal.done", { refusal: "cannot go to `done`", tries }));
  expect(list.texts(".refusal, .why")).toEqual(["refused: cannot go to done"]);
  expect(list.find("li").className).toBe("choice-row refused");
});

it("puts what nothing would come of at the end, with the reason", () => {
  const list = openList(
    choice("resume"),
    choice("approve", { isTaken: false, detail: "now" }),
    choice("stop", { isTaken: false, tries: [attempt("isOpen", false)] }),
  );
  expect(list.text("summary")).toBe("2 more of which nothing would come here");
  expect(list.texts(".idle > ul > li")).toEqual([
    "approve nowmeans nothing in paused",
    "stop not → b: it is not so that the session is not finished",
  ]);
  expect(openList(choice("resume")).has(".idle")).toBe(false);
});
