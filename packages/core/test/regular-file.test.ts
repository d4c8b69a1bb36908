import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  FileKindError,
  openIfRegular,
  openRegularFile,
  readIfPresent,
  readIfRegular,
  readRegularFile,
} from "../src/store/regular-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "regular-file-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function faultOf(action: () => unknown): Pick<FileKindError, "code" | "syscall" | "path"> {
  try {
    action();
  } catch (error) {
    const { code, syscall, path } = error as FileKindError;
    return { code, syscall, path };
  }
  throw new Error("nothing was thrown");
}

function openFiles(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}

/** What can stand where a file should be, each made at the path. */
const others: Record<string, (path: string) => unknown> = {
  "a pipe": (path) => execFileSync("mkfifo", [path]),
  "a link to a file": (path) => {
    writeFileSync(`${path}.real`, "text");
    symlinkSync(`${path}.real`, path);
  },
  "a link to a pipe": (path) => {
    execFileSync("mkfifo", [`${path}.pipe`]);
    symlinkSync(`${path}.pipe`, path);
  },
  "a link to a device": (path) => {
    symlinkSync("/dev/zero", path);
  },
  "a link to nothing": (path) => {
    symlinkSync("nothing", path);
  },
  "a link to itself": (path) => {
    symlinkSync(path, path);
  },
  "a folder": (path) => {
    mkdirSync(path);
  },
};

describe.each(Object.entries(others))("%s in the place of a file", (what, make) => {
  test("is not read, not waited for, and called what it is", () => {
    const path = join(folder, "x");
    make(path);
    const before = openFiles();
    const fault = { code: what === "a folder" ? "EISDIR" : "EFTYPE", syscall: "open", path };
    expect(faultOf(() => openRegularFile(path))).toEqual(fault);
    expect(faultOf(() => readRegularFile(path))).toEqual(fault);
    expect(faultOf(() => readIfPresent(path))).toEqual(fault);
    expect(openIfRegular(path)).toBeUndefined();
    expect(readIfRegular(path)).toBeUndefined();
    expect(openFiles()).toBe(before);
  });

  test("is read through a link only if links are followed, and never if it is no file", () => {
    const path = join(folder, "x");
    make(path);
    const read = (): string => readRegularFile(path, { followLinks: true }).toString();
    if (what === "a link to a file") expect(read()).toBe("text");
    else expect(["EFTYPE", "EISDIR", "ENOENT"]).toContain(faultOf(read).code);
  });
});

test("a socket is no file", async () => {
  const path = join(folder, "socket");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  expect(faultOf(() => readRegularFile(path)).code).toBe("EFTYPE");
  expect(openIfRegular(path)).toBeUndefined();
  server.close();
});

test("the terminal and other devices are no files", () => {
  expect(faultOf(() => readRegularFile("/dev/null")).code).toBe("EFTYPE");
});

test("a file is read whole, from its first to its last byte", () => {
  const path = join(folder, "x");
  for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
    const bytes = Buffer.alloc(length, "abc");
    writeFileSync(path, bytes);
    expect(readRegularFile(path).equals(bytes)).toBe(true);
    expect(readIfPresent(path)?.equals(bytes)).toBe(true);
    expect(readIfRegular(path)?.equals(bytes)).toBe(true);
  }
});

test("a file may have as many bytes as are allowed, and none more", () => {
  const path = join(folder, "x");
  writeFileSync(path, "12345");
  expect(readRegularFile(path, { maxBytes: 5 }).toString()).toBe("12345");
  const fault = { code: "EFBIG", syscall: "read", path };
  expect(faultOf(() => readRegularFile(path, { maxBytes: 4 }))).toEqual(fault);
  expect(faultOf(() => readIfPresent(path, { maxBytes: 4 }))).toEqual(fault);
  expect(faultOf(() => readIfRegular(path, { maxBytes: 4 }))).toEqual(fault);
});

test("a file that claims to be huge is refused without reading it", () => {
  const path = join(folder, "x");
  writeFileSync(path, "");
  truncateSync(path, 64 * 1024 * 1024 + 1);
  expect(faultOf(() => readRegularFile(path)).code).toBe("EFBIG");
});

test.runIf(process.platform === "linux")("a file of /proc is read although it has no size", () => {
  expect(readRegularFile("/proc/self/cmdline").length).toBeGreaterThan(0);
});

test("a file that is not there is said to be missing, or is nothing", () => {
  const path = join(folder, "none");
  expect(faultOf(() => openRegularFile(path)).code).toBe("ENOENT");
  expect(faultOf(() => readRegularFile(path)).code).toBe("ENOENT");
  expect(readIfPresent(path)).toBeUndefined();
  expect(readIfRegular(path)).toBeUndefined();
  expect(openIfRegular(path)).toBeUndefined();
});

test("a path through a file is nothing to open, and a fault to read", () => {
  writeFileSync(join(folder, "x"), "");
  const path = join(folder, "x", "y");
  expect(openIfRegular(path)).toBeUndefined();
  expect(faultOf(() => readIfPresent(path)).code).toBe("ENOTDIR");
});

test("a file that is opened can be read", () => {
  const path = join(folder, "x");
  writeFileSync(path, "text");
  const before = openFiles();
  const file = openIfRegular(path) ?? -1;
  expect(file).toBeGreaterThan(2);
  closeSync(file);
  expect(openFiles()).toBe(before);
});

test("the error says what was expected", () => {
  expect(new FileKindError("EFTYPE", "/x").message).toBe(
    "EFTYPE: cannot read `/x`: expected a regular file of reasonable size",
  );
});
