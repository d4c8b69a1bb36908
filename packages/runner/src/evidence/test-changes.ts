/** A file that differs from where the branch started, with its text before and after; absent if it is not there. */
export interface ChangedFile {
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

const testFiles =
  /(?:^|\/)(?:tests?|specs?|__tests__|e2e)\/|[._-](?:test|spec)s?\.\w+$|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|test)\.\w+$|(?:Test|Tests|Spec)\.(?:java|kt|cs|scala|groovy|swift|php)$/;

/** What decides which tests are run, and how. */
const runnerFiles =
  /(?:^|\/)(?:(?:GNUm|m|M)akefile|[jJ]ustfile|Taskfile\.ya?ml|tox\.ini|pytest\.ini|setup\.cfg|pyproject\.toml|noxfile\.py|Rakefile|\.mocharc\.\w+|(?:vitest|vite|jest|playwright|cypress|karma)\.config\.\w+)$|^\.github\/workflows\/|^\.gitlab-ci\.yml$/;

const testWords =
  /\b(?:it|test)(?:\.\w+)*\s*\(|^\s*(?:async )?def test_|^\s*func Test|#\[(?:\w+::)?test\]|^\s*@(?:Test|ParameterizedTest)\b/gm;
const skipWords =
  /\b(?:it|test|describe|suite)\.(?:skip|todo|only|skipIf|fixme)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(|@(?:pytest\.mark\.(?:skip|xfail)|unittest\.skip|Disabled|Ignore)|pytest\.skip\(|\bt\.Skip|#\[ignore|\bskip:\s*true/g;

/** Whether a path is that of a test, as most languages and runners have it. */
export function isTestFile(path: string): boolean {
  return testFiles.test(path);
}

/** Whether a file can say which tests are run: worth reading in two versions. */
export function concernsTests(path: string, command: string): boolean {
  return isTestFile(path) || isManifest(path) || runnerFiles.test(path) || isNamed(path, command);
}

/**
 * Says what a change does to the tests that a human should know before relying on them: removed, emptied or skipped
 * tests, and changes of what runs them.
 *
 * @param command The test command.
 * @example
 * describeTestChange({ path: "a.test.ts", before: "test('a', f)" }, "npm test"); // "a.test.ts was removed"
 */
export function describeTestChange(
  { path, before, after }: ChangedFile,
  command: string,
): string | undefined {
  if (before === undefined || before === after) return undefined;
  if (isNamed(path, command)) {
    return `${path}, which the test command names, was ${after === undefined ? "removed" : "changed"}`;
  }
  if (isManifest(path)) return describeScripts(path, before, after ?? "");
  if (isTestFile(path)) {
    if (after === undefined) return `${path} was removed`;
    const [had, has] = [count(before, testWords), count(after, testWords)];
    if (after.trim() === "" || (had > 0 && has === 0)) return `${path} was emptied`;
    if (has < had) return `${path} has ${had - has} fewer tests (${has}, before ${had})`;
    const skipped = count(after, skipWords) - count(before, skipWords);
    return skipped > 0 ? `${path} skips or focuses tests in ${skipped} more places` : undefined;
  }
  if (!runnerFiles.test(path)) return undefined;
  return `${path} was ${after === undefined ? "removed" : "changed"}`;
}

function describeScripts(path: string, before: string, after: string): string | undefined {
  const [had, has] = [readTestScripts(before), readTestScripts(after)];
  const changed = [...new Set([...had.keys(), ...has.keys()])].filter(
    (name) => had.has(name) && had.get(name) !== has.get(name),
  );
  if (changed.length === 0) return undefined;
  return `${path}: ${changed.map((name) => `\`${name}\``).join(", ")} was changed`;
}

/** The scripts and settings of a `package.json` that tests depend on. */
function readTestScripts(text: string): ReadonlyMap<string, string> {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== "object" || manifest === null) return new Map();
    const scripts = "scripts" in manifest ? manifest.scripts : undefined;
    const all = [...Object.entries(scripts ?? {}), ...Object.entries(manifest)];
    const names = /test|^(?:jest|vitest|mocha|ava|tap)$/i;
    return new Map(
      all.flatMap(([name, value]) => (names.test(name) ? [[name, JSON.stringify(value)]] : [])),
    );
  } catch {
    return new Map();
  }
}

function isManifest(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path);
}

/** Whether the words of the test command name a file, as `sh scripts/check.sh` does. */
function isNamed(path: string, command: string): boolean {
  return command.split(/[\s;&|()'"]+/).some((word) => word.replace(/^\.\//, "") === path);
}

function count(text: string, words: RegExp): number {
  return [...text.matchAll(words)].length;
}
