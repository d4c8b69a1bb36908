import type { ServerResponse } from "node:http";
import { formatJson, safeHeaders } from "./reply.ts";

/** What the page is told, one message at a time (server-sent events). */
export interface EventStream {
  /** Sends a message. With an `id`, the page names it when it comes back after a break. */
  readonly send: (type: string, value: unknown, id?: string) => void;
  /** Called once, when the page is gone; at once where it already is. */
  readonly onEnd: (end: () => void) => void;
}

/** How often something is sent if there is nothing to tell, so that a broken line is noticed, in ms. */
const tickMs = 15_000;

/** How soon the page comes back after a break, in ms. */
const retryMs = 1_000;

/** What may wait to be read by a page that sleeps, in bytes. It comes back later and is told again. */
const maxWaitingBytes = 32 * 1024 * 1024;

/** Answers a request with a stream of messages. */
export function openEventStream(response: ServerResponse): EventStream {
  response.writeHead(200, {
    ...safeHeaders,
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",
  });
  response.socket?.setNoDelay(true);
  response.write(`retry: ${retryMs}\n\n`);
  const send = (type: string, value: unknown, id?: string): void => {
    if (response.writableEnded || response.destroyed) return;
    const head = id === undefined ? "" : `id: ${id}\n`;
    response.write(`${head}event: ${type}\ndata: ${formatJson(value)}\n\n`);
    if (response.writableLength > maxWaitingBytes) response.destroy();
  };
  const onEnd: EventStream["onEnd"] = (end) => {
    if (response.destroyed) end();
    else response.on("close", end);
  };
  const timer = setInterval(() => send("tick", {}), tickMs).unref();
  onEnd(() => clearInterval(timer));
  return { send, onEnd };
}
