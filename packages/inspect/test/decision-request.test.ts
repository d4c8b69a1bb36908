import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asPage, createPageBench, decision } from "./support/page-bench.ts";

it("takes decisions as JSON alone, of a size that is fit", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""];
  for (const type of types) {
    const sent = { ...headers, "Content-Type": type };
    expect(await bench.ask(decision({ type: "approve" }, sent))).toMatchObject({ status: 415 });
  }
  const zipped = { ...headers, "Content-Encoding": "gzip" };
  expect(await bench.ask(decision({ type: "approve" }, zipped))).toMatchObject({ status: 415 });
  const long = decision({ type: "reject", feedback: "x".repeat(70_000) }, headers);
  expect(await bench.ask(long)).toMatchObject({ status: 413 });
  const chunked = { ...long, headers: { ...long.headers, "Transfer-Encoding": "chunked" } };
  expect(await bench.ask(chunked)).toMatchObject({ status: 413 });
  expect(await bench.ask({ ...long, body: "{" })).toMatchObject({ status: 400 });
  expect(bench.decided).toEqual([]);
});

it.each([
  null,
  {},
  { type: "finish" },
  { type: "edit", phase: "done" },
  { type: "approve", planHash: 1 },
  { type: "approve", by: "somebody else" },
  { type: "reject" },
  { type: "reject", feedback: "  " },
  { type: "resume", phase: "nowhere" },
  { type: "answer", answers: [] },
  { type: "answer", answers: [{ id: "__proto__", text: "A" }] },
  { type: "answer", answers: [{ id: "Q1", text: "" }] },
  { type: "stop" },
])("refuses %j, which is no decision", async (value) => {
  await using bench = await createPageBench();
  const answer = await bench.ask(decision(value, await asPage(bench)));
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.text).toContain("cannot take the decision");
  expect(bench.decided).toEqual([]);
});

it("hands in what was decided, and says where the session is then", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  for (const [value, message] of [
    [{ type: "approve" }, "Approved."],
    [{ type: "reject", feedback: "use cookies" }, "Sent back to planning with your feedback."],
    [{ type: "resume", phase: "testing", note: "the key is there" }, "Resumed."],
    [{ type: "stop", atOnce: false }, "It will stop after this iteration."],
  ] as const) {
    const { status, text } = await bench.ask(decision(value, headers));
    expect({ status, said: JSON.parse(text) }).toEqual({
      status: 200,
      said: { taken: true, state: "paused", message },
    });
    expect(bench.decided.at(-1)).toEqual(value.type === "stop" ? value.atOnce : value);
  }
  await bench.ask(decision({ type: "answer", answers: [{ id: "Q1", text: "A" }] }, headers));
  expect(bench.decided.at(-1)).toEqual([{ id: "Q1", text: "A" }]);
  await bench.ask(decision({ type: "stop", atOnce: true }, headers));
  expect(bench.decided.at(-1)).toBe(true);
});

it("says that a decision came too late, in the words of whoever knows why", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  for (const [note, message] of [
    ["ada approved the plan.", "ada approved the plan."],
    [undefined, "Nothing was changed: the session no longer waits for that."],
  ]) {
    const state = "working.implementation";
    bench.outcome = { taken: false, state, ...(note !== undefined && { note }) };
    const { status, text } = await bench.ask(decision({ type: "approve" }, headers));
    expect({ status, reply: JSON.parse(text) }).toEqual({
      status: 409,
      reply: { taken: false, message, state },
    });
  }
});

it("approves the plan that was shown, and no other", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  writeFileSync(join(bench.folder, "01-15-14:50-plan-jwt.md"), "# Plan\n");
  for (const planHash of [undefined, "0".repeat(64)]) {
    const value = { type: "approve", ...(planHash !== undefined && { planHash }) };
    const { status, text } = await bench.ask(decision(value, headers));
    expect(status).toBe(409);
    expect(text).toContain("The plan has changed since it was shown here.");
  }
  expect(bench.decided).toEqual([]);
});

it("takes no decision with --read-only", async () => {
  await using bench = await createPageBench({ readOnly: true });
  const headers = await asPage(bench);
  for (const value of [{ type: "approve" }, { type: "stop", atOnce: true }, null]) {
    expect(await bench.ask(decision(value, headers))).toMatchObject({ status: 403 });
  }
  for (const path of ["/", "/api/chart", "/api/stream"]) {
    expect(await bench.ask({ method: "POST", path, headers })).toMatchObject({ status: 405 });
  }
  expect(bench.decided).toEqual([]);
});

it("knows sessions by their name in the list alone", async () => {
  await using bench = await createPageBench();
  const headers = await asPage(bench);
  for (const session of ["../login", "26-01-15-login/../26-01-15-login", "/etc", "", "LOGIN"]) {
    const question = decision({ type: "approve" }, headers, session);
    expect(await bench.ask(question)).toMatchObject({ status: 404 });
  }
  expect(bench.decided).toEqual([]);
});
