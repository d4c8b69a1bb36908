import {
  type ChannelPlugin,
  createCheck,
  type Secret,
  secret,
  webAddress,
} from "@samocode/channels/plugin";

/** A channel of a few lines. A slow test adds it to a copy of the repository, just as it is here. */
export const pager: ChannelPlugin<{ pagerUrl: string; pagerKey: Secret }> = {
  name: "pager",
  title: "Pager",
  secrets: ["PAGER_KEY"],
  settings: {
    pagerUrl: {
      variable: "PAGER_URL",
      flag: "--pager-url",
      standard: undefined,
      required: true,
      kind: webAddress(),
      doc: "address of the pager",
    },
    pagerKey: {
      variable: "PAGER_KEY",
      standard: undefined,
      required: true,
      kind: secret(),
      doc: "key of the pager",
    },
  },
  create: ({ pagerUrl, pagerKey }) => ({
    tell: async ({ title }, cancel) => page(pagerUrl, pagerKey, title, cancel),
  }),
  async check({ pagerUrl, pagerKey }) {
    try {
      await page(pagerUrl, pagerKey, "", AbortSignal.timeout(5000));
      return [createCheck("Pager", "ok", "the pager answers")];
    } catch (error) {
      return [createCheck("Pager", "warning", String(error), "Fix PAGER_URL or PAGER_KEY.")];
    }
  },
};

async function page(url: string, key: Secret, body: string, signal: AbortSignal): Promise<void> {
  const headers = { "x-pager": key.reveal() };
  const answer = await fetch(url, { method: "POST", headers, body, signal });
  if (!answer.ok) throw new Error(`the pager refused: ${await answer.text()}`);
}
