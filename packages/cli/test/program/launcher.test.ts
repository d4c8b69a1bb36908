import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTempFolder } from "@samocode/testkit";
import { describe, expect, it } from "vitest";

const source = fileURLToPath(new URL("../../bin/samocode-run.js", import.meta.url));

/** The launcher with a program behind it that says what it was started with. */
async function createLauncher(program: string) {
  const folder = await createTempFolder("samocode-launcher-");
  for (const name of ["bin", "bundle"]) mkdirSync(join(folder.path, name));
  const launcher = join(folder.path, "bin/samocode-run.js");
  copyFileSync(source, launcher);
  chmodSync(launcher, 0o755);
  writeFileSync(join(folder.path, "bin/package.json"), '{"type":"commonjs"}');
  writeFileSync(join(folder.path, "bundle/samocode-run.js"), program);
  return Object.assign(folder, { launcher });
}

const tellStart =
  'console.log(JSON.stringify([process.argv.slice(2), process.env.SAMOCODE_HANGUP ?? "", process.listenerCount("SIGHUP"), process.listenerCount("SIGUSR1")]));';

describe("the launcher", () => {
  it.each([
    ["as it is", [], ["", 0]],
    ["under nohup", ["nohup"], ["ignored", 1]],
    ["by dash or bash", ["sh"], ["", 0]],
    ["by dash or bash under nohup", ["nohup", "sh"], ["ignored", 1]],
    ["by Node itself", [process.execPath], ["", 0]],
  ] as const)("started %s hands on its arguments, and what a hangup means", async (_, by, told) => {
    await using folder = await createLauncher(tellStart);
    const [program = folder.launcher, ...rest] = [...by, folder.launcher];
    const args = ["run", "a b", "$HOME", "*", ""];
    // What a process around us was told is not about this one.
    const env = { ...process.env, SAMOCODE_HANGUP: by[0] === process.execPath ? "" : "ignored" };
    const said = execFileSync(program, [...rest, ...args], { env, encoding: "utf8" });
    expect(JSON.parse(said)).toEqual([args, ...told, 1]);
  });

  it("opens no inspector on SIGUSR1, and goes on", async () => {
    await using folder = await createLauncher(
      'console.log("begun"); process.stdin.on("data", () => process.exit(7)).resume();',
    );
    const child = spawn(folder.launcher, ["run"], { stdio: "pipe" });
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    await once(child.stdout, "data");
    child.kill("SIGUSR1");
    child.kill("SIGUSR1");
    child.stdin.write("end");
    const [code] = await once(child, "close");
    expect([code, stderr]).toEqual([7, ""]);
  });

  it("goes on at a hangup under nohup, and only there", async () => {
    const waits = 'console.log("begun"); process.stdin.on("data", () => process.exit(7)).resume();';
    await using folder = await createLauncher(waits);
    for (const [by, end] of [
      [["nohup"], 7],
      [[], "SIGHUP"],
    ] as const) {
      const [program = folder.launcher, ...rest] = [...by, folder.launcher];
      const child = spawn(program, [...rest, "run"], { stdio: "pipe" });
      await once(child.stdout, "data");
      child.kill("SIGHUP");
      child.stdin.on("error", () => {});
      if (end === 7) child.stdin.write("end");
      const [code, signal] = await once(child, "close");
      expect(signal ?? code).toBe(end);
    }
  });
});
