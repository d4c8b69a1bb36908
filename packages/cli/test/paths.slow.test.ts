import { formatOverview } from "@samocode/core/overview";
import { openStore, ownedStatus, parseHistory, replay } from "@samocode/core/store";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createPaths, pathInput } from "../../core/test/support/paths.ts";
import { enterSession } from "@samocode/session";

const options = { settings: pathInput.settings ?? {}, timeoutMs: 1000 };

it.each(createPaths())("on disk, $name is what the machine says", async ({ steps }) => {
  await using folder = await createTempFolder("samocode-path-");
  const started = "01-15 14:30";
  writeFileSync(
    join(folder.path, "_overview.md"),
    formatOverview({ name: "t", started, workingDir: folder.path, task: "x" }),
  );
  const store = openStore(folder.path);
  const session = await enterSession(store, options);

  for (const { event, to } of steps) {
    const effect = session.effect();
    const happening = event === "timer" && effect.type === "timer" ? effect.event : event;
    if (happening === "timer") throw new Error(`no timer is armed before ${to}`);
    await session.apply(happening);
    expect(session.state()).toBe(to);
    // An overview that nobody can read is left as it is.
    if (typeof event === "object" && event.type === "overview.unreadable") return;
    expect(store.readOverview().status).toMatchObject(ownedStatus(session.snapshot().context));
  }

  const history = parseHistory(readFileSync(join(folder.path, "_signal_history.jsonl"), "utf8"));
  const path = replay(history.records).map(({ to }) => to);
  expect(path.at(-1)).toBe(session.state());
  if (session.snapshot().hasTag("person")) {
    const again = await enterSession(store, options);
    expect(again.state()).toBe(session.state());
    expect(again.snapshot().context).toMatchObject({
      iteration: session.snapshot().context.iteration,
      counts: session.snapshot().context.counts,
    });
  }
});
