import { mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "@samocode/core/store";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { openListenerPlace } from "../src/listener-place.ts";
import { createSessionsFolder, planned } from "../../session/test/support/waiting-session.ts";

async function createBench() {
  const home = await createTempFolder("samocode-home-");
  const sessions = await createSessionsFolder();
  return {
    home: home.path,
    sessions,
    place: openListenerPlace({ HOME: home.path }, "telegram-1"),
    async [Symbol.asyncDispose]() {
      await home.dispose();
      await sessions[Symbol.asyncDispose]();
    },
  };
}

it("serves the sessions that were registered for an audience, by what one types for them", async () => {
  await using bench = await createBench();
  const { place, sessions } = bench;
  for (const name of ["26-01-14-fix", "26-01-15-fix", "26-01-15-other", "26-01-15-silent"]) {
    const { store } = sessions.add(name, planned);
    if (name !== "26-01-15-silent") place.register(store, name.includes("fix") ? "42" : "7");
  }
  const served = await place.sessions("42");
  expect(served?.map(({ name }) => name)).toEqual(["fix", "26-01-14-fix"]);
  expect(await place.sessions("8")).toBeUndefined();
});

it("serves a session to the audience that it was registered for last", async () => {
  await using bench = await createBench();
  const { store } = bench.sessions.add("26-01-15-fix", planned);
  bench.place.register(store, "42");
  bench.place.register(store, "7");
  expect(await bench.place.sessions("42")).toBeUndefined();
  expect(await bench.place.sessions("7")).toHaveLength(1);
});

it("keeps what a session's overview carries, for whoever decides without its project", async () => {
  await using bench = await createBench();
  const { folder } = bench.sessions.add("26-01-15-fix", planned).store;
  bench.place.register(openStore(folder, { overviewChart: true }), "42");
  expect((await bench.place.sessions("42"))?.[0]?.store.overviewChart).toBe(true);
  bench.place.register(openStore(folder), "42");
  expect((await bench.place.sessions("42"))?.[0]?.store.overviewChart).toBe(false);
});

it("leaves out what is archived, gone, or was not written by us", async () => {
  await using bench = await createBench();
  const { store } = bench.sessions.add("26-01-15-fix", planned);
  bench.place.register(store, "42");
  bench.place.register(openStore("/nowhere/26-01-15-gone"), "42");
  const folder = join(bench.home, ".local/state/samocode/channels/telegram-1/sessions");
  writeFileSync(join(folder, "x.json"), "{");
  writeFileSync(join(folder, "y.json"), '{"folder": 1}');
  expect(await bench.place.sessions("42")).toHaveLength(1);
  // That one is forgotten; what others have put there is not touched.
  expect(readdirSync(folder)).toHaveLength(3);
  mkdirSync(join(bench.sessions.path, "_archive"));
  renameSync(store.folder, join(bench.sessions.path, "_archive", "26-01-15-fix"));
  expect(await bench.place.sessions("42")).toBeUndefined();
});

it("is the person's alone, where XDG says, and in no folder that a name could lead to", async () => {
  await using bench = await createBench();
  const state = join(bench.home, "state");
  const place = openListenerPlace({ HOME: bench.home, XDG_STATE_HOME: state }, "../../../etc");
  place.register(openStore("/sessions/a"), "42");
  const [name = ""] = readdirSync(join(state, "samocode", "channels"));
  expect(name).toMatch(/^[\w-]{10}$/);
  expect(statSync(join(state, "samocode", "channels", name, "sessions")).mode & 0o077).toBe(0);
});
