// Bundles the binary, so that it starts fast: one file a command, loaded when the command is called.
import { chmodSync, cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const runner = fileURLToPath(new URL("../packages/runner/", import.meta.url));
const top = fileURLToPath(new URL("../", import.meta.url));
const output = `${runner}bundle`;

rmSync(output, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    "samocode-run": `${runner}src/cli.ts`,
    "check-signal": `${runner}src/signal-hook/check-signal.ts`,
    "stand-in-claude": `${runner}../testkit/src/stand-in-claude.ts`,
  },
  platform: "node",
  resolve: { conditionNames: ["samocode-source", "node", "import", "default"] },
  logLevel: "warn",
});
await bundle.write({
  dir: output,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  minify: false,
  sourcemap: false,
});
await bundle.close();
chmodSync(`${output}/stand-in-claude.js`, 0o755);
// An installed package has no repository around it: what every agent is told comes with the binary.
for (const name of ["workflow.md", "plugin"]) {
  cpSync(`${top}${name}`, `${output}/${name}`, { recursive: true });
}
