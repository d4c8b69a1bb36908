/** A file of a session whose name begins with when it was written, `MM-DD-HH:MM-`. */
export interface DatedFile {
  readonly name: string;
  /** When it was last written, Unix time in ms. */
  readonly modifiedAt: number;
}

/** A clock can be set back: by the hour of winter time, by a wrong time zone, by a day. Longer than that, names decide. */
const clockErrorMs = 26 * 3_600_000;

/** Files that were written within this time of each other were copied together: then their names alone count. */
const copiedMs = 2000;

/**
 * Sorts the files of a session by age, the oldest first. Their names carry no year: it is that of the session's
 * folder, and the next one for days of the year before that of the session. If the folder has no date, the year is
 * the one that brings the name nearest to when the file was written.
 *
 * @param folderName Such as `26-12-31-login`.
 * @example
 * const files = ["01-01-00:20-plan-b.md", "12-31-23:50-plan-a.md"].map((name) => ({ name, modifiedAt: 0 }));
 * sortByAge(files, "26-12-31-login")[1].name; // "01-01-00:20-plan-b.md"
 */
export function sortByAge<File extends DatedFile>(
  files: readonly File[],
  folderName: string,
): readonly File[] {
  return files
    .map((file) => ({ file, at: momentOf(file, folderName) }))
    .toSorted((one, other) => one.at - other.at || (one.file.name < other.file.name ? -1 : 1))
    .map(({ file }) => file);
}

/**
 * The newest of the files of a session. Among those whose names are about a day apart, the one that was written last:
 * the clock may have been set back between them.
 */
export function findNewest<File extends DatedFile>(
  files: readonly File[],
  folderName: string,
): File | undefined {
  const sorted = sortByAge(files, folderName);
  const last = sorted.at(-1);
  if (last === undefined) return undefined;
  const since = momentOf(last, folderName) - clockErrorMs;
  const near = sorted.filter((file) => momentOf(file, folderName) >= since);
  // From the last on, so that of files that were copied together the name decides.
  return near
    .toReversed()
    .reduce((best, file) => (file.modifiedAt > best.modifiedAt + copiedMs ? file : best));
}

/** When a file was written, as its name says, Unix time in ms; a name without it says when it was modified. */
function momentOf({ name, modifiedAt }: DatedFile, folderName: string): number {
  const [, month, day, hours, minutes] = /^(\d\d)-(\d\d)-(\d\d):?(\d\d)-/.exec(name) ?? [];
  if (month === undefined) return modifiedAt;
  const inYear = (year: number): number =>
    Date.UTC(year, Number(month) - 1, Number(day), Number(hours), Number(minutes));
  const [, year, ...start] = /^(\d\d)-(\d\d)-(\d\d)-/.exec(folderName) ?? [];
  if (year !== undefined) {
    const isNextYear = `${month}-${day}` < start.join("-");
    return inYear(2000 + Number(year) + (isNextYear ? 1 : 0));
  }
  const written = new Date(modifiedAt).getUTCFullYear();
  const distance = (moment: number): number => Math.abs(moment - modifiedAt);
  return [written - 1, written, written + 1]
    .map(inYear)
    .reduce((best, moment) => (distance(moment) < distance(best) ? moment : best));
}
