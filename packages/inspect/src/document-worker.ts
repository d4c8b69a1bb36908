import { parentPort } from "node:worker_threads";
import { parseDocument, type DocumentNode } from "./document-tree.ts";

/** What the worker is asked to parse. */
export interface ParseRequest {
  readonly id: number;
  readonly text: string;
}

/** What came of it; no nodes where the text cannot be parsed. */
export interface ParseReply {
  readonly id: number;
  readonly nodes?: readonly DocumentNode[];
}

// A text may take the parser long, or be nested deeper than its stack: that happens here, if nobody waits.
parentPort?.on("message", ({ id, text }: ParseRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
  parentPort?.postMessage(reply(id, text));
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
parentPort?.postMessage("ready");

function reply(id: number, text: string): ParseReply {
  try {
    return { id, nodes: parseDocument(text) };
  } catch {
    return { id };
  }
}
