import { describe, expect, it } from "vitest";
import {
  findStatus,
  isConversationGone,
  isConversationTooLong,
} from "../src/conversation-fault.ts";

describe("a conversation that is gone", () => {
  it.each([
    "No conversation found with session ID: 36d73c3f-9f89-4a2f-a719-322e3807b726",
    "No conversation found to continue",
    "No conversations found to resume.",
    "No such session",
    "no transcript was found",
    "Session not found: 36d73c3f",
    "Conversation 36d73c3f could not be found",
    "The session 36d7 does not exist",
    "This conversation no longer exists",
    "Error: Failed to resume session with --print mode",
    "Failed to load the conversation",
    "Unable to read transcript",
    "Cannot resume conversation 36d7",
    "Error: Session ID 36d73c3f is already in use.",
    "Error: --resume requires a valid session ID when used with --print",
    "Invalid session ID",
  ])("%s", (words) => {
    expect(isConversationGone(words)).toBe(true);
  });

  it.each([
    "",
    "Invalid API key",
    "Session expired. Please run /login to sign in again.",
    "No session token",
    "agent 'samocode:x' not found",
    "The file was not found. The session goes on.",
    "Cannot read a.ts: it was there when the session began",
    "Prompt is too long",
  ])("is not told by %j", (words) => {
    expect(isConversationGone(words)).toBe(false);
  });
});

describe("a conversation that is too long", () => {
  it.each([
    "Prompt is too long",
    "API Error: 400 prompt too long: 210000 tokens > 200000 maximum",
    "Conversation too long. Press esc twice to go up a few messages and try again.",
    "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    "Context limit reached · /compact or /clear to continue",
    "the context window is full",
    "This request exceeds the maximum context length",
  ])("%s", (words) => {
    expect(isConversationTooLong(words)).toBe(true);
  });

  it.each(["", "An answer was too long", "Session limit reached", "the context of the change"])(
    "is not told by %j",
    (words) => {
      expect(isConversationTooLong(words)).toBe(false);
    },
  );
});

describe("a status in words", () => {
  it.each([
    ['API Error: 400 {"type":"error"}', 400],
    ["API Error: 400 due to tool use concurrency issues.", 400],
    ["API Error: Repeated 529 Overloaded errors", 529],
    ["API Error: Request rejected (429) · x", 429],
    ["API Error (opus): 413", 413],
    ["api error 599", 599],
    ["API Error: 4000 of them", undefined],
    ["API Error: 300", undefined],
    ["400 lines", undefined],
    ["", undefined],
  ])("%s", (words, status) => {
    expect(findStatus(words)).toBe(status);
  });
});
