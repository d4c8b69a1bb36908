import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";

const sources = fileURLToPath(new URL("../src/", import.meta.url));

it.each(["index", "overview/index", "chart/index", "testing/index"])(
  "the entry %s needs nothing of Node and bundles for a browser without a warning",
  async (entry) => {
    const warnings: string[] = [];
    const bundle = await rolldown({
      input: `${sources}${entry}.ts`,
      platform: "browser",
      treeshake: false,
      onLog: (_, { message }) => warnings.push(message),
    });
    const { output } = await bundle.generate({ format: "esm" });
    await bundle.close();
    expect(warnings).toEqual([]);
    expect(output).toHaveLength(1);
    expect(output[0].imports).toEqual([]);
  },
);
