import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { RunEventLine } from "@samocode/core";
import { execa } from "execa";
import { expect, it } from "vitest";
import { createBench, signal, steps } from "./support/runner-cli.ts";

const { ask, investigate, plan, implement, test, clean, sum } = steps;
const binary = fileURLToPath(new URL("../bin/samocode-run.js", import.meta.url));

const block = [
  signal({
    status: "blocked",
    phase: "implementation",
    reason: "no access",
    needs: "clarification",
  }),
];

/** What somebody would write who knows nothing of a session but the exit codes. */
const script = `
run() { node "$BINARY" "$@"; }
run t --task "Add JWT login." --json --no-wait >>events.jsonl
code=$?
while :; do
  echo "run $code" >>codes.txt
  case $code in
  0) exit 0 ;;
  3)
    run answer t --suggestions --json >>decisions.jsonl
    answered=$?
    if [ $answered != 0 ] && [ ! -e rejected ]; then
      touch rejected
      run reject t --feedback "use cookies" --json >>decisions.jsonl
      echo "reject $?" >>codes.txt
    elif [ $answered != 0 ]; then
      run approve t --json >>decisions.jsonl
      echo "approve $?" >>codes.txt
    else
      echo "answer $answered" >>codes.txt
    fi
    ;;
  4)
    run resume t --note "you have access now" --json >>decisions.jsonl
    echo "resume $?" >>codes.txt
    ;;
  *) exit 9 ;;
  esac
  run t --json --no-wait >>events.jsonl
  code=$?
done
`;

it("a script takes a whole session to done with nothing but exit codes", async () => {
  await using bench = await createBench({
    calls: [ask, investigate, plan, plan, block, implement, test, clean, sum],
  });
  const { root, env } = bench.project;
  const path = join(root, "session.sh");
  writeFileSync(path, script);
  const { exitCode, stderr } = await execa("sh", [path], {
    cwd: root,
    env: { ...env, CLAUDE_PATH: bench.claude.path, BINARY: binary },
    extendEnv: false,
    reject: false,
  });
  expect(stderr).not.toContain("this is a bug");
  expect(exitCode).toBe(0);
  expect(read(root, "codes.txt")).toEqual([
    "run 3",
    "answer 0",
    "run 3",
    "reject 0",
    "run 3",
    "approve 0",
    "run 4",
    "resume 0",
    "run 0",
  ]);
  expect(bench.status()).toMatchObject({ phase: "done", blocked: "no" });
  expect(bench.claude.calls()[3]?.prompt).toContain("> use cookies");
  expect(bench.claude.calls()[5]?.prompt).toContain("> you have access now");

  const events = read(root, "events.jsonl").map((line) => RunEventLine.parse(JSON.parse(line)));
  const rests = events.flatMap((event) =>
    event.type === "session.rested" ? [event.exitCode] : [],
  );
  expect(rests).toEqual([3, 3, 3, 4, 0]);
  const decisions = read(root, "decisions.jsonl").map((line): unknown => JSON.parse(line));
  for (const decision of decisions) {
    expect(decision).toMatchObject({ session: "t", taken: expect.any(Boolean) });
  }
});

it("a script is told by its exit code that there is nothing to answer, approve, reject or resume", async () => {
  await using bench = await createBench({ calls: [ask] });
  await bench.run("t", "--task", "x");
  await bench.run("answer", "t", "--suggestions");
  for (const args of [["answer", "--suggestions"], ["approve"], ["reject", "--feedback", "x"]]) {
    const [verb = "", ...flags] = args;
    const { exitCode, stderr } = await bench.run(verb, "t", ...flags);
    expect([verb, exitCode]).toEqual([verb, 2]);
    expect(stderr).toContain("The last decision: ");
  }
  expect(await bench.run("status", "nobody", "--json")).toMatchObject({ exitCode: 2, stdout: "" });
});

function read(root: string, name: string): string[] {
  return readFileSync(join(root, name), "utf8").trim().split("\n");
}
