/**
 * A span of time in one figure, for a column of a table: `42s`, `12m`, `3h`, `5d`, `7w`.
 *
 * @example
 * formatAge(5 * 3_600_000); // "5h"
 */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  return days < 60 ? `${days}d` : `${Math.floor(days / 7)}w`;
}
