// What samocode costs beside a bare spawn of the same child: pnpm bench [start-up|look|between|stream|idle|page]…
// On Linux only, for it looks at the runner through /proc. Takes about three minutes.
import { availableParallelism, cpus, loadavg } from "node:os";
import { measureBetween } from "./between.mjs";
import { formatTable } from "./figures.mjs";
import { measureIdle } from "./idle.mjs";
import { measureLook } from "./look.mjs";
import { measurePage } from "./page.mjs";
import { measureStartUp } from "./start-up.mjs";
import { measureStream } from "./stream.mjs";

const measures = {
  "start-up": () => measureStartUp(20),
  look: () => measureLook(20),
  between: () => measureBetween(8),
  stream: measureStream,
  idle: measureIdle,
  page: measurePage,
};
const asked = process.argv.slice(2);
const names = /** @type {(keyof typeof measures)[]} */ (Object.keys(measures));
const unknown = asked.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0 || process.platform !== "linux") {
  console.error(`usage (on Linux): pnpm bench [${names.join(" | ")}]…`);
  process.exit(2);
}

const load = loadavg()[0] ?? 0;
console.log(
  `Node ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model}, load ${load.toFixed(1)}`,
);
if (load > availableParallelism() / 2) {
  console.log("The machine is busy: look at the ratios, and run it again when it is quiet.");
}
const figures = [];
for (const name of names) {
  if (asked.length === 0 || asked.includes(name)) figures.push(...(await measures[name]()));
}
console.log(`\n${formatTable(figures)}`);
