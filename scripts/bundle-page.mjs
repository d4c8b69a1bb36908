// Bundles the page of @samocode/inspect: one script, one style sheet, nothing from elsewhere.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { chartStyle } from "../packages/core/dist/chart/chart-svg-style.js";

const source = fileURLToPath(new URL("../packages/inspect/page/", import.meta.url));
const output = fileURLToPath(new URL("../packages/inspect/dist/page/", import.meta.url));
const styles = ["base", "layout", "list", "chart", "decision", "stream", "document", "machine"];

/** Builds the page, and gives the folder that it is in. */
export async function bundlePage() {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const bundle = await rolldown({
    input: { page: `${source}main.tsx` },
    platform: "browser",
    // What core needs of Node is not used by the page, and falls away.
    external: /^node:/,
    resolve: { conditionNames: ["samocode-source", "browser", "import", "default"] },
    logLevel: "warn",
  });
  await bundle.write({
    dir: output,
    format: "es",
    entryFileNames: "page.js",
    codeSplitting: false,
    minify: true,
  });
  await bundle.close();
  const sheets = styles.map((name) => readFileSync(`${source}style/${name}.css`, "utf8"));
  writeFileSync(`${output}page.css`, [chartStyle, ...sheets].join("\n"));
  for (const name of ["index.html", "icon.svg"])
    copyFileSync(`${source}${name}`, `${output}${name}`);
  return output;
}
