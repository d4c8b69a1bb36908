import type { ChartLayout, PlacedState } from "@samocode/core/chart";
import { h } from "preact";
import { expect, it } from "vitest";
import { ChartPicture, type ChartPictureProps } from "../../page/chart-picture.tsx";
import { openPageDom } from "../support/page-dom.ts";

const text = (words: string) => ({ text: words, x: 1, y: 2, length: 3 });
const place = { x: 10, y: 20, width: 100, height: 40, description: "It is so.", rows: [] };
const state = (id: string, change: Partial<PlacedState> = {}): PlacedState => ({
  ...place,
  id,
  label: text(id),
  kind: "agent",
  isGroup: false,
  ...change,
});
const edge = { source: "working.a", target: "paused", event: "stop", guard: "" };
const layout: ChartLayout = {
  width: 300,
  height: 200,
  start: [
    [0, 0],
    [0, 20],
  ],
  states: [
    state("working", { isGroup: true }),
    state("working.a", { icon: [4, 5], rows: [{ ...text("stop → paused"), edge }, text("loose")] }),
    state("paused", { kind: "rest" }),
    state("finished", { kind: "final" }),
  ],
  arrows: [
    {
      id: "working>finished",
      source: "working",
      target: "finished",
      line: [
        [
          [0, 0],
          [0, 10],
        ],
        [
          [0, 20],
          [0, 40],
        ],
      ],
      texts: [text("done")],
      words: [],
    },
  ],
};
const spent = new Map([
  ["", { ms: 99_000, usd: 9, times: 9 }],
  ["working", { ms: 90_000, usd: 3, times: 2 }],
  ["working.a", { ms: 60_000, usd: 1, times: 2 }],
  ["paused", { ms: 30_000, usd: 0, times: 0 }],
]);

const all = (selector: string) => [...document.querySelectorAll(selector)];

const classes = (selector: string) => all(selector).map((each) => each.getAttribute("class"));

const attributes = (selector: string, name: string) =>
  all(selector).map((each) => each.getAttribute(name));

const stops = () => all(".state").map((each) => /tabindex="(-?\d)"/i.exec(each.outerHTML)?.[1]);

function openPicture(props: Partial<ChartPictureProps> = {}) {
  const dom = openPageDom();
  const called: unknown[] = [];
  const show = (change: Partial<ChartPictureProps> = {}): void =>
    dom.show(
      h(ChartPicture, {
        layout,
        current: "working.a",
        spent,
        taken: new Set<string>(),
        heat: "none",
        showPossible: true,
        marked: undefined,
        onMark: (id, place) => void called.push(["mark", id, place?.tagName]),
        onPick: (id) => void called.push(["pick", id]),
        ...props,
        ...change,
      }),
    );
  show();
  return { ...dom, show, called, classes, attributes, stops };
}

it("draws each state as its kind, where it was and where it is", () => {
  const picture = openPicture();
  expect(picture.classes(".state")).toEqual([
    "state agent group visited current",
    "state agent visited current",
    "state rest",
    "state final",
  ]);
  expect(picture.attributes(".state", "aria-current")).toEqual(["step", "step", null, null]);
  expect(picture.attributes("svg", "viewBox")).toEqual(["0 0 300 200"]);
  expect(picture.attributes("svg", "data-current")).toEqual(["working.a"]);
  expect(picture.attributes(".box", "rx")).toEqual(["14", "9", "9", "9"]);
  expect(picture.texts(".name")).toEqual(["working", "working.a", "paused", "finished"]);
  expect(picture.attributes(".icon", "transform")).toEqual(["translate(4 5)"]);
  expect(picture.attributes(".icon", "d")).toEqual(["M4.5 3.5L12 8L4.5 12.5Z"]);
  const inner = ["x", "y", "width", "height"].map((name) => picture.attributes(".inner", name));
  expect(inner).toEqual([["13.5"], ["23.5"], ["93"], ["33"]]);
});

it("says in words what a state is, and what was spent there", () => {
  const picture = openPicture();
  expect(picture.attributes(".state", "aria-label")).toEqual([
    "working, the session is here: It is so. visited 2 times, 1 min 30, $3.00",
    "working.a, the session is here: It is so. visited 2 times, 1 min 00, $1.00",
    "paused: It is so. not visited",
    "finished: It is so. not visited",
  ]);
});

it("draws the start, and an arrow with its words", () => {
  const picture = openPicture();
  const { find } = picture;
  expect(picture.attributes(".start .dot", "cx")).toEqual(["0"]);
  expect(picture.attributes(".start .line", "d")).toEqual(["M0 0L0 20"]);
  expect(picture.attributes(".arrow .line", "d")).toEqual(["M0 0L0 10M0 20L0 40"]);
  expect(find(".arrow .head").getAttribute("d")).toMatch(/^M0 40L/);
  expect(picture.texts(".arrow .word")).toEqual(["done"]);
  expect(picture.attributes(".arrow", "data-edge")).toEqual(["working>finished"]);
});

