import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { expect, it } from "vitest";
import { createHistoryReader } from "../src/history-reader.ts";

const line = (event: string) => `${JSON.stringify({ event })}\n`;

async function createReader() {
  const folder = await createTempFolder();
  const path = join(folder.path, "history.jsonl");
  const reader = createHistoryReader(path);
  const read = () => {
    const { isOther, records } = reader.read();
    return `${isOther ? "other: " : ""}${records.map(({ event }) => event).join(" ")}`;
  };
  return { path, reader, read, [Symbol.asyncDispose]: () => folder.dispose() };
}

it("gives each record once, as soon as its line is whole", async () => {
  await using bench = await createReader();
  const { path, read } = bench;
  expect(read()).toBe("");
  writeFileSync(path, `${line("a")}${line("b")}`);
  expect(read()).toBe("a b");
  expect(read()).toBe("");
  const [first, second] = [line("c").slice(0, 9), line("c").slice(9)];
  appendFileSync(path, first);
  expect(read()).toBe("");
  appendFileSync(path, second);
  expect(read()).toBe("c");
});

it("passes over a line that a crash left torn", async () => {
  await using bench = await createReader();
  writeFileSync(bench.path, `${line("a")}{"eve`);
  expect(bench.read()).toBe("a");
  appendFileSync(bench.path, `\n${line("b")}`);
  expect(bench.read()).toBe("b");
});

it("begins again if another file has taken its place, or it was cut or taken away", async () => {
  await using bench = await createReader();
  const { path, read, reader } = bench;
  writeFileSync(path, `${line("a")}${line("b")}`);
  read();
  const before = reader.file();
  writeFileSync(`${path}.new`, `${line("x")}${line("y")}${line("z")}`);
  renameSync(`${path}.new`, path);
  expect(read()).toBe("other: x y z");
  expect(reader.file()).not.toBe(before);
  truncateSync(path, line("x").length);
  expect(read()).toBe("other: x");
  rmSync(path);
  expect(read()).toBe("other: ");
  expect(read()).toBe("");
});

it("reads a long history piece by piece, and lines longer than a piece", async () => {
  await using bench = await createReader();
  const { path, reader } = bench;
  const lines = Array.from({ length: 30_000 }, (_, index) =>
    line(`event ${index} ${"x".repeat(80)}`),
  );
  writeFileSync(path, `${line("y".repeat(3_000_000))}${lines.join("")}`);
  let count = 0;
  let looks = 0;
  for (let read = reader.read(); read.records.length > 0; read = reader.read()) {
    count += read.records.length;
    looks++;
  }
  expect(count).toBe(30_001);
  expect(looks).toBeGreaterThan(2);
});

it("names no file before there is one, and after it is gone", async () => {
  await using bench = await createReader();
  const { path, reader, read } = bench;
  expect(reader.file()).toBe(0);
  read();
  expect(reader.file()).toBe(0);
  writeFileSync(path, line("a"));
  expect(reader.file()).toBe(0);
  read();
  expect(reader.file()).toBe(statSync(path).ino);
  rmSync(path);
  expect(read()).toBe("other: ");
  expect(reader.file()).toBe(0);
});

it("takes what is no file for an empty history", async () => {
  await using bench = await createReader();
  mkdirSync(bench.path);
  expect(bench.read()).toBe("");
});
