import { describe, expect, it } from "vitest";
import { findZone, localZone, momentOf, wallTimeAt, type Zone } from "../src/zone-time.ts";

const wall = (year: number, month: number, day: number, hour: number, minute = 0) => ({
  year,
  month,
  day,
  hour,
  minute,
});

describe("a time zone", () => {
  it.each([
    ["UTC", 0],
    ["gmt", 0],
    ["Z", 0],
    ["+2", 120],
    ["UTC+2", 120],
    ["GMT-05:30", -330],
    ["+0530", 330],
    ["-03", -180],
    ["Europe/Berlin", "Europe/Berlin"],
    ["Nowhere/Land", undefined],
    ["UTC+", undefined],
    ["3pm", undefined],
  ])("is found by %s: %s", (name, zone) => {
    expect(findZone(name)).toBe(zone);
  });

  it("of this machine is one that can be found", () => {
    expect(findZone(String(localZone()))).toBeDefined();
  });
});

describe("the clock of a zone", () => {
  it.each<[Zone, number, ReturnType<typeof wall>]>([
    [0, Date.UTC(2026, 0, 1, 0, 5), wall(2026, 1, 1, 0, 5)],
    [-330, Date.UTC(2026, 0, 1, 0, 5), wall(2025, 12, 31, 18, 35)],
    ["Europe/Berlin", Date.UTC(2026, 0, 1, 23, 59), wall(2026, 1, 2, 0, 59)],
    ["Europe/Berlin", Date.UTC(2026, 6, 1, 12), wall(2026, 7, 1, 14)],
    ["America/New_York", Date.UTC(2026, 2, 8, 7), wall(2026, 3, 8, 3)],
    ["America/New_York", Date.UTC(2026, 2, 8, 6, 59), wall(2026, 3, 8, 1, 59)],
    ["Asia/Kathmandu", Date.UTC(2026, 10, 30), wall(2026, 11, 30, 5, 45)],
  ])("%s at %d", (zone, at, shown) => {
    expect(wallTimeAt(at, zone)).toEqual(shown);
    expect(momentOf(shown, zone)).toBe(at);
  });

  it("shows one hour twice, and skips one", () => {
    const twice = momentOf(wall(2026, 11, 1, 1, 30), "America/New_York");
    expect([Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)]).toContain(twice);
    const skipped = momentOf(wall(2026, 3, 8, 2, 30), "America/New_York");
    expect(Math.abs(skipped - Date.UTC(2026, 2, 8, 7))).toBeLessThanOrEqual(3_600_000);
  });

  it("takes days and hours that run over", () => {
    expect(momentOf(wall(2026, 12, 32, 24), 0)).toBe(Date.UTC(2027, 0, 2));
  });
});
