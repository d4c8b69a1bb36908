// Makes the built files of sources that hold mutants. `tsc` would refuse them: a mutant need not fit its type.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "rolldown/utils";

/** Compiles files of `packages/NAME/src` to `dist`. @param files Relative to `folder`. */
export function compileSources(folder, files) {
  for (const file of files.filter((name) => /^packages\/[^/]+\/src\/.*\.ts$/.test(name))) {
    const options = { sourcemap: false, typescript: { rewriteImportExtensions: "rewrite" } };
    const { code, errors } = transformSync(file, readFileSync(join(folder, file), "utf8"), options);
    if (errors.length > 0) throw new Error(`cannot compile ${file}: ${errors[0].message}`);
    const built = join(folder, file.replace("/src/", "/dist/").replace(/\.ts$/, ".js"));
    mkdirSync(dirname(built), { recursive: true });
    writeFileSync(built, code);
  }
}
