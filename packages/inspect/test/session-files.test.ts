import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asPage, createPageBench } from "./support/page-bench.ts";

it("shows the files of a session, and none beside it", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  const { folder, root } = bench;
  writeFileSync(join(root, "secret.md"), "outside");
  writeFileSync(join(folder, "notes.md"), "# Notes\n");
  writeFileSync(join(folder, "odd \u202Ename.txt"), "odd");
  writeFileSync(join(folder, "_logs", "x.jsonl"), "{}\n");
  symlinkSync(join(root, "secret.md"), join(folder, "link.md"));
  symlinkSync("notes.md", join(folder, "inner.md"));
  symlinkSync(root, join(folder, "_late"));
  const read = (name: string, session = "login") =>
    bench.ask({
      path: `/api/document?session=${encodeURIComponent(session)}&name=${encodeURIComponent(name)}`,
      headers,
    });
  expect(JSON.parse((await read("notes.md")).text)).toMatchObject({
    name: "notes.md",
    nodes: [{ tag: "h1", children: ["Notes"] }],
  });
  expect(JSON.parse((await read("inner.md")).text)).toMatchObject({ name: "inner.md" });
  expect(JSON.parse((await read("odd name.txt")).text)).toMatchObject({ text: "odd" });
  for (const name of [
    "link.md",
    "../secret.md",
    "_late/secret.md",
    join(root, "secret.md"),
    "/etc/passwd",
    "notes.md/../../secret.md",
    "_logs/x.jsonl",
    "_logs/../../secret.md",
    ".",
    "",
    "notes.md\0",
  ]) {
    const { status } = await read(name);
    expect({ name, status }).toEqual({ name, status: 404 });
  }
  expect(await read("notes.md", "../26-01-15-login")).toMatchObject({ status: 404 });
  const log = (name: string) =>
    bench.ask({ path: `/api/log?session=login&log=${encodeURIComponent(name)}`, headers });
  expect(await log("_logs/x.jsonl")).toMatchObject({ status: 200 });
  for (const name of ["_logs/../notes.md", "notes.md", "../secret.md", "/etc/passwd", ""]) {
    const { status } = await log(name);
    expect({ name, status }).toEqual({ name, status: 404 });
  }
});

it("shows no secret and no control character, whatever a file says", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  const key = "sk-ant-api03-abcdefghijkl";
  writeFileSync(join(bench.folder, "a.md"), `Key ${key} \u001B[31mred\u001B[0m \u202Eabc\n`);
  const { text } = await bench.ask({ path: "/api/document?session=login&name=a.md", headers });
  expect(JSON.parse(text).nodes).toEqual([
    { tag: "p", children: ["Key sk-*** ⟦U+001B⟧[31mred⟦U+001B⟧[0m ⟦U+202E⟧abc"] },
  ]);
});

it("sends of a large file the first part, and says so", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  writeFileSync(join(bench.folder, "a.txt"), "x".repeat(2_000_000));
  const { text } = await bench.ask({ path: "/api/document?session=login&name=a.txt", headers });
  expect(JSON.parse(text)).toMatchObject({ isCut: true, bytes: 2_000_000 });
  expect(text.length).toBeLessThan(600_000);
});
