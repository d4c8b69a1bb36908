import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file of the page, as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const names = {
  "/": ["index.html", "text/html; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
  "/icon.svg": ["icon.svg", "image/svg+xml"],
} as const;

/**
 * Reads the built page: the files by the path under which they are asked for.
 *
 * @throws {Error} when the page has not been built
 */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  return new Map(
    Object.entries(names).map(([path, [name, type]]) => [path, { type, bytes: readPage(name) }]),
  );
}

/** It lies beside this file when it is built, and in `dist` when this file is run from its source. */
function readPage(name: string): Buffer {
  for (const folder of ["./page/", "../dist/page/"]) {
    try {
      return readFileSync(fileURLToPath(new URL(`${folder}${name}`, import.meta.url)));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  throw new Error(`cannot find \`${name}\` of the page: build it first (\`pnpm build\`)`);
}
