/**
 * Gives the date that the folder of a session starts with, in local time.
 *
 * @example
 * formatSessionDate(new Date(2026, 0, 8)); // "26-01-08"
 */
export function formatSessionDate(date: Date): string {
  return [date.getFullYear() % 100, date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/**
 * Splits the name of a session folder into its date and the name of the session;
 * `undefined` if it does not start with a day that there is.
 *
 * @example
 * parseDatedName("26-01-08-bug-fix"); // { date: "26-01-08", name: "bug-fix" }
 */
export function parseDatedName(folderName: string): { date: string; name: string } | undefined {
  const [, year, month, day, name] = /^(\d\d)-(\d\d)-(\d\d)-(.+)$/su.exec(folderName) ?? [];
  if (year === undefined || name === undefined) return undefined;
  const date = new Date(2000 + Number(year), Number(month) - 1, Number(day));
  const text = `${year}-${month}-${day}`;
  return formatSessionDate(date) === text ? { date: text, name } : undefined;
}

/**
 * The moment that an overview spells as `MM-DD HH:MM`, in local time and in the year that its session folder starts
 * with, Unix time in ms; nothing if it cannot be known.
 *
 * @example
 * parseStarted("01-08 14:30", "26-01-08-bug-fix") === new Date(2026, 0, 8, 14, 30).getTime(); // true
 */
export function parseStarted(started: string | undefined, folderName: string): number | undefined {
  const dated = parseDatedName(folderName);
  const [, month, day, hours, minutes] =
    /^(\d\d)-(\d\d)[ T](\d\d):(\d\d)/.exec(started ?? "") ?? [];
  if (dated === undefined || month === undefined) return undefined;
  const year = 2000 + Number(dated.date.slice(0, 2));
  return new Date(year, Number(month) - 1, Number(day), Number(hours), Number(minutes)).getTime();
}
