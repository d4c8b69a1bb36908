import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** Bundles the program of the Stop hook into a folder, as the build does, and gives its path. */
export async function bundleHookProgram(folder: string): Promise<string> {
  const source = new URL("../../src/signal-hook/check-signal.ts", import.meta.url);
  const bundle = await rolldown({
    input: { "check-signal": fileURLToPath(source) },
    platform: "node",
    resolve: { conditionNames: ["samocode-source", "node", "import", "default"] },
    logLevel: "warn",
  });
  // The ending makes it a module wherever it lies.
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs" });
  await bundle.close();
  return join(folder, "check-signal.mjs");
}

/** What a program of a hook said. */
export interface HookAnswer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command of a hook as the CLI does. */
export async function runHookCommand(
  command: string,
  env: Readonly<Record<string, string>>,
  input: string,
): Promise<HookAnswer> {
  return await new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", command], { env: { ...env } });
    const said = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...said }));
    child.stdin.end(input);
  });
}
