import { h } from "preact";
import { expect, it } from "vitest";
import { MachinePage } from "../../page/machine-page.tsx";
import { createChartView } from "../../src/chart-view.ts";
import { simulate } from "../../src/simulation.ts";
import { openPageDom, Refused, stubServer } from "../support/page-dom.ts";

const view = createChartView({ maxRetries: 3 });

async function openMachine(path: readonly string[] = [], verifies = false) {
  const dom = openPageDom();
  const server = { answer: undefined as unknown };
  const asked = stubServer((url) => {
    if (server.answer !== undefined) return server.answer;
    const query = new URLSearchParams(url.split("?")[1]);
    const ids = (query.get("path") ?? "").split(",").filter((id) => id !== "");
    return simulate(ids, query.get("verifies") === "yes") ?? new Refused(400, { message: "no" });
  });
  const show = async (path: readonly string[], verifies = false): Promise<void> => {
    dom.show(h(MachinePage, { route: { page: "machine", path, verifies }, view }));
    await dom.settle();
  };
  await show(path, verifies);
  return { ...dom, show, asked, server };
}
const planning = "signal.continue planning";

it("begins where a session begins, with nothing to take back", async () => {
  const machine = await openMachine();
  expect(machine.text("h2")).toBe("working.investigation");
  expect(machine.texts(".walk li")).toEqual(["working.investigation"]);
  expect(machine.buttons().slice(-2)).toEqual(["(undo the last)", "(start over)"]);
  expect(machine.has(".card > .reason")).toBe(false);
  expect(machine.find("svg").getAttribute("data-current")).toBe("working.investigation");
});

it("lets happen what is picked, in the list or on the chart", async () => {
  const machine = await openMachine();
  const ids = simulate([], false)?.choices.map(({ id }) => id) ?? [];
  const id = ids.find((each) => each.startsWith("signal.continue") && each.includes("planning"));
  expect(id).toBeDefined();
  await machine.send('[data-state="working.planning"]', "click");
  const gone = location.hash;
  expect(gone).toBe(`#/machine/plain/${encodeURIComponent(id ?? "")}`);
  await machine.send('[data-state="finished"]', "click");
  expect(location.hash).toBe(gone);
  await machine.click(".choice-row button");
  expect(location.hash).not.toBe(gone);
});

it("lists what has happened, and takes it back", async () => {
  const choices = simulate([], false)?.choices ?? [];
  const id =
    choices.find(({ to, refusal }) => to === "working.planning" && refusal === undefined)?.id ??
    planning;
  const stop = "stop";
  const machine = await openMachine([id, stop]);
  const states = simulate([id, stop], false)?.states ?? [];
  expect(machine.texts(".walk li")).toEqual([
    "working.investigation",
    `${id.replaceAll("_", " ")} → ${states[1] ?? ""}`,
    `stop → ${states[2] ?? ""}`,
  ]);
  await machine.press("undo the last");
  expect(location.hash).toBe(`#/machine/plain/${encodeURIComponent(id)}`);
  await machine.press("start over");
  expect(location.hash).toBe("#/machine/plain/");
});

it("tries it with a test command, or without", async () => {
  const machine = await openMachine(["stop"]);
  await machine.send("input", "change");
  expect(location.hash).toBe("#/machine/tests/stop");
  await machine.show(["stop"], true);
  expect(machine.asked.at(-1)?.[0]).toBe("/api/simulation?path=stop&verifies=yes");
  expect((machine.find("input") as HTMLInputElement).checked).toBe(true);
  await machine.show(["stop"], true);
  expect(machine.asked).toHaveLength(2);
  await machine.press("start over");
  expect(location.hash).toBe("#/machine/tests/");
});

it("says what is wrong with a path, and leads back to the start", async () => {
  const machine = await openMachine(["nonsense"]);
  expect(machine.text(".nothing")).toBe("no Start over");
  expect(machine.find(".nothing a").getAttribute("href")).toBe("#/machine/plain/");
  await machine.show([]);
  expect(machine.text("h2")).toBe("working.investigation");
  machine.server.answer = new Error("gone");
  await machine.show(["stop"]);
  expect(machine.text(".nothing")).toBe("The server cannot be reached. Start over");
});

it("says what keeps the machine, in words", async () => {
  const simulation = simulate([], false);
  const machine = await openMachine();
  machine.server.answer = { ...simulation, hold: "2 tests fail" };
  await machine.show(["stop"]);
  expect(machine.text(".card > .reason")).toBe("2 tests fail");
});

it("shows nothing of a path that was left before the answer came", async () => {
  const machine = await openMachine();
  const answers: ((value: unknown) => void)[] = [];
  machine.server.answer = new Promise((resolve) => void answers.push(resolve));
  await machine.show(["stop"]);
  machine.server.answer = undefined;
  await machine.show([]);
  answers[0]?.({ ...simulate([], false), state: "blocked" });
  await machine.settle();
  expect(machine.text("h2")).toBe("working.investigation");
});
