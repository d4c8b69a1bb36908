import { mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTempFolder, type TempFolder } from "@samocode/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  archiveFolder,
  findAnySession,
  findArchived,
  listArchived,
} from "../src/archived-session.ts";
import { listArtifacts } from "../src/artifacts.ts";
import { listLogs } from "../src/session-logs.ts";
import { addSession, planned } from "./support/waiting-session.ts";

let temp: TempFolder;
beforeEach(async () => {
  temp = await createTempFolder();
});
afterEach(() => temp.dispose());

const write = (name: string, text = ""): void => writeFileSync(join(temp.path, name), text);

const list = (iteration?: number) => listLogs({ folder: temp.path }, iteration);

describe("listLogs", () => {
  it("finds nothing if there is no folder of logs, or something else in its place", () => {
    expect(list()).toEqual([]);
    write("_logs");
    expect(list()).toEqual([]);
  });

  it("lists the logs of iterations, the oldest first, a repaired signal after its iteration", () => {
    mkdirSync(join(temp.path, "_logs"));
    for (const name of [
      "01-15-1450-010-testing.jsonl",
      "01-15-1430-002-planning-mend.jsonl",
      "01-15-1430-002-planning.jsonl",
      "01-14-2359-001-investigation.jsonl",
      "01-15-1430-002-planning.prompt.md",
      "x01-15-1430-003-planning.jsonl",
      "01-15-1430-003-planning.jsonl.draft",
      "01-15-1430--planning.jsonl",
      "01-15-1430-003-.jsonl",
      "runner.stderr.txt",
    ]) {
      write(join("_logs", name));
    }
    mkdirSync(join(temp.path, "_logs/01-15-1451-011-testing.jsonl"));
    symlinkSync("/etc/passwd", join(temp.path, "_logs/01-15-1451-012-testing.jsonl"));
    expect(list()).toEqual([
      { log: "_logs/01-14-2359-001-investigation.jsonl", iteration: 1, phase: "investigation" },
      { log: "_logs/01-15-1430-002-planning.jsonl", iteration: 2, phase: "planning" },
      { log: "_logs/01-15-1430-002-planning-mend.jsonl", iteration: 2, phase: "planning-mend" },
      { log: "_logs/01-15-1450-010-testing.jsonl", iteration: 10, phase: "testing" },
    ]);
    expect(list(2).map(({ phase }) => phase)).toEqual(["planning", "planning-mend"]);
    expect(list(10)).toHaveLength(1);
    expect(list(3)).toEqual([]);
  });
});

describe("listArtifacts", () => {
  it("lists what agents have written for people, of one moment by name, with the first heading of each", () => {
    write("b-plan.md", "intro\n\n## The *plan* ##\n# Later\n");
    write("a-notes.md", "no heading\n### too deep\n#tag\n");
    write("c-dive.md", `# ${"x".repeat(20)}`);
    write("d-late.md", `${"y".repeat(2048)}\n# Too late\n`);
    write("_overview.md", "# Session\n");
    write(".hidden.md", "# Hidden\n");
    write("notes.txt", "# No Markdown\n");
    write("readme.md.bak", "# Old\n");
    for (const name of readdirSync(temp.path)) utimesSync(join(temp.path, name), 1, 1);
    mkdirSync(join(temp.path, "folder.md"));
    symlinkSync(join(temp.path, "b-plan.md"), join(temp.path, "link.md"));
    expect(listArtifacts(temp.path)).toEqual([
      { file: "a-notes.md" },
      { file: "b-plan.md", title: "The *plan*" },
      { file: "c-dive.md", title: "x".repeat(20) },
      { file: "d-late.md" },
    ]);
  });
});

const search = (argument: string) => ({
  argument,
  sessions: temp.path,
  cwd: temp.path,
  projectFolders: [],
  now: new Date("2026-02-01T12:00:00Z"),
});

describe("archived sessions", () => {
  it("are none before there is an archive, or if a link is in its place", async () => {
    const words = `cannot find an archived session \`login\`: nothing is archived in \`${temp.path}\`.`;
    expect(archiveFolder(temp.path)).toBe(join(temp.path, "_archive"));
    expect(await listArchived(temp.path)).toEqual([]);
    await expect(findArchived(search("login"))).rejects.toThrow(words);
    await using elsewhere = await createTempFolder();
    addSession(elsewhere.path, "26-01-15-login", planned);
    symlinkSync(elsewhere.path, archiveFolder(temp.path));
    expect(await listArchived(temp.path)).toEqual([]);
    await expect(findArchived(search("login"))).rejects.toMatchObject({
      code: "SAMOCODE_SESSION_NOT_FOUND",
      message: words,
    });
  });

  it("are found by name, unless one that is not archived has it", async () => {
    mkdirSync(archiveFolder(temp.path));
    addSession(archiveFolder(temp.path), "26-01-15-login", planned);
    addSession(archiveFolder(temp.path), "26-01-16-pay", planned);
    const archived = join(archiveFolder(temp.path), "26-01-15-login");
    expect((await listArchived(temp.path)).map(({ folder }) => folder)).toEqual([
      join(archiveFolder(temp.path), "26-01-16-pay"),
      archived,
    ]);
    expect((await findArchived(search("login"))).folder).toBe(archived);
    expect(await findAnySession(search("login"))).toMatchObject({
      isArchived: true,
      place: { folder: archived },
    });
    addSession(temp.path, "26-01-20-login", planned);
    expect(await findAnySession(search("login"))).toMatchObject({
      isArchived: false,
      place: { folder: join(temp.path, "26-01-20-login") },
    });
  });

  it("are not named if there is none either: the fault is that of the search among the others", async () => {
    mkdirSync(archiveFolder(temp.path));
    addSession(temp.path, "26-01-20-login", planned);
    await expect(findAnySession(search("pay"))).rejects.toThrow(
      /^cannot find a session `pay` in `[^`]*`\. /,
    );
  });
});
