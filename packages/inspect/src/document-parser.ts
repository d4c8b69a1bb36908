import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { DocumentNode } from "./document-tree.ts";
import type { ParseReply, ParseRequest } from "./document-worker.ts";

/** Parses texts beside the server: none can make it stand still. */
export interface DocumentParser {
  /** Gives nothing if the text cannot be parsed within the time limit. */
  readonly parse: (text: string) => Promise<readonly DocumentNode[] | undefined>;
  readonly close: () => Promise<void>;
}

/** How long one text may take once the worker is there, in ms. A long plan takes a tenth of it. */
const standardTimeoutMs = 5_000;

/** Makes a parser. Its worker is started with the first text, and again after one that took too long. */
export function createDocumentParser(timeoutMs = standardTimeoutMs): DocumentParser {
  let worker: Promise<Worker> | undefined;
  let count = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const ask = async (text: string): Promise<readonly DocumentNode[] | undefined> => {
    worker ??= startWorker();
    const asked = await worker.catch(() => undefined);
    if (asked === undefined) {
      worker = undefined;
      return undefined;
    }
    const request: ParseRequest = { id: ++count, text };
    const nodes = await new Promise<readonly DocumentNode[] | "none" | "lost">((resolve) => {
      const timer = setTimeout(() => resolve("lost"), timeoutMs);
      asked.once("message", (reply: ParseReply) => {
        clearTimeout(timer);
        resolve(reply.nodes ?? "none");
      });
      asked.once("error", () => resolve("lost"));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
      asked.postMessage(request);
    });
    if (nodes === "lost") {
      worker = undefined;
      await asked.terminate();
    } else asked.removeAllListeners("error");
    return typeof nodes === "string" ? undefined : nodes;
  };

  return {
    parse(text) {
      // One at a time: each has all of its time.
      const parsed = turn.then(() => ask(text));
      turn = parsed.catch(() => undefined);
      return parsed;
    },
    close: async () => {
      const started = await worker?.catch(() => undefined);
      await started?.terminate();
    },
  };
}

/** Resolves when the worker has loaded all that it needs: on a busy machine that takes longer than most texts. */
async function startWorker(): Promise<Worker> {
  const worker = new Worker(findWorker(), { resourceLimits: { maxOldGenerationSizeMb: 256 } });
  worker.unref();
  await once(worker, "message");
  return worker;
}

/** The compiled worker lies beside this file, or, when this file is run from its source, in `dist`. */
function findWorker(): string {
  const places = ["./document-worker.js", "../dist/document-worker.js"];
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  if (found === undefined)
    throw new Error("cannot find `document-worker.js`: the package is incomplete; reinstall it");
  return found;
}