it("marks what may follow, what was taken, and what a person looks at", () => {
  const picture = openPicture();
  expect(picture.classes(".arrow")).toEqual(["arrow possible"]);
  expect(picture.classes(".row")).toEqual(["row possible", "row"]);
  picture.show({
    taken: new Set(["working>finished", "working.a>paused"]),
    marked: "working>finished",
    showPossible: false,
  });
  expect(picture.classes(".arrow")).toEqual(["arrow taken marked"]);
  expect(picture.classes(".row taken".replace(" ", "."))).toEqual(["row taken"]);
  picture.show({ current: "paused", marked: "paused" });
  expect(picture.classes(".arrow")).toEqual(["arrow"]);
  expect(picture.classes(".row")).toEqual(["row", "row"]);
  expect(picture.classes(".marked")).toEqual(["state rest current marked"]);
});

it("draws what leaves every state as possible, until it is over", () => {
  const anywhere = { ...text("x"), edge: { ...edge, source: "" } };
  const rows = { ...layout, states: [state("paused", { rows: [anywhere] }), layout.states[3]] };
  const picture = openPicture({ layout: rows as ChartLayout, current: "paused" });
  expect(picture.classes(".row")).toEqual(["row possible"]);
  picture.show({ current: "finished" });
  expect(picture.classes(".row")).toEqual(["row"]);
  picture.show({ current: undefined });
  expect(picture.classes(".row")).toEqual(["row possible"]);
  expect(picture.classes(".current")).toEqual([]);
});

it("shows where the time and the money went, in the innermost states alone", () => {
  const picture = openPicture({ heat: "time" });
  expect(picture.attributes(".heat", "fill-opacity")).toEqual(["0.75", "0.435"]);
  expect(picture.texts(".worth")).toEqual(["1 min 00", "30 s"]);
  const [x, y] = ["x", "y"].map((name) => picture.attributes(".worth", name)[0]);
  expect([x, y]).toEqual(["103", "16"]);
  expect(picture.classes(".heated")).toHaveLength(3);
  picture.show({ heat: "money" });
  expect(picture.attributes(".heat", "fill-opacity")).toEqual(["0.75"]);
  expect(picture.texts(".worth")).toEqual(["$1.00"]);
  picture.show({ heat: "none" });
  expect(picture.has(".heat, .worth, .heated")).toBe(false);
});

it("tells what a person looks at, and what they pick", async () => {
  const picture = openPicture();
  const at = '[data-state="paused"]';
  await picture.send(at, "mouseenter", {});
  await picture.send(at, "focus");
  await picture.send(at, "blur");
  await picture.send(".arrow", "mouseenter");
  await picture.send(".arrow", "mouseleave");
  await picture.send(at, "click");
  await picture.send(at, "keydown", { key: "Enter" });
  await picture.send(at, "keydown", { key: "x" });
  await picture.send("svg", "mouseleave");
  await picture.send(".state > g", "mouseenter");
  await picture.send(".state > g", "mouseleave");
  await picture.send(".state > g + g", "mouseenter");
  expect(picture.called).toEqual([
    ["mark", "paused", "g"],
    ["mark", "paused", "g"],
    ["mark", undefined, undefined],
    ["mark", "working>finished", "g"],
    ["mark", undefined, undefined],
    ["pick", "paused"],
    ["pick", "paused"],
    ["mark", undefined, undefined],
    ["mark", "working.a>paused", "g"],
    ["mark", undefined, undefined],
  ]);
});

it("is one stop of the Tab key, and the arrow keys go around from state to state", async () => {
  const picture = openPicture();
  expect(picture.stops()).toEqual(["-1", "0", "-1", "-1"]);
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await picture.send("svg", "keydown", { key });
    return document.activeElement?.getAttribute("data-state");
  };
  picture.find('[data-state="working.a"]').focus();
  expect(await press("ArrowDown")).toBe("paused");
  expect(await press("ArrowRight")).toBe("finished");
  expect(await press("ArrowDown")).toBe("working");
  expect(await press("ArrowUp")).toBe("finished");
  expect(await press("ArrowLeft", "a", "Tab")).toBe("paused");
  picture.show({ current: undefined });
  expect(picture.stops()).toEqual(["0", "-1", "-1", "-1"]);
  picture.show({ current: "elsewhere.b" });
  expect(picture.stops()).toEqual(["0", "-1", "-1", "-1"]);
});

it("keeps the page from scrolling by the arrow keys, and by no other", async () => {
  const picture = openPicture();
  const pressed: Event[] = [];
  document.addEventListener("keydown", (event) => pressed.push(event));
  await picture.send("svg", "keydown", { key: "ArrowUp" });
  await picture.send("svg", "keydown", { key: "PageUp" });
  expect(pressed.map(({ defaultPrevented }) => defaultPrevented)).toEqual([true, false]);
});
