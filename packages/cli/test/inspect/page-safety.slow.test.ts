import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Hold } from "@samocode/core";
import { formatRecord, type HistoryRecord } from "@samocode/core/store";
import { expect, it } from "vitest";
import { createBench, type Bench } from "../support/runner-cli.ts";
import { browserPath, noBrowser, openBrowser } from "./support/browser.ts";
import { servePage } from "./support/served-page.ts";

const patience = { timeout: 60_000 };

/** What would tell of itself if the browser took it for more than words. */
const attacks = [
  '<script>window.attacked="script"</script>',
  '<img src=x onerror="window.attacked=1">',
  '<svg/onload="window.attacked=2">',
  '<iframe srcdoc="<script>parent.attacked=3</script>"></iframe>',
  '<a href="javascript:window.attacked=4">click</a>',
  "[click](javascript:window.attacked=5)",
  "![x](https://attacker.example/pixel.png)",
  '<meta http-equiv="refresh" content="0;url=https://attacker.example">',
  '"><script>window.attacked=6</script>',
  "<style>*{background:url(https://attacker.example)}</style>",
  '<form action="https://attacker.example"><input name=x></form>',
  "{{constructor.constructor('window.attacked=7')()}}",
].join(" ");

const memory = {
  phase: "planning",
  iteration: 3,
  counts: { investigation: 1, planning: 2, implementation: 0, testing: 0, quality: 0, done: 0 },
  rework: 0,
  failures: 0,
  costUsd: 0.5,
  notes: [{ about: attacks, text: attacks }],
} as const;

/** Where the newest record of a session says that it is. */
interface Place {
  readonly state: string;
  readonly hold?: Hold;
  /** @default planning */
  readonly phase?: string;
}

/**
 * A session each of whose fields that an agent can write holds all attacks, but for the words of its newest record that
 * decide where it is: with unknown ones there it is unreadable.
 */
