import { expect, test } from "vitest";
import { projectKeys } from "../../src/config/project-keys.ts";
import { flagKey, formatSettingsTable, settingRows } from "../../src/config/settings.ts";

test("flags are handed over under the names that commander gives them", () => {
  expect(flagKey("--max-turns")).toBe("maxTurns");
  expect(flagKey("--model")).toBe("model");
});

test("each variable and each flag is there once", () => {
  const names = Object.values(settingRows).flatMap(({ variable, flag }) =>
    flag === undefined ? [variable] : [variable, flag],
  );
  expect(new Set(names).size).toBe(names.length);
});

test("the table of settings has a line for each setting", () => {
  const lines = formatSettingsTable().trimEnd().split("\n");
  expect(lines).toHaveLength(Object.keys(settingRows).length + projectKeys.length + 2);
  expect(lines).toContain(
    "| `CLAUDE_MAX_TURNS` | `--max-turns` | `300` | a whole number, from 1 to 10000 | maximum turns per iteration |",
  );
  expect(lines).toContain(
    "| `TELEGRAM_CHAT_ID` |  |  | a chat's number or @name | Telegram chat the bot writes to |",
  );
});
