import { closeSync, lstatSync, readdirSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import { openRegularFile, sortByAge } from "@samocode/core/store";

/** A file that the agents of a session have written for people. */
export interface Artifact {
  readonly file: string;
  /** Its first heading. */
  readonly title?: string;
}

/** The most of a file that is read for its heading, in bytes. */
const headBytes = 2048;

/** The files that the agents of a session have written for people, the oldest first. */
export function listArtifacts(folder: string): readonly Artifact[] {
  const files = readdirSync(folder)
    .filter((name) => /^[^_.].*\.md$/.test(name))
    .flatMap((name) => {
      const stats = lstatSync(join(folder, name));
      return stats.isFile() ? [{ name, modifiedAt: stats.mtimeMs }] : [];
    });
  return sortByAge(files, basename(folder)).map(({ name: file }) => {
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
