import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that exists until it is disposed of. */
export interface TempFolder extends AsyncDisposable {
  /** Absolute, without a symbolic link in it. */
  readonly path: string;
  /** Remove the folder and all that is in it; a second call does nothing. */
  dispose(): Promise<void>;
}

/**
 * Make an empty folder in the temp folder of the machine, or in another one.
 *
 * @example
 * await using folder = await createTempFolder();
 */
export async function createTempFolder(
  prefix = "samocode-",
  parent = tmpdir(),
): Promise<TempFolder> {
  const path = await mkdtemp(join(await realpath(parent), prefix));
  async function dispose(): Promise<void> {
    // A process that was just stopped may still write into the folder while it is removed.
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
  return { path, dispose, [Symbol.asyncDispose]: dispose };
}
