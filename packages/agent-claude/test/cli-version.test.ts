import { chmodSync, closeSync, copyFileSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { describe, expect, it } from "vitest";
import { isTooOld, leastVersion, parseVersion } from "../src/cli-version.ts";
import { requireSupportedVersion } from "../src/version-check.ts";

describe("a version", () => {
  it.each([
    ["2.1.332 (Claude Code)", "2.1.332"],
    ["2.0.30 (Claude Code)\n", "2.0.30"],
    ["a warning\n2.1.100 (Claude Code)", "2.1.100"],
    ["2.1.332-beta.1 (Claude Code)", "2.1.332"],
    ["1.4.0", undefined],
    ["agent 1.4.0 (Claude Code)", undefined],
    ["2.1 (Claude Code)", undefined],
    ["", undefined],
  ])("is read from %j", (said, version) => {
    expect(parseVersion(said)).toEqual(version);
  });

  it.each([
    ["2.1.99", true],
    ["2.1.100", false],
    ["2.1.101", false],
    ["2.0.999", true],
    ["2.2.0", false],
    ["1.9.999", true],
    ["3.0.0", false],
  ] as const)("%j is too old: %s", (version, is) => {
    expect(isTooOld(version)).toBe(is);
  });

  it("is 2.1.100 at least, as the README says", () => {
    expect(leastVersion).toBe("2.1.100");
    const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
    expect(readme).toContain("2.1.100 or newer");
  });
});

const create = (folder: string, script: string) => {
  const path = join(folder, "claude");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
};

describe("a program on CLAUDE_PATH", () => {
  it("that is too old is refused, with the cure", async () => {
    await using folder = await createTempFolder();
    const path = create(folder.path, 'echo "2.0.30 (Claude Code)"');
    await expect(requireSupportedVersion(path, process.env)).rejects.toThrow(
      `cannot use the Claude CLI 2.0.30 (\`${path}\`): expected 2.1.100 or newer. Update the Claude CLI (claude update), or set CLAUDE_PATH or --claude-path to a newer one`,
    );
  });

  it.each([
    ["is new enough", 'echo "2.1.100 (Claude Code)"'],
    ["prints another version", "echo 1.0.0"],
    ["prints nothing", "exit 3"],
    ["takes it for work", 'echo x > "$SAMOCODE_SESSION/_signal.json"; echo y > here'],
  ])("that %s is used", async (_, script) => {
    await using folder = await createTempFolder();
    const path = create(folder.path, script);
    await expect(requireSupportedVersion(path, process.env)).resolves.toBeUndefined();
  });

  it.runIf(process.platform === "linux")("that is being replaced is used", async () => {
    await using folder = await createTempFolder();
    const path = join(folder.path, "claude");
    copyFileSync("/bin/sh", path);
    // The system starts no program that someone has open for writing.
    const file = openSync(path, "r+");
    await expect(requireSupportedVersion(path, process.env)).resolves.toBeUndefined();
    closeSync(file);
  });

  it("that is gone is used", async () => {
    await expect(requireSupportedVersion("/nowhere/claude", process.env)).resolves.toBeUndefined();
  });
});
