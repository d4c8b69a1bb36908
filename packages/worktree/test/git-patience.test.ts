import { expect, test } from "vitest";
import { isPassing, tryPatiently } from "../src/git-patience.ts";

const failed = (message: string) => ({ ok: false, stdout: "", message });
const done = { ok: true, stdout: "done", message: "" };

test.each([
  "could not lock config file .git/config: File exists",
  "cannot lock ref 'refs/heads/b1': Unable to create '/r/.git/refs/heads/b1.lock': File exists.",
  "Unable to create '/r/.git/packed-refs.lock': File exists.",
  "failed to read .git/worktrees/w1/commondir: Success",
  "could not create directory of '.git/worktrees/b0': No such file or directory",
  "could not create leading directories of '.git/worktrees/b0/gitdir'",
  "unable to write upstream branch configuration",
  "unable to read tree 123",
])("another git is in the way of: %s", (message) => {
  expect(isPassing(failed(message))).toBe(true);
  expect(isPassing({ ok: true, message })).toBe(false);
});

test.each([
  "not a git repository (or any of the parent directories): .git",
  "'/wt/x' is a missing but locked worktree; use 'add -f -f' to override",
  "invalid reference: refs/heads/main",
  "a branch named 'fix' already exists",
  "",
])("waiting does not help against: %s", (message) => {
  expect(isPassing(failed(message))).toBe(false);
});

test("a command is tried again until it succeeds, and told how often it was", async () => {
  const tries: number[] = [];
  const result = await tryPatiently(async (count) => {
    tries.push(count);
    return count < 2 ? failed("could not lock config file") : done;
  });
  expect(result).toBe(done);
  expect(tries).toEqual([0, 1, 2]);
});

test("what waiting does not help against is tried once", async () => {
  let count = 0;
  const result = await tryPatiently(async () => {
    count++;
    return failed("invalid reference");
  });
  expect({ count, result }).toEqual({ count: 1, result: failed("invalid reference") });
});

test("patience ends", async () => {
  let count = 0;
  const attempt = async () => {
    count++;
    return failed("could not lock config file");
  };
  expect(await tryPatiently(attempt, { waitMs: 0 })).toEqual(await attempt());
  expect(count).toBe(2);
  await tryPatiently(attempt, { waitMs: 200 });
  expect(count).toBeGreaterThan(3);
});

test("the wait can be cancelled", async () => {
  const controller = new AbortController();
  const waiting = tryPatiently(
    async () => {
      setImmediate(() => controller.abort());
      return failed("could not lock config file");
    },
    { cancel: controller.signal },
  );
  await expect(waiting).rejects.toThrow("aborted");
});
