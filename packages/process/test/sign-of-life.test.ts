import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  giveSign,
  readSign,
  removeDeadSigns,
  SignOfLife,
  type LivingSign,
} from "../src/sign-of-life.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "samocode-sign-"));
  path = join(folder, ".run.lock");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const token = "0123456789abcdef";

function give(at = path, by = token): LivingSign {
  const given = giveSign(at, by);
  if (given === undefined) throw new Error("this system has no named pipes");
  return given;
}

test("an owner shows that it lives until it ends, and leaves nothing behind", () => {
  const living = give();
  expect(readdirSync(folder)).toEqual([".run.lock.alive.0123456789abcdef"]);
  expect(readSign(path, living.sign)).toBe("alive");
  // Whoever looks does not change what the next one sees.
  expect(readSign(path, living.sign)).toBe("alive");
  living.end();
  living.end();
  expect(readdirSync(folder)).toEqual([]);
  expect(readSign(path, living.sign)).toBe("unknown");
});

test("a pipe that nobody has open any more shows a dead owner", () => {
  const living = give();
  const pipe = join(folder, living.sign.file);
  renameSync(pipe, `${pipe}.kept`);
  living.end();
  renameSync(`${pipe}.kept`, pipe);
  expect(readSign(path, living.sign)).toBe("dead");
});

test("a child that was given the pipe shows that it lives, until it is killed", async () => {
  const living = give();
  const pipe = join(folder, living.sign.file);
  const child = spawn("sleep", ["60"], { stdio: ["ignore", "ignore", "ignore", living.file] });
  await once(child, "spawn");
  renameSync(pipe, `${pipe}.kept`);
  living.end();
  renameSync(`${pipe}.kept`, pipe);
  expect(readSign(path, living.sign)).toBe("alive");
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(readSign(path, living.sign)).toBe("dead");
});

test("nothing is concluded from a pipe of another name, another device, or another file", () => {
  const living = give();
  const other = give(path, "f".repeat(16));
  const { sign } = living;
  expect(readSign(path, { ...sign, ino: other.sign.ino })).toBe("unknown");
  expect(readSign(path, { ...sign, dev: `${sign.dev}1` })).toBe("unknown");
  expect(readSign(path, { ...sign, file: ".run.lock.alive.aaaaaaaaaaaaaaaa" })).toBe("unknown");
  expect(readSign(join(folder, "elsewhere", ".run.lock"), sign)).toBe("unknown");
  living.end();
  other.end();
});

test("nothing is concluded from a file that is no pipe", () => {
  const place = join(folder, `.run.lock.alive.${token}`);
  writeFileSync(place, "");
  expect(giveSign(path, token)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([`.run.lock.alive.${token}`]);
});

test("without named pipes no sign is given", () => {
  vi.stubEnv("PATH", folder);
  expect(giveSign(path, token)).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

test("signs that a crash has left are removed, and no others", () => {
  const living = give();
  const kept = give(path, "b".repeat(16));
  const ofOther = give(join(folder, ".other.lock"), "c".repeat(16));
  const dead = give(path, "d".repeat(16));
  for (const { sign, end } of [kept, ofOther, dead]) {
    const pipe = join(folder, sign.file);
    renameSync(pipe, `${pipe}.kept`);
    end();
    renameSync(`${pipe}.kept`, pipe);
  }
  writeFileSync(join(folder, ".run.lock.alive.eeeeeeeeeeeeeeee"), "a file");
  removeDeadSigns(path, kept.sign);
  expect(readdirSync(folder).toSorted()).toEqual([
    `.other.lock.alive.${"c".repeat(16)}`,
    `.run.lock.alive.${token}`,
    `.run.lock.alive.${"b".repeat(16)}`,
    ".run.lock.alive.eeeeeeeeeeeeeeee",
  ]);
  removeDeadSigns(path);
  expect(readdirSync(folder)).not.toContain(kept.sign.file);
  living.end();
  removeDeadSigns(join(folder, "gone", ".run.lock"));
});

test.each([
  "../../etc/passwd.alive.0123456789abcdef",
  ".run.lock",
  "x.alive.0123",
  "a/b.alive.0123456789abcdef",
])("a lock cannot name %s as its sign", (file) => {
  expect(SignOfLife.safeParse({ file, dev: "1", ino: "1" }).success).toBe(false);
});
