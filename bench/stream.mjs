import { once } from "node:events";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { compare } from "./figures.mjs";
import { binary, createSession } from "./session.mjs";

/** @typedef {import("./figures.mjs").Figure} Figure */
const totalBytes = 1024 ** 3;

/** What it takes to follow a stream of 1 GiB: time until all of it was read, and memory. */
export async function measureStream() {
  const session = await createSession("flood.sh");
  const chunk = join(session.project.root, "chunk.jsonl");
  const read = join(session.project.root, "read");
  const bareLog = join(session.project.root, "bare.log");
  writeFileSync(chunk, formatChunk());
  const repeat = Math.ceil(totalBytes / statSync(chunk).size);
  const bytes = repeat * statSync(chunk).size;
  Object.assign(session.env, {
    BENCH_CHUNK: chunk,
    BENCH_REPEAT: String(repeat),
    BENCH_READ: read,
  });
  try {
    session.reset();
    const bareChild = session.startBare(1, [bareLog]);
    const bareMs = await waitUntilWritten(session);
    writeFileSync(read, "");
    await once(bareChild, "exit");
    rmSync(bareLog);
    rmSync(read);

    session.reset();
    const runner = session.start([binary, "measured", "--max-iterations", "1"]);
    const exit = once(runner, "exit");
    const pid = runner.pid ?? 0;
    // All that it reads counts: the stream is nearly all of it.
    while (!(existsSync(session.times) && readBytes(pid) >= bytes)) await sleep(5);
    const oursMs = Date.now() - startOf(session);
    const peakMb = peakBytes(pid) / 1e6;
    writeFileSync(read, "");
    await exit;
    /** @type {Figure} */
    const memory = {
      what: "peak memory while it does",
      ours: `${peakMb.toFixed(0)} MB`,
      target: "< 120 MB",
    };
    const rate = (bytes / 1e6 / (oursMs / 1000)).toFixed(0);
    const what = `following a stream of 1 GiB at ${rate} MB/s (bare: writing it)`;
    return [compare(what, [bareMs], [oursMs], ""), memory];
  } finally {
    await session.dispose();
  }
}

/** @param {import("./session.mjs").Session} session */
async function waitUntilWritten(session) {
  for (;;) {
    const end = session.readTimes().find(({ word }) => word === "end");
    if (end !== undefined) return end.at - startOf(session);
    await sleep(5);
  }
}

/** @param {import("./session.mjs").Session} session */
function startOf(session) {
  return session.readTimes().find(({ word }) => word === "start")?.at ?? Number.NaN;
}

/** 16 MiB of what an agent prints: words as they come, tools, what tools have read. */
function formatChunk() {
  const tool = { type: "tool_use", id: "t", name: "Read", input: { file_path: "src/login.ts" } };
  const result = { type: "tool_result", tool_use_id: "t", content: "const a = 1;\n".repeat(600) };
  const lines = [
    ...Array.from({ length: 40 }, () => formatPart("a word or two ")),
    formatMessage("msg_1", { type: "text", text: "I read the file first. ".repeat(10) }),
    formatMessage("msg_2", tool),
    formatLine({ type: "user", message: { role: "user", content: [result] } }),
  ];
  const turn = lines.join("");
  return turn.repeat(Math.ceil((16 * 1024 ** 2) / turn.length));
}

/** @param {string} text */
function formatPart(text) {
  const event = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } };
  return formatLine({ type: "stream_event", event });
}

/** @param {string} id @param {object} block */
function formatMessage(id, block) {
  const message = { id, role: "assistant", content: [block], usage: { output_tokens: 20 } };
  return formatLine({ type: "assistant", message });
}

/** @param {object} line */
function formatLine(line) {
  return `${JSON.stringify({ ...line, parent_tool_use_id: null, session_id: "s" })}\n`;
}

/** @param {number} pid */
function readBytes(pid) {
  return numberIn(`/proc/${pid}/io`, /^rchar: (\d+)$/m);
}

/** @param {number} pid */
function peakBytes(pid) {
  return numberIn(`/proc/${pid}/status`, /^VmHWM:\s+(\d+) kB$/m) * 1024;
}

/** @param {string} path @param {RegExp} form */
function numberIn(path, form) {
  return Number(form.exec(readFileSync(path, "utf8"))?.[1]);
}
