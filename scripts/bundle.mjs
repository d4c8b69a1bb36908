// Bundles the binary, so that it starts fast: one file a command, loaded when the command is called.
// CommonJS, for Node loads it in half the time of ES modules, and a start is mostly loading.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { bundlePage } from "./bundle-page.mjs";

const cli = fileURLToPath(new URL("../packages/cli/", import.meta.url));
const top = fileURLToPath(new URL("../", import.meta.url));
const output = `${cli}bundle`;

rmSync(output, { recursive: true, force: true });
const bundle = await rolldown({
  input: {
    "samocode-run": `${cli}src/program/cli.ts`,
    "channel-thread": `${cli}../channels/src/channel-thread.ts`,
    "check-signal": `${cli}../agent-claude/src/signal-hook/check-signal.ts`,
    "stand-in-claude": `${cli}../stand-in/src/stand-in-claude.ts`,
    "document-worker": `${cli}../inspect/src/document-worker.ts`,
  },
  platform: "node",
  resolve: { conditionNames: ["samocode-source", "node", "module", "import", "default"] },
  logLevel: "warn",
});
await bundle.write({
  dir: output,
  format: "cjs",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  minify: false,
  sourcemap: false,
});
await bundle.close();
writeFileSync(`${output}/package.json`, '{ "type": "commonjs" }\n');
for (const columns of [80, 100, 120]) {
  const env = { ...process.env, COLUMNS: String(columns) };
  const help = execFileSync(process.execPath, [`${output}/samocode-run.js`, "--help"], { env });
  writeFileSync(`${output}/help-${columns}.txt`, help);
}
chmodSync(`${output}/stand-in-claude.js`, 0o755);
// An installed package has no repository around it: what every agent is told comes with the binary.
for (const name of ["workflow.md", "plugin"]) {
  cpSync(`${top}${name}`, `${output}/${name}`, { recursive: true });
}
cpSync(await bundlePage(), `${output}/page`, { recursive: true });
