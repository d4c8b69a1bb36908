import { describe, expect, it } from "vitest";
import { findUsageLimit } from "../src/usage-limit.ts";

const at = Date.UTC(2026, 10, 30, 12);
const hour = 3_600_000;
const find = (words: string, more: { status?: number; resetsAt?: number } = { status: 429 }) =>
  findUsageLimit({ words, at, ...more });

describe("words of a usage limit", () => {
  it.each([
    "Session limit reached ∙ resets 3:27pm (UTC)",
    "Weekly limit reached ∙ resets Nov 30, 3:27pm (UTC)",
    "Opus weekly limit reached ∙ resets 3:27pm (UTC)",
    "Spending cap reached resets 3:27pm (UTC)",
    "5-hour limit reached ∙ resets 3:27pm (UTC)",
    "You've hit your session limit · resets 3:27pm (UTC)",
    "You've hit your weekly limit · resets Nov 30, 3:27pm (UTC)",
    "You've hit your Opus limit · resets 3:27pm (UTC)",
    "You've hit your limit · resets 3:27pm (UTC)",
    "You're out of extra usage · resets 3:27pm (UTC)",
    "You've reached your usage limit. Your limit will reset at 3:27pm (UTC).",
    "Your account has exceeded its monthly limit, try again at 3:27pm (UTC)",
    `Claude AI usage limit reached|${(at + 3.45 * hour) / 1000}`,
    "You have hit your token limit · resets 3:27pm (UTC)",
  ])("%s", (words) => {
    expect(find(words)).toEqual({ until: Date.UTC(2026, 10, 30, 15, 27) });
  });

  it.each(["You've hit your 5-hour limit", "Claude usage limit reached", "You are out of usage"])(
    "%s: the time is not told",
    (words) => {
      expect(find(words)).toEqual({});
      expect(find(words, {})).toEqual({});
    },
  );

  it.each([
    "API Error: Request rejected (429) · Too many requests",
    "Server is temporarily limiting requests (not your usage limit)",
    "Server limit reached (not your usage limit)",
    "API Error: Rate limit reached",
    "Number of request tokens has exceeded your per-minute rate limit",
    "You have reached your output token limit",
    "Context limit reached · /compact or /clear to continue",
    "You have hit your concurrency limit",
    "API Error: Repeated 529 Overloaded errors",
    "",
  ])("%j are not", (words) => {
    expect(find(words)).toBeUndefined();
    expect(find(words, {})).toBeUndefined();
  });

  it.each([400, 401, 403, 500, 529])("of an answer with status %d are not", (status) => {
    expect(find("You've hit your limit · resets 3pm", { status })).toBeUndefined();
    expect(find("", { status, resetsAt: at + hour })).toBeUndefined();
  });
});

describe("a rejection that tells its reset time", () => {
  it("is one, whatever its words", () => {
    const resetsAt = at + hour;
    expect(find("In other words.", { status: 429, resetsAt })).toEqual({ until: resetsAt });
    expect(find("You've hit your limit · resets 3:27pm (UTC)", { status: 429, resetsAt })).toEqual({
      until: resetsAt,
    });
  });

  it("that cannot be right gives way to the words, if they tell one", () => {
    const told = "You've hit your limit · resets 3:27pm (UTC)";
    for (const resetsAt of [at - 1, 1, 1e15]) {
      expect(find(told, { status: 429, resetsAt })).toEqual({
        until: Date.UTC(2026, 10, 30, 15, 27),
      });
      expect(find("You've hit your limit", { status: 429, resetsAt })).toEqual({ until: resetsAt });
    }
    expect(find(told, { status: 429, resetsAt: at })).toEqual({ until: at });
  });
});
