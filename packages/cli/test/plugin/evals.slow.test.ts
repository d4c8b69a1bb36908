import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder, text, toolUse, type Script } from "@samocode/testkit";
import { execa } from "execa";
import { expect, it } from "vitest";
import { repository } from "../texts/text-tree.ts";
import { createPluginBench } from "./plugin-bench.ts";

interface Report {
  readonly cases: readonly {
    readonly name: string;
    readonly arms: {
      readonly with: readonly {
        readonly error: unknown;
        readonly graders: readonly { readonly name: string; readonly passed: boolean }[];
      }[];
    };
  }[];
}

const names = readdirSync(join(repository, "plugin/evals")).filter((name) => name !== "results");

/** Runs the cases on a scripted model; gives the graders that passed. What a judge must read is left out. */
async function passedWith(script: Script): Promise<readonly string[]> {
  await using bench = await createPluginBench(script);
  await using folder = await createTempFolder("samocode-evals-");
  // Reports are written into the folder of the plugin.
  const copy = join(folder.path, "plugin");
  cpSync(join(repository, "plugin"), copy, { recursive: true });
  const report = join(folder.path, "report.json");
  const flags = ["--trust-plugin", "--no-publish", "--runs", "1", "--ablation", "none"];
  await bench.claude("plugin", "eval", copy, ...flags, "--json", report);
  const { cases } = JSON.parse(readFileSync(report, "utf8")) as Report;
  expect(cases.map(({ name }) => name)).toEqual(names);
  return cases.flatMap(({ arms }) =>
    arms.with.flatMap(({ error, graders }) => {
      expect(error).toBeNull();
      return graders.filter(({ passed }) => passed).map(({ name }) => name);
    }),
  );
}

it("the cases can be run, and tell a model that keeps to the skills from one that does not", async () => {
  const good = await passedWith(({ prompt, turn }) => {
    if (prompt.includes("csv-export"))
      return turn === 0
        ? toolUse("Skill", { skill: "samocode:samocode-run" })
        : text('In the background: samocode-run csv-export --task "Add an export"');
    return text("# Task: x\n## Demands\n- y\n\n### Q1: z?\n**Suggestion:** A - short\n");
  });
  expect(good).toEqual([
    "writes-no-signal",
    "has-demands",
    "asks-with-a-suggestion",
    "takes-the-skill",
    "names-the-command",
    "wraps-it-in-nothing",
  ]);
  const bad = await passedWith(() => text("I run timeout 600 samocode-run csv-export."));
  expect(bad).toEqual(["writes-no-signal"]);
});

it("without a key they are skipped, with the reason", async () => {
  const { stdout, exitCode } = await execa("node", ["scripts/evals.mjs"], {
    cwd: repository,
    env: { PATH: process.env["PATH"] ?? "" },
    extendEnv: false,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^evals skipped: they need a real model, and neither ANTHROPIC_API_KEY nor/,
  );
});
