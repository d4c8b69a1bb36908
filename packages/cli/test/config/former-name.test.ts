import { expect, it } from "vitest";
import { parseConfigFile } from "../../src/config/config-file.ts";
import { formerNameOf, presentName } from "../../src/config/former-name.ts";
import {
  configFileSource,
  environmentSource,
  flagSource,
  parseEnvFile,
  resolveSettings,
} from "../../src/config/setting-source.ts";

it("reads former names in every source, each with one line that gives the present one", () => {
  const file = parseConfigFile(
    "SESSIONS=s\nWHEN_UNANSWERED=suggestions after 8h",
    "/app/.samocode",
  );
  const sources = [
    parseEnvFile("WHEN_UNDONE=remind after 1h", "/etc/.env").source,
    configFileSource(file, "/app/.samocode"),
    environmentSource({ WHEN_UNDONE: "block after 1d" }, "/"),
    flagSource({ whenUnapproved: "remind after 2h" }, "/"),
  ];
  const { settings, warnings } = resolveSettings(sources, "/");
  expect(settings).toMatchObject({
    onQuestionTimeout: { remedy: "suggestions", afterMs: 28_800_000 },
    onApprovalTimeout: { remedy: "remind", afterMs: 7_200_000 },
    onActionTimeout: { remedy: "block", afterMs: 86_400_000 },
  });
  expect([...file.warnings, ...warnings]).toEqual([
    "/app/.samocode:2: `WHEN_UNANSWERED` is now `ON_QUESTION_TIMEOUT`",
    "the command line: `--when-unapproved` is now `--on-approval-timeout`",
    "/etc/.env:1: `WHEN_UNDONE` is now `ON_ACTION_TIMEOUT`",
    "the environment: `WHEN_UNDONE` is now `ON_ACTION_TIMEOUT`",
  ]);
});

it("takes the present name if both are set, and refuses both in one file", () => {
  const env = { WHEN_UNDONE: "block after 1d", ON_ACTION_TIMEOUT: "wait" };
  expect(resolveSettings([environmentSource(env, "/")], "/")).toMatchObject({
    settings: { onActionTimeout: { remedy: "wait" } },
    warnings: [],
  });
  expect(parseConfigFile("WHEN_UNDONE=wait\nON_ACTION_TIMEOUT=wait", "x").problems).toMatchObject([
    { where: "x:2", what: "ON_ACTION_TIMEOUT is set twice, first on line 1" },
  ]);
});

it("leaves other names alone", () => {
  expect(presentName("toString")).toBe("toString");
  expect(formerNameOf("CLAUDE_MODEL")).toBeUndefined();
});
