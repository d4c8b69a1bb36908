import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { sessionMachine, formatState } from "@samocode/core";
import { formatOverview, openQuestions } from "@samocode/core/overview";
import { formatRecord, openStore, readEntry, type HistoryRecord } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { initialTransition } from "xstate";
import {
  createInspectServer,
  type DecisionOutcome,
  type InspectHost,
  type InspectOptions,
  type SessionPlace,
  type SessionReport,
} from "../../src/index.ts";

/** What a test asks the server. */
export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

/** What the server answers. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A served page over a folder of sessions, and what was decided on it. */
export interface PageBench extends AsyncDisposable {
  readonly port: number;
  readonly root: string;
  /** The session folder `26-01-15-login`. */
  readonly folder: string;
  /** The link that is good now. */
  readonly link: () => string;
  readonly newLinks: readonly string[];
  /** What was handed in to the host. */
  readonly decided: readonly unknown[];
  /** What the host answers to a decision. */
  outcome: DecisionOutcome;
  /** Asks just what a test says, with no header of its own but `Host`. */
  readonly ask: (question: Question) => Promise<Answer>;
  /** Goes in by the link; gives the cookie. */
  readonly enter: () => Promise<string>;
}

/** Serves a page over one session. */
export async function createPageBench(
  options: Partial<InspectOptions> & {
    readonly records?: readonly HistoryRecord[];
    readonly openLog?: InspectHost["openLog"];
    /** Called before the sessions are listed. */
    readonly beforeList?: () => Promise<void>;
    /** Called before a session is read. */
    readonly beforeReport?: () => void;
  } = {},
): Promise<PageBench> {
  const temp = await createTempFolder("samocode-inspect-");
  const folder = join(temp.path, "26-01-15-login");
  mkdirSync(join(folder, "_logs"), { recursive: true });
  const overview = { name: "login", started: "01-15 14:30", workingDir: "/w", task: "Add login." };
  writeFileSync(join(folder, "_overview.md"), formatOverview(overview));
  const { records = [], openLog = openNothing, beforeList, beforeReport, ...rest } = options;
  writeFileSync(join(folder, "_signal_history.jsonl"), records.map(formatRecord).join(""));
  const newLinks: string[] = [];
  const decided: unknown[] = [];
  const bench = { outcome: { taken: true, state: "paused" } as DecisionOutcome };
  const hand = async (_place: SessionPlace, ...what: readonly unknown[]) => {
    decided.push(what.length === 1 ? what[0] : what);
    return bench.outcome;
  };
  const host: InspectHost = {
    list: async () => {
      await beforeList?.();
      return readdirSync(temp.path)
        .filter((name) => name.startsWith("26-"))
        .map((name) => ({ name: name.slice(9), folder: join(temp.path, name) }));
    },
    report: ({ folder: of }) => {
      beforeReport?.();
      return reportOf(of);
    },
    limits: { maxRetries: 3 },
    decide: hand,
    answer: hand,
    stop: hand,
    openLog,
  };
  const server = await createInspectServer({
    host,
    onNewLink: (link) => newLinks.push(link),
    ...rest,
  });
  const { port, link } = server;
  const ask = ({ method = "GET", path, headers = {}, body }: Question) =>
    sendRequest(port, { method, path, headers: { Host: `127.0.0.1:${port}`, ...headers } }, body);
  return Object.assign(bench, {
    port,
    root: temp.path,
    folder,
    link,
    newLinks,
    decided,
    ask,
    enter: async () => {
      const { headers } = await ask({ path: new URL(link()).search.replace(/^/, "/") });
      return String(headers["set-cookie"]).split(";", 1).join();
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await temp.dispose();
    },
  });
}

const openNothing: InspectHost["openLog"] = () => ({ read: () => 0, close: () => undefined });

/** Where a session is, read as a runner reads it. */
function reportOf(folder: string): SessionReport {
  const store = openStore(folder);
  const tail = store.readHistoryTail();
  const questions = openQuestions(store.readQuestions() ?? "");
  const { status } = store.readOverview();
  const entry = readEntry(status, tail, { openQuestions: questions.length });
  const [entered] = initialTransition(sessionMachine, { ...entry, settings: { maxIterations: 0 } });
  const { phase, iteration, costUsd, hold } = entered.context;
  return {
    phase,
    state: tail.state?.to ?? formatState(entered.value),
    questions,
    iteration,
    costUsd,
    ...(hold?.kind === "waiting" && { waitingFor: hold.for }),
    ...(hold?.kind === "blocked" && { reason: hold.reason, needs: hold.needs }),
    ...(tail.last?.timestamp !== undefined && { since: tail.last.timestamp }),
  };
}

/** The headers of a browser that is in, as its page sends them. */
export async function asPage({
  enter,
  port,
}: PageBench): Promise<Readonly<Record<string, string>>> {
  return {
    Cookie: await enter(),
    Origin: `http://127.0.0.1:${port}`,
    "Sec-Fetch-Site": "same-origin",
  };
}

/** A decision as the page sends it. */
export function decision(
  value: unknown,
  headers: Question["headers"] = {},
  session = "login",
): Question {
  return {
    method: "POST",
    path: "/api/decision",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ session, decision: value }),
  };
}

function sendRequest(
  port: number,
  options: Required<Pick<Question, "method" | "path" | "headers">>,
  body: string | undefined,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, ...options, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
