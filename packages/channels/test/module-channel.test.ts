import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Desk, Notice } from "@samocode/core";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createDesk } from "../src/desk.ts";
import { loadModuleChannel } from "../src/module-channel.ts";
import { readNotice } from "../src/session-notice.ts";
import { createSessionsFolder, planned } from "../../session/test/support/waiting-session.ts";

/** A thread loads no TypeScript. */
const script = fileURLToPath(new URL("../dist/channel-thread.js", import.meta.url));

const notice: Notice = {
  kind: "paused",
  id: "n",
  session: "login",
  sessionId: "s",
  folder: "/",
  phase: "planning",
  iteration: 1,
  costUsd: 0,
  title: "login: ready to continue",
  text: "login: ready to continue",
};
const never = new AbortController().signal;

async function load(source: string) {
  const folder = await createTempFolder("samocode-module-");
  const path = join(folder.path, "channel.mjs");
  writeFileSync(path, source);
  let printed = "";
  const end = new AbortController();
  const loading = loadModuleChannel({
    url: pathToFileURL(path).href,
    env: { FOLDER: folder.path },
    print: (text) => (printed += text),
    end: end.signal,
    script,
  });
  const channel = await loading.catch(async (error: unknown) => {
    await folder.dispose();
    throw error;
  });
  return {
    channel,
    printed: () => printed,
    read: (name: string) => readFileSync(join(folder.path, name), "utf8"),
    begun: async () => expect.poll(() => existsSync(join(folder.path, "told"))).toBe(true),
    async [Symbol.asyncDispose]() {
      end.abort();
      await folder.dispose();
    },
  };
}

const keep = `import { appendFileSync } from "node:fs";
const keep = (text) => appendFileSync(process.env.FOLDER + "/told", text + "\\n");\n`;

it("tells through the module, and what it prints is no result", async () => {
  await using loaded = await load(
    `${keep}export const tell = async ({ title }) => { console.log("sent"); keep(title); };`,
  );
  await loaded.channel.tell(notice, never);
  expect(loaded.read("told")).toBe("login: ready to continue\n");
  await expect.poll(() => loaded.printed()).toBe("sent\n");
  expect(loaded.channel).not.toHaveProperty("listen");
});

it("takes a channel that is the default export, and a CommonJS module", async () => {
  await using loaded = await load(
    `export default { tell: () => {}, audience: "42", listensAs: "x" };`,
  );
  await loaded.channel.tell(notice, never);
  expect(loaded.channel).toMatchObject({ audience: "42", listensAs: "x" });
});

it.each([
  ["export const say = 1;", "it exports no function `tell`"],
  ["throw new Error('broken');", "broken"],
  ["export const tell = ", "Unexpected"],
  ["process.exit(0);", "its thread exited"],
])("says why a module is no channel: %s", async (source, why) => {
  await expect(load(source)).rejects.toThrow(why);
});

it.each([
  ["throws", `throw new Error("no net")`, "no net"],
  [
    "leaves a promise that nobody waits for",
    `Promise.reject(new Error("lost")); await new Promise(() => {})`,
    "lost",
  ],
  [
    "throws later",
    `setTimeout(() => { throw new Error("later"); }); await new Promise(() => {})`,
    "later",
  ],
  ["ends the process", `process.exit(0)`, "its thread exited"],
])("fails alone where it %s, and is started again", async (_name, wrong, why) => {
  await using loaded = await load(
    `${keep}export async function tell({ id, title }) { if (id === "bad") { ${wrong}; } keep(title); }`,
  );
  await expect(loaded.channel.tell({ ...notice, id: "bad" }, never)).rejects.toThrow(why);
  await loaded.channel.tell(notice, never);
  expect(loaded.read("told")).toBe("login: ready to continue\n");
});

it("hands on how long it wants to be left alone", async () => {
  await using loaded = await load(
    `export function tell() { throw Object.assign(new Error("busy"), { retryAfterMs: 7000 }); }`,
  );
  await expect(loaded.channel.tell(notice, never)).rejects.toMatchObject({ retryAfterMs: 7000 });
});

it("is ended where it hangs in a loop, and started again", async () => {
  await using loaded = await load(
    `${keep}export function tell({ id, title }) { keep(title); while (id === "bad") {} }`,
  );
  const cancel = new AbortController();
  const telling = loaded.channel.tell({ ...notice, id: "bad", title: "begun" }, cancel.signal);
  await loaded.begun();
  cancel.abort();
  await expect(telling).rejects.toThrow("its thread exited");
  await loaded.channel.tell(notice, never);
  expect(loaded.read("told")).toBe("begun\nlogin: ready to continue\n");
});

it("is told when a call is wanted no more", async () => {
  await using loaded = await load(
    `${keep}export const tell = async ({ title }, cancel) => {
       keep(title);
       await new Promise((_, reject) => cancel.addEventListener("abort", () => reject(new Error("stopped"))));
     };`,
  );
  const cancel = new AbortController();
  const telling = loaded.channel.tell({ ...notice, title: "begun" }, cancel.signal);
  await loaded.begun();
  cancel.abort();
  await expect(telling).rejects.toThrow("stopped");
});

it("asks the desk and hands decisions in, and nothing that is no decision", async () => {
  await using folder = await createSessionsFolder();
  const session = folder.add("26-01-15-login", planned);
  const warnings: string[] = [];
  const desk: Desk = createDesk({
    sessions: async () => [{ store: session.store, name: "login" }],
    warn: (text) => warnings.push(text),
  });
  await using loaded = await load(`${keep}
export const tell = () => {};
export async function listen(desk, cancel) {
  const [first] = await desk.list();
  const { sessionId, id: noticeId, title } = await desk.find(first.session);
  keep(title);
  keep(String(await desk.of("other")));
  await desk.decide({ type: "approve", sessionId }).catch((error) => keep("refused"));
  const reply = await desk.decide({ type: "approve", sessionId, noticeId, by: "mine:me" });
  keep(reply.text);
  desk.warn("all is well");
  desk.caughtUp();
  await new Promise((resolve) => cancel.addEventListener("abort", resolve));
}`);
  const { sessionId } = readNotice(session.store, "login");
  const cancel = new AbortController();
  let isCaughtUp = false;
  const listening = loaded.channel.listen?.(
    { ...desk, caughtUp: () => (isCaughtUp = true) },
    cancel.signal,
  );
  await expect.poll(() => isCaughtUp).toBe(true);
  cancel.abort();
  await listening;
  expect(loaded.read("told").split("\n")).toEqual([
    "login: waits for approval of the plan",
    "undefined",
    "refused",
    "The plan is approved. Continue with: samocode-run login",
    "",
  ]);
  expect(warnings).toEqual(["all is well"]);
  expect(sessionId).toHaveLength(10);
  expect(session.records()).toMatchObject([{ event: "approve", by: "mine:me" }]);
});
