import { open } from "node:fs/promises";

/**
 * Reads the end of a text file, at most `maxBytes` of it, however long it is.
 *
 * @throws the error of the file system
 * @example
 * await readFileEnd("/sessions/x/_logs/tests.txt", 4096);
 */
export async function readFileEnd(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const position = Math.max(0, size - maxBytes);
    const buffer = Buffer.alloc(size - position);
    const { bytesRead } = await file.read({ buffer, position });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
