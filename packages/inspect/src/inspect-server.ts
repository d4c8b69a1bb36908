import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createAccess } from "./access.ts";
import { createDocumentParser } from "./document-parser.ts";
import type { InspectHost } from "./host.ts";
import { readPageFiles } from "./page-files.ts";
import { sendBytes, sendJson } from "./reply.ts";
import { readBody } from "./request-body.ts";
import { checkOrigin, type Refusal } from "./request-check.ts";
import { answerDecision, createAsks } from "./routes.ts";
import { createSessionList } from "./session-list.ts";

export interface InspectOptions {
  readonly host: InspectHost;
  /** @default a free one */
  readonly port?: number;
  /** Refuse all decisions. @default false */
  readonly readOnly?: boolean;
  /** The session that is shown first. @default the list of all */
  readonly session?: string;
  /** Told a new link, if somebody came with one that was used before. */
  readonly onNewLink?: (link: string) => void;
  /** Told what goes wrong while nobody waits for an answer. */
  readonly onFault?: (message: string) => void;
}

/** A page that is served. */
export interface InspectServer {
  /** The link to the page; good for one use. */
  readonly link: () => string;
  readonly port: number;
  /** Serves no more, and lets go of everything. */
  readonly close: () => Promise<void>;
}

/** A page that cannot be served. */
export class InspectError extends Error {
  override readonly name = "InspectError";
  readonly code = "SAMOCODE_INSPECT_FAILED";
}

/**
 * Serves the page of a host on 127.0.0.1, to whoever comes by its link. Nobody else gets an answer: not another site
 * whose name leads here, not another page of this machine, not another user of it without the link.
 *
 * @throws {InspectError} When the port is taken, or may not be used.
 */
export async function createInspectServer(options: InspectOptions): Promise<InspectServer> {
  const { host, port: wanted = 0, readOnly = false, onNewLink, onFault } = options;
  const files = readPageFiles();
  const parser = createDocumentParser();
  const list = createSessionList(host, (message) => onFault?.(message));
  const asks = createAsks({ host, list, parser, readOnly });
  const start =
    options.session === undefined ? "/" : `/#/session/${encodeURIComponent(options.session)}`;

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: messageOf(error) });
    });
  });
  const port = await listen(server, wanted);
  const access = createAccess(port);
  const link = (): string => `http://127.0.0.1:${port}/?t=${access.ticket()}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const [path = "", search = ""] = url.split("?", 2);
    const hosts = request.headersDistinct["host"] ?? [];
    const refusal = checkOrigin({ method, path, headers, hosts }, port);
    if (refusal !== undefined) return refuse(response, refusal);
    const query = new URLSearchParams(search);
    const ticket = path === "/" && method === "GET" ? query.get("t") : null;
    const isAdmitted = access.admits(headers.cookie);
    if (ticket !== null && !isAdmitted) return admit(ticket, response);
    if (!isAdmitted) {
      if (path === "/") return sendPage(response, 401, noLink);
      return refuse(response, { status: 401, message: noLink });
    }
    if (ticket !== null) return sendPage(response, 200, "", start);
    if (method === "POST" && path === "/api/decision") return decide(request, response);
    const file = files.get(path);
    const ask = asks.get(path);
    if (file === undefined && ask === undefined && path !== "/api/decision") {
      return refuse(response, { status: 404, message: "not found" });
    }
    if (method !== "GET" || (file === undefined && ask === undefined)) {
      return refuse(response, { status: 405, message: `method not allowed: ${method}` });
    }
    if (file !== undefined) sendBytes(response, 200, file.type, file.bytes);
    else await ask?.(query, response, request);
  }

  async function decide(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (readOnly) {
      const message = "read-only: the page was started with --read-only";
      return refuse(response, { status: 403, message });
    }
    const body = await readBody(request);
    if ("refusal" in body) refuse(response, body.refusal);
    else await answerDecision(host, body.json, response);
  }

  function admit(ticket: string, response: ServerResponse): void {
    const redeemed = access.redeem(ticket);
    if (redeemed.type === "admitted") return sendPage(response, 200, "", start, redeemed.cookie);
    if (redeemed.type === "unknown") return sendPage(response, 401, wrongLink);
    onNewLink?.(link());
    sendPage(response, 401, usedLink);
  }

  return {
    link,
    port,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, parser.close()]);
    },
  };
}

const noLink =
  "This page opens only with its link. Find it in the terminal running `samocode-run inspect`, or restart that command.";
const wrongLink = `This link is not valid. ${noLink}`;
const usedLink =
  "This link was already used, and each works once. A new one was just printed in the terminal running `samocode-run inspect`.";

/** What is said to who stays outside, or who is sent on to the page: plain, for the style sheet is inside. */
function sendPage(
  response: ServerResponse,
  status: number,
  text: string,
  next?: string,
  cookie?: string,
): void {
  // Not a redirect: where the link was opened from another page, the cookie would not be sent along with that.
  const body =
    next === undefined
      ? `<p>${text}</p>`
      : `<link rel="icon" href="/icon.svg"><meta http-equiv="refresh" content="0;url=${next}"><p><a href="${next}">Continue to the page</a></p>`;
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>samocode</title>${body}</html>\n`;
  const headers = cookie === undefined ? {} : { "Set-Cookie": cookie };
  sendBytes(response, status, "text/html; charset=utf-8", html, headers);
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  // What was not read of a body is not waited for.
  sendJson(response, status, { message }, { Connection: "close" });
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === "EADDRINUSE"
          ? "another program is using it"
          : cause.code === "EACCES"
            ? "it is reserved for the system"
            : cause.message;
      const message = `cannot serve the page on port \`${port}\`: ${why}. Omit --port to use a free port.`;
      reject(new InspectError(message, { cause }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
