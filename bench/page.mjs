// How fast the page of `inspect` is on a session with 10 000 events: pnpm bench page
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createTempProject } from "@samocode/testkit";
import { chromium } from "playwright-core";
import { median } from "./figures.mjs";
import { binary } from "./session.mjs";

const events = 10_000;
const rounds = 20;
const browserPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const phases = ["planning", "implementation", "testing", "quality"];

/** The page in a real browser: until it is drawn, while the slider moves, and after a change on disk. */
export async function measurePage() {
  if (!existsSync(browserPath)) {
    console.log(`no browser at ${browserPath}: apt-get install chromium, or set CHROMIUM_PATH`);
    return [];
  }
  const project = await createTempProject({ prefix: "samocode-bench-" });
  const folder = writeSession(project.sessions);
  const served = spawn(process.execPath, [binary, "inspect", "long", "--no-open"], {
    cwd: project.root,
    env: project.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    const [link] = await new Promise((resolve) =>
      served.stdout.once("data", (bytes) => resolve(String(bytes).split("\n"))),
    );
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(link);
    await page.waitForURL(/#\/session/);
    const url = `${new URL(link).origin}/#/session/long`;
    const loads = [];
    for (let round = 0; round < 5; round++) {
      loads.push(await measureLoad(page, url));
    }
    const frames = await measureSlider(page);
    const changes = [];
    for (let round = 0; round < rounds; round++) {
      changes.push(await measureChange(page, folder, round));
    }
    const bytes = ["page.js", "page.css", "index.html"].reduce(
      (sum, name) =>
        sum +
        gzipSync(readFileSync(new URL(`../packages/inspect/dist/page/${name}`, import.meta.url)))
          .length,
      0,
    );
    return [
      {
        what: `page with ${events} events: first paint`,
        ours: formatMs(loads.map(({ paint }) => paint)),
        target: "< 1 s",
      },
      {
        what: "the same: chart, state and heat of the session",
        ours: formatMs(loads.map(({ chart }) => chart)),
        target: "< 1 s",
      },
      {
        what: "the same: all events on the slider",
        ours: formatMs(loads.map(({ whole }) => whole)),
        target: "",
      },
      { what: "slider: one frame, median", ours: formatMs(frames), target: "<= 17 ms" },
      {
        what: "slider: one frame, 95 of 100",
        ours: formatMs([frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0]),
        target: "<= 34 ms",
      },
      { what: "from a change on disk to the page", ours: formatMs(changes), target: "< 300 ms" },
      {
        what: "the same, 95 of 100",
        ours: formatMs([changes.toSorted((a, b) => a - b)[Math.floor(changes.length * 0.95)] ?? 0]),
        target: "< 300 ms",
      },
      { what: "page, gzipped", ours: `${(bytes / 1000).toFixed(0)} kB`, target: "< 250 kB" },
    ];
  } finally {
    await browser.close();
    served.kill("SIGINT");
    await project.dispose();
  }
}

/**
 * From the start of the navigation, in ms.
 * @param {import("playwright-core").Page} page @param {string} url
 */
async function measureLoad(page, url) {
  await page.goto("about:blank");
  await page.addInitScript(`
    window.seen = {};
    new MutationObserver(() => {
      const chart = document.querySelector("svg.samocode-chart");
      if (chart?.dataset.current) window.seen.chart ??= performance.now();
      if (document.querySelector("input[type=range]")?.max >= ${events}) window.seen.whole ??= performance.now();
    }).observe(document, { childList: true, subtree: true, attributes: true });
  `);
  await page.goto(url);
  while (!(await page.evaluate("window.seen.whole !== undefined"))) await page.waitForTimeout(20);
  /** @type {{ paint: number, chart: number, whole: number }} */
  const seen = JSON.parse(
    String(
      await page.evaluate(
        `JSON.stringify({ paint: performance.getEntriesByName("first-contentful-paint")[0].startTime, ...window.seen })`,
      ),
    ),
  );
  return seen;
}

/**
 * How long the browser takes for each frame while the slider is drawn from end to end, in ms.
 * @param {import("playwright-core").Page} page @returns {Promise<number[]>}
 */
function measureSlider(page) {
  return page.evaluate(`(async () => {
    const slider = document.querySelector("input[type=range]");
    const frame = () => new Promise(requestAnimationFrame);
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    const times = [];
    let last = await frame();
    for (let step = 0; step < 240; step++) {
      set.call(slider, String(Math.floor((${events} * (step % 120)) / 120)));
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    document.querySelector(".replay .live").click();
    return times.slice(5);
  })()`);
}

/**
 * From the append to the history to the state in the page, in ms.
 * @param {import("playwright-core").Page} page @param {string} folder @param {number} round
 */
async function measureChange(page, folder, round) {
  const phase = phases[(round + 1) % phases.length] ?? "";
  await page.evaluate(`{
    window.changedAt = undefined;
    const chart = document.querySelector("svg.samocode-chart");
    const observer = new MutationObserver(() => {
      if (chart.dataset.current !== "working.${phase}") return;
      observer.disconnect();
      window.changedAt = Date.now();
    });
    observer.observe(chart, { attributes: true });
  }`);
  // A change comes at any time between two looks.
  await page.waitForTimeout(37 * round);
  const overview = join(folder, "_overview.md");
  const text = readFileSync(overview, "utf8").replace(/Phase: .*/, `Phase: ${phase}`);
  const begun = Date.now();
  appendFileSync(
    join(folder, "_signal_history.jsonl"),
    formatRecord(events + round + 1, phases[round % 4] ?? "", phase),
  );
  writeFileSync(overview, text);
  for (;;) {
    const changedAt = await page.evaluate("window.changedAt");
    if (typeof changedAt === "number") return changedAt - begun;
    await page.waitForTimeout(20);
  }
}

/** @param {string} sessions */
function writeSession(sessions) {
  const folder = join(sessions, "26-01-15-long");
  mkdirSync(join(folder, "_logs"), { recursive: true });
  writeFileSync(
    join(folder, "_overview.md"),
    "# Session: long\nStarted: 01-15 14:30\nWorking Dir: /tmp\n\n## Task\nMeasure.\n\n## Status\nPhase: quality\nIteration: 1\nBlocked: no\n\n## Flow Log\n",
  );
  const records = Array.from({ length: events }, (_, index) =>
    formatRecord(index + 1, phases[index % 4] ?? "", phases[(index + 1) % 4] ?? ""),
  );
  writeFileSync(join(folder, "_signal_history.jsonl"), records.join(""));
  return folder;
}

/** @param {number} seq @param {string} from @param {string} to */
function formatRecord(seq, from, to) {
  const counts = {
    investigation: 1,
    planning: 2,
    implementation: 30,
    testing: 4,
    quality: 5,
    done: 0,
  };
  return `${JSON.stringify({
    timestamp: new Date(Date.UTC(2026, 0, 15) + seq * 60_000).toISOString(),
    iteration: seq,
    phase: from,
    status: "continue",
    seq,
    event: "signal.continue",
    from: `working.${from}`,
    to: `working.${to}`,
    durationMs: 50_000,
    costUsd: 0.02,
    turns: 12,
    tokens: 40_000,
    claudeSessionId: "0b9f6f0e-5c1c-4b39-9d5e-1f6f6d6b9a11",
    log: `_logs/01-15-1430-${seq}-${from}.jsonl`,
    commits: ["abc1234 A commit of this iteration"],
    memory: {
      phase: to,
      iteration: seq,
      counts,
      rework: 1,
      failures: 0,
      costUsd: seq * 0.02,
      notes: [],
    },
  })}\n`;
}

/** @param {number[]} values */
function formatMs(values) {
  return `${Math.round(median(values))} ms`;
}
