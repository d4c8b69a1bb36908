import fc from "fast-check";
import { expect, it } from "vitest";
import { formatButtonData, parseButtonData, type Act } from "../src/button-data.ts";

const id = fc.stringMatching(/^[\w-]{1,12}$/);
const act = fc.constantFrom<Act>(
  "answer",
  "write",
  "suggestions",
  "approve",
  "reject",
  "resume",
  "note",
  "stop",
);

it("comes back as it was sent, and always fits", () => {
  const data = fc.record({
    sessionId: id,
    noticeId: id,
    act,
    arg: fc.stringMatching(/^(Q\d{1,20}(=[A-Z])?|\d*)$/),
  });
  fc.assert(
    fc.property(data, (each) => {
      const text = formatButtonData(each) ?? "";
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64);
      expect(parseButtonData(text)).toEqual(each);
    }),
  );
});

it("is nothing if it would not fit or is not ours", () => {
  const data = { sessionId: "s", noticeId: "n", act: "answer", arg: "é".repeat(31) } as const;
  expect(formatButtonData(data)).toBeUndefined();
  for (const text of ["", "a", "a.b", "a.b.?", "a.b.qx", "..y", "like:42"]) {
    expect(parseButtonData(text)).toBeUndefined();
  }
});
