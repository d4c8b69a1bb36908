import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { createTempFolder } from "@samocode/testkit";
import { execa } from "execa";
import { afterAll, beforeEach, expect, it } from "vitest";
import { version } from "../../src/version.ts";
import { repository } from "../texts/text-tree.ts";

const launcher = "plugin/bin/samocode-run";
const clean = [dirname(process.execPath), "/usr/bin", "/bin"];

const folder = await createTempFolder("samocode launcher's $(x) * ");
let count = 0;
/** A folder that is new for each test. */
let place: string;

beforeEach(() => {
  place = join(folder.path, String(count++));
  mkdirSync(place);
});

afterAll(() => folder.dispose());

/** What a binary says of itself: its name here, and what it was given. */
const program = (name: string) =>
  `process.stdout.write(JSON.stringify({ name: ${JSON.stringify(name)}, words: process.argv.slice(2), cwd: process.cwd() }));\n`;

/** Makes a folder with the plugin and, beside it, what makes a clone of it. */
function makeClone(name: string, { isBuilt = true } = {}): string {
  const clone = join(place, name);
  const cli = join(clone, "packages/cli");
  cpSync(join(repository, "plugin"), join(clone, "plugin"), { recursive: true });
  mkdirSync(join(cli, "bin"), { recursive: true });
  writeFileSync(join(cli, "package.json"), "{}");
  writeFileSync(join(cli, "bin/samocode-run.js"), program(name));
  if (isBuilt) {
    mkdirSync(join(cli, "bundle"));
    writeFileSync(join(cli, "bundle/samocode-run.js"), "");
  }
  return join(clone, launcher);
}

/** Makes a folder with the plugin and nothing around it. */
function makePlugin(name: string): string {
  cpSync(join(repository, "plugin"), join(place, name, "plugin"), { recursive: true });
  return join(place, name, launcher);
}

/** Makes a folder for the PATH with a samocode-run in it. */
function makeInstalled(name: string, text = `#!${process.execPath}\n${program(name)}`): string {
  mkdirSync(join(place, name));
  const path = join(place, name, "samocode-run");
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return dirname(path);
}

async function call(
  path: string,
  words: readonly string[] = [],
  { folders = clean, cwd = "/" }: { folders?: readonly string[]; cwd?: string } = {},
) {
  const env = { PATH: folders.join(":"), CDPATH: join(place, "decoy") };
  return execa(path, words, { cwd, env, extendEnv: false, reject: false, timeout: 50_000 });
}

/** The name of the binary that was reached. */
async function reached(...args: Parameters<typeof call>): Promise<unknown> {
  const { stdout, stderr, exitCode } = await call(...args);
  return exitCode === 0 ? (JSON.parse(stdout) as { name: string }).name : stderr;
}

const nowhere =
  /^cannot run `samocode-run`: expected it in a clone .* pnpm@12 install.* ln -s [^\n]*$/;

it("is a program, and leads to the binary of this clone and of its package", async () => {
  for (const path of [launcher, `packages/cli/bundle/${launcher}`]) {
    const { mode } = statSync(join(repository, path));
    expect(mode & 0o111).toBe(0o111);
    expect(await call(join(repository, path), ["--version"])).toMatchObject({
      exitCode: 0,
      stdout: version(),
    });
  }
});

/** Packs the package, and gives the name of the archive in `place`. */
async function pack(): Promise<string> {
  const options = { cwd: join(repository, "packages/cli"), env: { npm_config_cache: place } };
  await execa("npm", ["pack", "--silent", "--pack-destination", place], options);
  return `samocode-run-${version()}.tgz`;
}

it("installs from its package into an empty folder, and plays the demo there", async () => {
  const options = { cwd: place, env: { npm_config_cache: join(place, "cache") } };
  await execa("npm", ["install", "--offline", "--no-audit", join(place, await pack())], options);
  const { stdout } = await execa("npx", ["--offline", "samocode-run", "demo"], options);
  expect(stdout).toContain("The path of this session through the statechart:");
});

it("runs by the path that it had in the package of the runner", async () => {
  const path = join(repository, "packages/runner/bin/samocode-run.js");
  expect(await call(path, ["--version"])).toMatchObject({ exitCode: 0, stdout: version() });
});

it("comes with the package as a program that leads to the binary of the package", async () => {
  await execa("tar", ["-xzf", await pack()], { cwd: place });
  expect(
    await call(join(place, "package/bundle", launcher), ["--help"], { cwd: place }),
  ).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Usage: samocode-run /) });
});

it("gives the binary its words as they are, in the folder that it was called in", async () => {
  const words = ["", " a  b ", "*", "$(echo x) `y` \\ \"q\" 'r'", "-n", "--", "line\nline\n", "é"];
  const { stdout } = await call(makeClone("clone"), words, { cwd: place });
  expect(JSON.parse(stdout)).toEqual({ name: "clone", words, cwd: realpathSync(place) });
});

it("ends as the binary does, and leaves it the streams", async () => {
  const path = makeClone("clone");
  const text = "process.stdin.pipe(process.stderr); process.exitCode = 3;";
  writeFileSync(join(place, "clone/packages/cli/bin/samocode-run.js"), text);
  const env = { PATH: clean.join(":") };
  expect(
    await execa(path, { input: "in\nout", env, extendEnv: false, reject: false }),
  ).toMatchObject({ exitCode: 3, stdout: "", stderr: "in\nout" });
});