function attack(
  bench: Bench,
  name: string,
  status: string,
  { state, hold, phase = "planning" }: Place,
): void {
  const folder = join(bench.project.sessions, `26-01-15-${name}`);
  mkdirSync(join(folder, "_logs"), { recursive: true });
  mkdirSync(join(folder, "_late"));
  const file = (path: string, text: string): void => writeFileSync(join(folder, path), text);
  file(
    "_overview.md",
    `# Session: ${attacks}\nStarted: ${attacks}\nWorking Dir: ${attacks}\n\n## Task\n${attacks}\n\n## Status\n${status}\nLast Action: ${attacks}\nNext: ${attacks}\n\n## Flow Log\n- [001 @ 01-15 14:30] ${attacks}\n`,
  );
  file(
    "_qa.md",
    `### Q1: ${attacks}\nA) ${attacks}\nB) ${attacks}\n**Suggestion:** A - ${attacks}\n**Answer:** _waiting_\n\n### Q2: ${attacks}\n**Suggestion:** ${attacks}\n**Answer:** _waiting_\n`,
  );
  file(
    "01-15-14:50-plan-x.md",
    `# ${attacks}\n\n- [ ] ${attacks}\n\n${attacks}\n\n| a |\n|---|\n| ${attacks} |\n\n\`\`\`html\n${attacks}\n\`\`\`\n`,
  );
  file('<img src=x onerror="window.attacked=8">.md', attacks);
  file("page.html", attacks);
  file(
    "page.svg",
    `<svg xmlns="http://www.w3.org/2000/svg"><script>window.attacked=9</script></svg>`,
  );
  file("_signal.json", JSON.stringify({ status: "blocked", reason: attacks }));
  file("_late/x-signal.json", attacks);
  const log = "_logs/01-15-1450-003-planning.jsonl";
  const lines = [
    { type: "system", subtype: "init", model: attacks, session_id: attacks },
    {
      type: "assistant",
      message: {
        id: attacks,
        content: [
          { type: "text", text: attacks },
          { type: "tool_use", id: attacks, name: attacks, input: { command: attacks } },
        ],
      },
    },
    { type: "system", subtype: "model_fallback", original_model: attacks, fallback_model: attacks },
    {
      type: "assistant",
      error: attacks,
      message: { id: "m", content: [{ type: "text", text: attacks }] },
    },
    { type: "rate_limit_event", rate_limit_info: { status: attacks, rateLimitType: attacks } },
    { type: "result", subtype: attacks, is_error: true, num_turns: 3, result: attacks },
  ];
  file(log, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const facts = {
    timestamp: "2026-01-15T14:50:00.000+00:00",
    phase: attacks,
    by: attacks,
    iteration: 3,
  };
  const words = {
    message: attacks,
    reason: attacks,
    summary: attacks,
    needs: attacks,
    note: attacks,
  };
  const records: readonly HistoryRecord[] = [
    { ...facts, seq: 1, event: attacks, from: attacks, to: attacks, ...words, memory },
    {
      ...facts,
      seq: 2,
      event: "signal.continue",
      from: "working.planning",
      to: "working.planning",
      durationMs: 5000,
      costUsd: 0.5,
      turns: 3,
      log,
      commits: [`abc1234 ${attacks}`],
      ...words,
      memory,
    },
    {
      ...facts,
      timestamp: attacks,
      seq: 3,
      phase,
      event: "signal.waiting",
      from: "working.planning",
      to: state,
      durationMs: 5,
      log,
      ...words,
      memory: { ...memory, notes: [], ...(hold && { hold }) },
    },
  ];
  appendFileSync(join(folder, "_signal_history.jsonl"), records.map(formatRecord).join(""));
}

it("runs nothing that an agent writes, and asks nobody but its own server, whatever field it stands in", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [] });
  attack(bench, "asks", "Phase: planning\nBlocked: waiting_human\nWaiting For: qa_answers", {
    state: "waiting.answers",
    hold: { kind: "waiting", for: "qa_answers" },
  });
  attack(bench, "gate", "Phase: planning\nBlocked: waiting_human\nWaiting For: plan_approval", {
    state: "waiting.approval",
    hold: { kind: "waiting", for: "plan_approval" },
  });
  attack(bench, "stuck", `Phase: planning\nBlocked: yes\nReason: ${attacks}\nNeeds: ${attacks}`, {
    state: "blocked",
    hold: { kind: "blocked", reason: attacks, needs: "human_decision" },
  });
  attack(bench, "broken", `Phase: ${attacks}\nBlocked: ${attacks}`, {
    state: attacks,
    phase: attacks,
  });
  await using served = await servePage(bench);
  await using browser = await openBrowser();
  const { page, problems, requests, picture } = browser;
  await page.addInitScript(
    'addEventListener("securitypolicyviolation", (event) => console.error(`refused ${event.violatedDirective}`))',
  );
  await page.goto(served.link);
  await expect.poll(() => page.locator(".sessions > li").count(), patience).toBe(4);
  const { origin } = new URL(served.link);

  const places = {
    asks: "Send 2 answers",
    gate: "Approve",
    stuck: "Resume",
    broken: "every edge",
  };
  for (const [name, button] of Object.entries(places)) {
    await page.goto(`${origin}/#/session/${name}`);
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.getByRole("button", { name: button, exact: true }).waitFor();
    await page.getByRole("log").getByText("window.attacked").first().waitFor();
    const files = page
      .getByRole("navigation", { name: "Files of the session" })
      .getByRole("button");
    await expect.poll(() => files.count()).toBeGreaterThan(7);
    for (const file of await files.all()) {
      await file.click();
      const label = await file.locator(".name").textContent();
      await page
        .getByRole("article", { name: label ?? "", exact: true })
        .last()
        .waitFor();
    }
    await page.locator('svg [data-state="working.planning"]').hover();
    await page.getByRole("group", { name: "What colors show" }).getByText("time").click();
    if (name !== "broken") await page.getByText("What may follow").click();
    const links = await page.evaluate<readonly string[]>(
      '[...document.querySelectorAll("a")].map((link) => link.protocol)',
    );
    expect(links.filter((protocol) => !/^(?:https?|mailto):$/.test(protocol))).toEqual([]);
    const elements = await page
      .locator("iframe, object, embed, form[action], img, script:not([src]), style, base")
      .count();
    expect(elements).toBe(0);
    await picture(`attacked-${name}`);
  }
  await page.goto(`${origin}/#/session/${encodeURIComponent(attacks)}`);
  await page.getByText("there is no session").waitFor();
  await page.goto(`${origin}/#/machine/plain/${encodeURIComponent(attacks)}`);
  await page.getByText("expected at most").waitFor();

  expect(await page.evaluate("window.attacked")).toBeUndefined();
  expect(requests.filter((url) => !url.startsWith(origin))).toEqual([]);
  // The last address names no event that the machine knows: the server says so.
  expect(problems.filter((problem) => !problem.includes("400 (Bad Request)"))).toEqual([]);
});

it("is of no use to another page: it cannot be framed, read or sent to from there", async (context) => {
  if (browserPath === undefined) return context.skip(noBrowser);
  await using bench = await createBench({ calls: [] });
  await using served = await servePage(bench);
  await using other = await servePage(bench);
  await using browser = await openBrowser();
  const { page } = browser;
  await page.goto(served.link);
  await page.getByText("There are no sessions yet.").waitFor();
  await page.goto(other.link);
  await page.getByText("There are no sessions yet.").waitFor();
  const target = new URL(served.link).origin;
  const here = new URL(other.link).origin;
  expect(here).not.toBe(target);
  // A page of another port of this machine, with no policy of its own in the way; the cookie would be sent along.
  await page.route(`${here}/evil`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><p>evil" }),
  );
  await page.goto(`${here}/evil`);
  const tried = await page.evaluate(`(async () => {
    const attempt = (init) => fetch("${target}/api/decision", { method: "POST", credentials: "include", body: JSON.stringify({ session: "x", decision: { type: "approve" } }), ...init }).then((r) => "answered " + r.status, () => "refused");
    const frame = document.createElement("iframe");
    frame.src = "${target}/";
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener("load", resolve));
    const framed = (() => { try { return frame.contentDocument === null ? "closed" : "open"; } catch { return "closed"; } })();
    return [
      await attempt({ headers: { "Content-Type": "application/json" } }),
      await attempt({ headers: { "Content-Type": "text/plain" } }),
      await attempt({ mode: "no-cors", headers: { "Content-Type": "text/plain" } }),
      await fetch("${target}/api/chart", { credentials: "include" }).then((r) => "answered " + r.status, () => "refused"),
      framed,
    ];
  })()`);
  expect(tried).toEqual(["refused", "refused", expect.any(String), "refused", "closed"]);
});
