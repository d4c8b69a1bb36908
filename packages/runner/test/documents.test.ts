import { expect, it } from "vitest";
import { formatDocuments } from "./support/json-document.ts";

it("are what docs/json.md says", async () => {
  await expect(formatDocuments()).toMatchFileSnapshot("../../../docs/json.md");
});
