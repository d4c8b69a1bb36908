import { h } from "preact";
import { expect, it, vi } from "vitest";
import { formatTime } from "../../page/figures.ts";
import type { ShownSession, TimedStep } from "../../page/page-state.ts";
import { SessionPage, type SessionPageProps } from "../../page/session-page.tsx";
import { createChartView } from "../../src/chart-view.ts";
import type { SessionView } from "../../src/session-feed.ts";
import { openPageDom, stubServer } from "../support/page-dom.ts";

const now = Date.UTC(2026, 0, 15, 12);
const seen: SessionView = {
  name: "login",
  folder: "/s/login",
  phase: "planning",
  state: "paused",
  questions: [],
  iteration: 3,
  costUsd: 1.5,
};
const ended = (iteration: number, from: string, to: string): TimedStep => ({
  event: "signal.continue",
  from,
  to,
  iteration,
  time: now - 60_000,
  durationMs: 30_000,
  log: `_logs/${iteration}.jsonl`,
});
const steps = [
  ended(1, "working.investigation", "working.planning"),
  ended(2, "working.planning", "paused"),
];
const chart = createChartView({ maxRetries: 3 });

const say = (text: string) => ({ kind: "say", text, isSubagent: false });

const tool = (target: string) =>
  ({ kind: "tool", id: "1", tool: "Read", target, isSubagent: false }) as const;

async function openPage(session: Partial<ShownSession> = {}, view: Partial<SessionView> = {}) {
  const dom = openPageDom();
  const asked = stubServer((url) =>
    url.startsWith("/api/log") ? { lines: [say(url)] } : { name: "x", text: url, isCut: false },
  );
  const show = async (
    shown: Partial<ShownSession> = {},
    now_: Partial<SessionView> = {},
    props: Partial<SessionPageProps> = {},
  ): Promise<void> => {
    const known = {
      view: { ...seen, ...view, ...now_ },
      steps,
      isWhole: true,
      files: [],
      lines: [],
    };
    dom.show(
      h(SessionPage, {
        name: "login",
        session: { ...known, ...session, ...shown },
        view: chart,
        readOnly: false,
        isOffline: false,
        now,
        ...props,
      }),
    );
    await dom.settle();
  };
  await show();
  return { ...dom, show, asked };
}

it("says at the top where a session is, for how long, what it costs, and what its task is", async () => {
  const task = "Add login.\nWith JWT.";
  const page = await openPage({}, { task, since: new Date(now - 61_000).toISOString() });
  const since = formatTime(now - 61_000, now).replaceAll(/\s+/g, " ");
  expect(page.text("h1")).toBe("login");
  expect(page.text(".headline")).toBe(`is ready to continue since ${since}, for 1 min 01`);
  expect(page.text(".task")).toBe("Add login. With JWT.");
  expect(page.find(".task").title).toBe(task);
  expect(page.texts(".key-figures > *")).toEqual([
    "phaseplanning",
    "iterations3",
    "cost$1.50",
    "agent time1 min 00",
  ]);
  expect(page.find(".mood").className).toBe("mood rests");
  expect(page.text(".iterations h2")).toBe("2 iterations");
  await page.show(
    {},
    { state: "working.planning", run: { pid: 1, host: "h" }, stopRequested: true },
  );
  expect(page.text(".headline")).toContain("works: planning, then stops");
  expect(page.find(".mood").className).toBe("mood works running");
});

it("says neither a time nor a task that it does not know", async () => {
  const page = await openPage({}, { since: "soon" });
  expect(page.text(".headline")).toBe("is ready to continue");
  expect(page.has(".task")).toBe(false);
});

it("says what a session has made that is done, with its commands", async () => {
  const outcome = ["branch login: no change against main", "Then: git merge login"];
  const page = await openPage({}, { state: "finished", phase: "done", outcome });
  expect(page.texts(".now li")).toEqual([
    "branch login: no change against main",
    "Then: git merge logincopy",
  ]);
});

it("shows one step on the page of a session of one step", async () => {
  const page = await openPage({ steps: steps.slice(0, 1) });
  expect(page.text(".iterations h2")).toBe("1 iteration");
  expect(page.text(".replay-step > *")).toBe("1 / 1");
  expect(page.texts(".timeline > li")).toHaveLength(1);
});

it("shows a history once it is whole", async () => {
  const page = await openPage({ isWhole: false });
  expect(page.text(".iterations h2")).toBe("0 iterations");
  await page.show({ isWhole: true });
  expect(page.text(".iterations h2")).toBe("2 iterations");
});

it("shows nothing before something is known, and why when nothing is known any more", async () => {
  const dom = openPageDom();
  stubServer(() => ({}));
  const session: ShownSession = { steps: [], isWhole: false, files: [], lines: [] };
  const props = { name: "login", view: chart, readOnly: false, isOffline: false, now };
  dom.show(h(SessionPage, { ...props, session }));
  expect(dom.find("main").getAttribute("aria-busy")).toBe("true");
  expect(dom.text()).toBe("");
  dom.show(h(SessionPage, { ...props, session: { ...session, gone: "it is gone" } }));
  expect(dom.texts("main > *")).toEqual(["login", "it is gone"]);
});

