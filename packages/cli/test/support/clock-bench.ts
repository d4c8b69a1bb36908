import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTempFolder, type Scenario } from "@samocode/testkit";
import { createBench } from "./runner-cli.ts";

const clockSwitch = fileURLToPath(new URL("clock-switch.mjs", import.meta.url));

/** A bench whose clock can be set wrong. */
export async function createClockBench(shift: number, calls: Scenario["calls"]) {
  const folder = await createTempFolder();
  const file = join(folder.path, "jump");
  const env = {
    NODE_OPTIONS: `--import ${clockSwitch}`,
    CLOCK_FILE: file,
    CLOCK_SHIFT: String(shift),
    SAMOCODE_RETRY_DELAY: "1",
  };
  const bench = await createBench({ calls }, { env });
  return {
    bench,
    setWrong: () => writeFileSync(file, ""),
    async [Symbol.asyncDispose]() {
      await bench[Symbol.asyncDispose]();
      await folder.dispose();
    },
  };
}
