import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ApproveDocument, DecisionDocument } from "@samocode/session";
import { createBench, steps, type Bench } from "./support/runner-cli.ts";

const { investigate, plan } = steps;

const json = (text: string): unknown => JSON.parse(text);
const removePlan = (bench: Bench): void => rmSync(join(bench.folder(), "01-15-14:50-plan-jwt.md"));

it("says that no plan was approved where all plan files are gone, to persons and to scripts", async () => {
  await using bench = await createBench({ calls: [investigate, plan, plan] });
  await bench.run("t", "--task", "x");
  removePlan(bench);
  expect(await bench.run("approve", "t")).toEqual({
    exitCode: 0,
    stdout: "t: the plan is approved\nContinue with: samocode-run t",
    stderr: "samocode-run: there is no plan file; a plan written later will need its own approval",
  });
  await bench.run("resume", "t", "--phase", "planning");
  await bench.run("t");
  removePlan(bench);
  const { exitCode, stdout, stderr } = await bench.run("approve", "t", "--json");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(json(stdout)).toEqual(ApproveDocument.parse(json(stdout)));
  expect(json(stdout)).toMatchObject({ taken: true, plan: null });
});

it("prints the document of a decision that came too late as well, as its schema says", async () => {
  await using bench = await createBench({ calls: [investigate, plan] });
  await bench.run("t", "--task", "x");
  await bench.run("approve", "t");
  const late = await bench.run("reject", "t", "--feedback", "no", "--json");
  expect(late).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("cannot reject") });
  expect(json(late.stdout)).toEqual(DecisionDocument.parse(json(late.stdout)));
  expect(json(late.stdout)).toMatchObject({
    taken: false,
    first: expect.stringContaining("approved the plan"),
  });
});