it("takes the clone before the package, and both before the PATH", async () => {
  const folders = [makeInstalled("installed"), ...clean];
  const path = makePlugin("both");
  writeFileSync(join(place, "both/samocode-run.js"), program("package"));
  expect(await reached(path, [], { folders })).toBe("package");
  expect(await reached(makeClone("both"), [], { folders })).toBe("both");
});

it("takes the PATH where the clone is not built, and if there is none", async () => {
  const folders = [...clean, makeInstalled("installed"), makeInstalled("later")];
  expect(await reached(makeClone("clone", { isBuilt: false }), [], { folders })).toBe("installed");
  expect(await reached(makePlugin("cache"), [], { folders })).toBe("installed");
});

it("says what to do if there is none, and where the clone is not built", async () => {
  expect(await call(makePlugin("cache"))).toMatchObject({
    exitCode: 127,
    stdout: "",
    stderr: expect.stringMatching(nowhere),
  });
  const { exitCode, stderr } = await call(makeClone("clone", { isBuilt: false }));
  expect(exitCode).toBe(127);
  expect(stderr).toBe(
    `cannot run \`samocode-run\`: expected it built in the clone \`${join(place, "clone")}\`, or on the PATH. Build it there: npx -y pnpm@12 install`,
  );
});

it("says that Node is missing, unless one on the PATH does without it", async () => {
  const path = makeClone("clone");
  expect(await call(path, [], { folders: [place] })).toMatchObject({
    exitCode: 127,
    stderr: expect.stringMatching(
      /^cannot run `samocode-run`: expected `node` on the PATH\. [^\n]*$/,
    ),
  });
  expect(await reached(path, [], { folders: [makeInstalled("whole")] })).toBe("whole");
});

it("finds its place through links, by the PATH and by a bare name", async () => {
  const path = makeClone("clone");
  mkdirSync(join(place, "links"));
  const [one, two, three] = ["links/samocode-run", "two", "links/three"].map((name) =>
    join(place, name),
  ) as [string, string, string];
  symlinkSync(path, three);
  symlinkSync("links/three", two);
  symlinkSync("../two", one);
  symlinkSync(dirname(path), join(place, "bin"));
  for (const each of [one, two, three, join(place, "bin/samocode-run")])
    expect(await reached(each)).toBe("clone");
  expect(await reached(`./${relative(place, two)}`, [], { cwd: place })).toBe("clone");
  expect(await reached("/bin/sh", ["samocode-run"], { cwd: dirname(path) })).toBe("clone");
  makeClone("decoy");
  const top = join(place, "clone");
  expect(await reached("/bin/sh", [launcher], { cwd: top })).toBe("clone");
  const options = { folders: [join(place, "links"), ...clean] };
  expect(await reached("/bin/sh", ["-c", "samocode-run"], options)).toBe("clone");
});

it.each([
  ["itself", dirname],
  ["a link to itself", linkTo],
  ["another one that has no binary either", () => linkTo(makePlugin("other"))],
])("passes by %s", async (_, make) => {
  const path = makePlugin("cache");
  const folders = [make(path), ...clean];
  expect(await reached(path, [], { folders })).toMatch(nowhere);
  expect(await reached(path, [], { folders: [...folders, makeInstalled("installed")] })).toBe(
    "installed",
  );
});

it.each([
  ["a copy of it", copyOf],
  ["a script", (path: string) => makeInstalled("back", `#!/bin/sh\nexec '${quoted(path)}' "$@"\n`)],
])("is not called for ever by %s that calls it back", async (_, make) => {
  const path = makePlugin("cache");
  expect(await reached(path, [], { folders: [make(path), ...clean] })).toMatch(nowhere);
});

it("works as a copy of its own on the PATH, and is not called for ever then either", async () => {
  const copied = copyOf(makePlugin("cache"));
  const path = join(copied, "samocode-run");
  expect(await reached(path, [], { folders: [copied, ...clean] })).toMatch(nowhere);
  const folders = [copied, ...clean, makeInstalled("installed")];
  expect(await reached(path, [], { folders })).toBe("installed");
});

it("takes the binary of another plugin that is on the PATH", async () => {
  const folders = [linkTo(makeClone("other")), ...clean];
  expect(await reached(makePlugin("cache"), [], { folders })).toBe("other");
});

it("takes nothing from the folder that it is called in", async () => {
  const cwd = makeInstalled("project");
  for (const each of ["", ".", "../project"])
    expect(
      await reached(makePlugin(`cache${each.length}`), [], { cwd, folders: [each, ...clean] }),
    ).toMatch(nowhere);
});

it("passes by what is no program", async () => {
  const file = makeInstalled("file");
  chmodSync(join(file, "samocode-run"), 0o644);
  mkdirSync(join(place, "folder/samocode-run"), { recursive: true });
  mkdirSync(join(place, "loop"));
  symlinkSync("samocode-run", join(place, "loop/samocode-run"));
  const folders = [file, join(place, "folder"), join(place, "loop"), ...clean];
  expect(await reached(makePlugin("cache"), [], { folders })).toMatch(nowhere);
  expect(
    await reached(makePlugin("cache"), [], { folders: [...folders, makeInstalled("installed")] }),
  ).toBe("installed");
});

function linkTo(path: string): string {
  mkdirSync(join(place, "linked"));
  symlinkSync(path, join(place, "linked/samocode-run"));
  return join(place, "linked");
}

function copyOf(path: string): string {
  mkdirSync(join(place, "copied"));
  copyFileSync(path, join(place, "copied/samocode-run"));
  return join(place, "copied");
}

function quoted(path: string): string {
  return path.replaceAll("'", String.raw`'\''`);
}
