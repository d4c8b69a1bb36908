/** A span of time for people: `42 s`, `3 min`, `1 h 02`, `2 days`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return minutes < 10 ? `${minutes} min ${pad(seconds % 60)}` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${pad(minutes % 60)}`;
  return `${Math.floor(hours / 24)} days`;
}

/** An amount of money: `$1.20`; a small one with more places: `$0.004`. */
export function formatMoney(usd: number): string {
  if (usd > 0 && usd < 0.01) return `$${usd.toFixed(4).replace(/0+$/, "")}`;
  return `$${usd.toFixed(2)}`;
}

/** The cost of a session, which is the least that it can be if not every iteration has told its own. */
export function formatCost({ costUsd, costIsLeast }: Cost): string {
  return `${costIsLeast === true ? "≥ " : ""}${formatMoney(costUsd)}`;
}

interface Cost {
  readonly costUsd: number;
  readonly costIsLeast?: boolean;
}

/** A number of tokens: `950`, `12k`, `1.2M`. */
export function formatCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${Math.round(count / 1000)}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** A number of bytes: `950 B`, `12 KB`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The time of a record as Unix time in ms, if it has one. The Python samocode writes local time. */
export function parseTime(text: string | undefined): number | undefined {
  const time = Date.parse((text ?? "").replace(" ", "T"));
  return Number.isNaN(time) ? undefined : time;
}

/** A moment as a person reads it: the time, with the day if that is not today. */
export function formatTime(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString([], { month: "short", day: "numeric" })}, ${time}`;
}

/** `1 iteration`, `2 iterations`. */
export function formatNumberOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}
