import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  closeSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensureFolder, openOwnFile, writeOwnFile } from "../src/store/own-file.ts";

let folder: string;
let victim: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "own-file-"));
  victim = join(folder, "victim");
  path = join(folder, "own");
  writeFileSync(victim, "precious");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What may stand in the place of a file. */
const traps: Readonly<Record<string, () => void>> = {
  "a link": () => symlinkSync(victim, path),
  "a link to nothing": () => symlinkSync(join(folder, "nothing"), path),
  "a link to a folder": () => symlinkSync(folder, path),
  "a hard link": () => linkSync(victim, path),
  "a pipe": () => execFileSync("mkfifo", [path]),
  "a folder": () => mkdirSync(path),
  "a folder with something in it": () => {
    mkdirSync(path);
    writeFileSync(join(path, "file"), "");
  },
};

describe.each([false, true])("a file of ours (append: %s)", (append) => {
  test.each(Object.keys(traps))("is not written through %s", (trap) => {
    traps[trap]?.();
    writeOwnFile(path, "text", { append });
    expect(readFileSync(path, "utf8")).toBe("text");
    expect(lstatSync(path).isFile()).toBe(true);
    expect(readFileSync(victim, "utf8")).toBe("precious");
    expect(readdirSync(folder).toSorted()).toEqual(["own", "victim"]);
  });

  test("is made with its mode, and keeps that of one that is there", () => {
    writeOwnFile(path, "1", { append, mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeOwnFile(path, "2", { append, mode: 0o644 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, "utf8")).toBe(append ? "12" : "2");
  });

  test("in a folder that is not there cannot be written", () => {
    expect(() => writeOwnFile(join(folder, "no/own"), "text", { append })).toThrow("ENOENT");
  });
});

test("a longer text is replaced whole", () => {
  writeFileSync(path, "a long text");
  writeOwnFile(path, "short");
  expect(readFileSync(path, "utf8")).toBe("short");
});

test("what is appended by two who have it open stands one behind the other", () => {
  const file = openOwnFile(path, { append: true });
  appendFileSync(path, "theirs ");
  writeSync(file, "ours");
  closeSync(file);
  expect(readFileSync(path, "utf8")).toBe("theirs ours");
});

describe("a folder of ours", () => {
  test("is made with those above it, and may be there", () => {
    ensureFolder(join(path, "inner"));
    writeFileSync(join(path, "inner/file"), "");
    ensureFolder(join(path, "inner"));
    expect(readdirSync(join(path, "inner"))).toEqual(["file"]);
  });

  test.each(["a link to a folder", "a link to nothing", "a hard link", "a pipe"])(
    "takes the place of %s",
    (trap) => {
      traps[trap]?.();
      ensureFolder(path);
      expect(lstatSync(path).isDirectory()).toBe(true);
      expect(readFileSync(victim, "utf8")).toBe("precious");
    },
  );
});
