import { once } from "node:events";

/**
 * Waits until whoever reads stdout has kept up, so that what is printed does not pile up in memory; false if
 * nobody reads it any more.
 */
export async function waitForRoom(): Promise<boolean> {
  const { stdout } = process;
  try {
    if (stdout.writable && stdout.writableNeedDrain) await once(stdout, "drain");
  } catch {
    // It was closed, as by `| head`.
    return false;
  }
  return stdout.writable;
}
