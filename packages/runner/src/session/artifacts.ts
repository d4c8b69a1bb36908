import { closeSync, lstatSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { openRegularFile } from "@samocode/core";
import type { Artifact } from "./story-text.ts";

/** The most of a file that is read for its heading, in bytes. */
const headBytes = 2048;

/** The files that the agents of a session have written for people, by name, and so by time. */
export function listArtifacts(folder: string): readonly Artifact[] {
  return readdirSync(folder)
    .filter((file) => /^[^_.].*\.md$/.test(file))
    .filter((file) => lstatSync(join(folder, file)).isFile())
    .toSorted()
    .map((file) => {
      const title = headingOf(join(folder, file));
      return { file, ...(title !== undefined && { title }) };
    });
}

function headingOf(path: string): string | undefined {
  const file = openRegularFile(path);
  try {
    const bytes = Buffer.alloc(headBytes);
    const text = bytes.toString("utf8", 0, readSync(file, bytes, 0, headBytes, 0));
    return /^#{1,2}[ \t]+(.+?)[ \t#]*$/m.exec(text)?.[1];
  } finally {
    closeSync(file);
  }
}