it("reads the newest stream while no agent works, and any other that is asked for", async () => {
  const page = await openPage();
  expect(page.text(".stream h2")).toBe("The agent of iteration 2, planning");
  expect(page.texts(".log p")).toEqual(["/api/log?session=login&log=_logs%2F2.jsonl"]);
  await page.click(".timeline li:last-child .quiet");
  expect(page.text(".stream h2")).toBe("The agent of iteration 1, investigation");
  expect(page.find(".timeline li:last-child").className).toBe("read");
  expect(page.has(".stream h2 button")).toBe(false);
});

it("reads along with the agent that works, and comes back to it", async () => {
  const lines = [{ kind: "say", text: "I work.", isSubagent: false } as const];
  const page = await openPage({ log: "_logs/3.jsonl", lines });
  expect(page.text(".stream h2")).toBe("The agent");
  expect(page.texts(".log p")).toEqual(["I work."]);
  expect(page.text(".timeline li")).toBe("#3planningruns, 1 min 00");
  await page.click(".timeline li:last-child .quiet");
  expect(page.text(".stream h2")).toBe("The agent of iteration 1, investigationback to now");
  await page.press("back to now");
  expect(page.texts(".log p")).toEqual(["I work."]);
  await page.show({ lines: [] });
  expect(page.texts(".log p")).toEqual(["No output yet."]);
});

it("says that no agent works, and shows an empty stream for one that cannot be read", async () => {
  const page = await openPage({ steps: [] });
  expect(page.texts(".log p")).toEqual(["No agent is working."]);
  expect(page.asked.some(([url]) => url.startsWith("/api/log"))).toBe(false);
  stubServer((url) =>
    url.startsWith("/api/log") ? new Error("broken") : { text: "", isCut: false },
  );
  await page.show({ steps });
  expect(page.texts(".log p")).toEqual(["No agent is working."]);
  expect(page.text(".stream h2")).toBe("The agent of iteration 2, planning");
});

it("names a stream by its file if no iteration has it", async () => {
  const page = await openPage();
  await page.show({ isWhole: false });
  expect(page.text(".stream h2")).toBe("The agent of 2.jsonl");
});

it("names files in the stream without the folders of the session", async () => {
  const lines = [tool("/s/login/_qa.md"), tool("/w/login/a.ts")];
  const page = await openPage({ log: "_logs/3.jsonl", lines }, { workingDir: "/w/login" });
  expect(page.texts(".log code")).toEqual(["_qa.md", "a.ts"]);
});

it("shows the chart as it was after an iteration, and marks that one", async () => {
  const page = await openPage();
  expect(page.text(".chart-head h2")).toBe("paused");
  expect(page.has("li[aria-current=step]")).toBe(false);
  await page.press("#1");
  expect(page.text(".chart-head h2")).toBe("working.planningas it was");
  expect(page.text("li[aria-current=step] .number")).toBe("#1");
  await page.press("live");
  expect(page.text(".chart-head h2")).toBe("paused");
  expect(page.has("li[aria-current=step]")).toBe(false);
});

it("shows every edge in the place of the outline, and the whole width is the chart's", async () => {
  const page = await openPage();
  expect(page.find("main").className).toBe("session");
  const few = page.texts(".state").length;
  await page.press("every edge");
  expect(page.find("main").className).toBe("session whole");
  expect(page.texts(".state").length).toBeGreaterThanOrEqual(few);
  await page.press("the outline");
  expect(page.find("main").className).toBe("session");
});

it("shows a file that a plan leads to, and goes there", async () => {
  const nodes = [{ file: "notes.md", children: ["notes"] }];
  const files = [
    { name: "notes.md", bytes: 1, changedAt: 1 },
    { name: "p.md", bytes: 1, changedAt: 1 },
  ];
  const plan = { file: "p.md", hash: "1", others: [] };
  const page = await openPage({ files }, { state: "waiting.approval", plan });
  stubServer((url) =>
    url.includes("name=p.md")
      ? { name: "p.md", nodes, isCut: false }
      : { name: "x", text: url, isCut: false },
  );
  await page.show(
    { files: files.map((file) => ({ ...file, changedAt: 2 })) },
    { plan: { ...plan, hash: "2" } },
  );
  await page.press("Show the new plan");
  await page.settle();
  const scrolled = vi.fn<() => void>();
  page.find("#documents").scrollIntoView = scrolled;
  await page.click(".gate .reader button");
  await page.settle();
  expect(scrolled).toHaveBeenCalledOnce();
  expect(page.text(".documents .reader")).toContain("name=notes.md");
});

it("takes no decision while the server cannot be reached, and none at all on a page that only shows", async () => {
  const page = await openPage({}, { state: "blocked" });
  expect(page.text(".now")).toContain("Resume");
  await page.show({}, {}, { isOffline: true });
  expect(page.find(".now button").matches(":disabled")).toBe(true);
  await page.show({}, {}, { readOnly: true });
  expect(page.has(".now button")).toBe(false);
});
