import type { IncomingMessage, ServerResponse } from "node:http";
import { createChartView } from "./chart-view.ts";
import { DecisionRequest, takeDecision } from "./decision-request.ts";
import type { DocumentParser } from "./document-parser.ts";
import { createDocumentView } from "./document-view.ts";
import { openEventStream } from "./event-stream.ts";
import type { InspectHost, SessionPlace } from "./host.ts";
import { createLogLine, type LogLine } from "./log-line.ts";
import { sendJson } from "./reply.ts";
import { createSessionFeed, type SessionFeed } from "./session-feed.ts";
import { findLog, readSessionFile } from "./session-files.ts";
import type { SessionList } from "./session-list.ts";
import { maxPath, simulate } from "./simulation.ts";

/** What the answers are made of. */
export interface RouteParts {
  readonly host: InspectHost;
  readonly list: SessionList;
  readonly parser: DocumentParser;
  readonly readOnly: boolean;
}

/** Answers one kind of question that the page asks. */
export type Ask = (
  query: URLSearchParams,
  response: ServerResponse,
  request: IncomingMessage,
) => Promise<void> | void;

/** How many pages may be told what happens, at the same time. */
const maxStreams = 64;
/** How many lines of an old log are shown, the last ones. */
const maxLogLines = 2000;
/** How much of an old log is read, in bytes. */
const maxLogBytes = 64 * 1024 * 1024;

/** What the page may ask for, by path. None of it changes anything. */
export function createAsks(parts: RouteParts): ReadonlyMap<string, Ask> {
  const { host, list, parser, readOnly } = parts;
  const feeds = new Map<string, SessionFeed>();
  let streams = 0;

  const feedOf = (place: SessionPlace): SessionFeed => {
    const feed = feeds.get(place.folder) ?? createSessionFeed(host, place);
    feeds.set(place.folder, feed);
    return feed;
  };

  const stream: Ask = async (query, response, request) => {
    if (streams >= maxStreams) {
      sendJson(response, 503, {
        message: `too many open pages (at most ${maxStreams}): close one`,
      });
      return;
    }
    const name = query.get("session") ?? undefined;
    const place = name === undefined ? undefined : await findPlace(host, name);
    const { send, onEnd } = openEventStream(response);
    streams++;
    send("hello", { readOnly });
    const tell: Parameters<SessionFeed["subscribe"]>[0] = (message) => {
      const isStep = message.type === "steps";
      const id = isStep ? `${message.file}.${message.from + message.steps.length}` : undefined;
      send(message.type, message, id);
    };
    let isOver = false;
    let leave: (() => void) | undefined;
    const join = (found: SessionPlace): void => {
      const known = parseKnown(request.headers["last-event-id"] ?? query.get("known"));
      leave = feedOf(found).subscribe(tell, known);
    };
    // A session that is looked for may be made later.
    const lookAgain = async (): Promise<void> => {
      if (name === undefined || leave !== undefined) return;
      const found = await findPlace(host, name);
      if (found !== undefined && leave === undefined && !isOver) join(found);
    };
    if (place !== undefined) join(place);
    else if (name !== undefined) send("gone", { message: `there is no session \`${name}\`` });
    const leaveList = list.subscribe((rows) => {
      send("list", rows);
      // The list tells itself what is wrong with the folder of the sessions.
      lookAgain().catch(() => undefined);
    });
    onEnd(() => {
      isOver = true;
      streams--;
      leaveList();
      leave?.();
    });
  };

  const document: Ask = async (query, response) => {
    const place = await findPlace(host, query.get("session") ?? "");
    const content = place && readSessionFile(place.folder, query.get("name") ?? "");
    if (content === undefined) sendJson(response, 404, { message: "there is no such file" });
    else sendJson(response, 200, await createDocumentView(content, parser));
  };

  const log: Ask = async (query, response) => {
    const place = await findPlace(host, query.get("session") ?? "");
    const path = place && findLog(place.folder, query.get("log") ?? "");
    if (path === undefined) sendJson(response, 404, { message: "there is no such log" });
    else sendJson(response, 200, { lines: readLog(host, path) });
  };

  const chart: Ask = (_query, response) => sendJson(response, 200, createChartView(host.limits));

  return new Map([
    ["/api/stream", stream],
    ["/api/document", document],
    ["/api/log", log],
    ["/api/chart", chart],
    ["/api/simulation", simulation],
  ]);
}

const simulation: Ask = (query, response) => {
  const path = (query.get("path") ?? "").split(",").filter((id) => id !== "");
  const found = simulate(path, query.get("verifies") === "yes");
  if (found !== undefined) sendJson(response, 200, found);
  else sendJson(response, 400, { message: `expected at most ${maxPath} known events` });
};

/** Takes what a person has decided on the page. */
export async function answerDecision(
  host: InspectHost,
  body: unknown,
  response: ServerResponse,
): Promise<void> {
  const { data, error } = DecisionRequest.safeParse(body);
  if (data === undefined) {
    const [issue] = error.issues;
    const message = `cannot take the decision: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
    sendJson(response, 400, { message });
    return;
  }
  const place = await findPlace(host, data.session);
  if (place === undefined) {
    sendJson(response, 404, { message: `there is no session \`${data.session}\`` });
    return;
  }
  const reply = await takeDecision(host, place, data.decision);
  sendJson(response, reply.taken ? 200 : 409, reply);
}

/** Sessions are found by their name in the list alone: no path is made of what a request says. */
async function findPlace(host: InspectHost, name: string): Promise<SessionPlace | undefined> {
  return (await host.list()).find((place) => place.name === name);
}

function parseKnown(id: string | string[] | null) {
  const [, file, steps] = /^(\d+)\.(\d+)$/.exec(String(id)) ?? [];
  return file === undefined ? undefined : { file: Number(file), steps: Number(steps) };
}

function readLog(host: InspectHost, path: string): readonly LogLine[] {
  let lines: LogLine[] = [];
  const reader = host.openLog(path, (event) => {
    const line = createLogLine(event);
    if (line !== undefined) lines.push(line);
    if (lines.length > 2 * maxLogLines) lines = lines.slice(-maxLogLines);
  });
  try {
    for (let bytes = 0; bytes < maxLogBytes;) {
      const read = reader.read();
      if (read === 0) break;
      bytes += read;
    }
  } finally {
    reader.close();
  }
  return lines.slice(-maxLogLines);
}
