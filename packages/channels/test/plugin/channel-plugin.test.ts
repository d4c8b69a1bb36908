import { expect, it } from "vitest";
import { missingSettings, secret, withoutSecrets } from "@samocode/channels/plugin";
import { pager } from "../support/pager-plugin.ts";

it("leaves out of an environment what is named, and what begins so", () => {
  const kept = { PATH: "/bin", MY_PAGER_KEY: "1", PAGER_KEYS: "2" };
  expect(withoutSecrets({ ...kept, PAGER_KEY: "3" }, ["PAGER_KEY"])).toEqual(kept);
  const dropped = { CHAT_: "1", CHAT_KEY: "2" };
  expect(withoutSecrets({ ...dropped, MY_CHAT_KEY: "3" }, ["CHAT_*"])).toEqual({
    MY_CHAT_KEY: "3",
  });
});

it("misses a required setting only", () => {
  expect(missingSettings(pager, {})).toEqual(["PAGER_URL", "PAGER_KEY"]);
  expect(missingSettings(pager, { pagerUrl: "http://x" })).toEqual(["PAGER_KEY"]);
  const settings = {
    lax: { variable: "LAX", standard: undefined, kind: secret(), doc: "not required" },
  };
  expect(missingSettings({ settings }, {})).toEqual([]);
});
