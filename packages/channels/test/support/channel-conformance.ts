import { inspect } from "node:util";
import { formatNotice, formatNoticeTitle, type Notice } from "@samocode/core";
import { faultOf } from "@samocode/channels";
import {
  type ChannelPlugin,
  missingSettings,
  type SettingRow,
  withoutSecrets,
} from "@samocode/channels/plugin";
import { describe, expect, it } from "vitest";

/** The other end of a channel. */
export interface ChannelPlace extends AsyncDisposable {
  /** Values for the settings of the plugin. */
  readonly env: Readonly<Record<string, string>>;
  /** What people were sent, oldest first. */
  readonly told: () => readonly string[];
  /** From now on every call fails, with the secret in the answer. */
  readonly break: () => void;
}

const never = new AbortController().signal;
const words = {
  kind: "blocked",
  reason: "the key is gone",
  needs: "clarification",
  session: "login",
  phase: "planning",
  iteration: 3,
  costUsd: 0.5,
} as const;
const notice: Notice = {
  ...words,
  id: "noticeid00",
  sessionId: "s",
  folder: "/",
  title: formatNoticeTitle(words),
  text: formatNotice(words),
};

/** What samocode relies on, of any channel that ships with it. */
export function testChannel<Settings extends object>(
  plugin: ChannelPlugin<Settings>,
  createPlace: () => Promise<ChannelPlace>,
): void {
  const rows: readonly (readonly [string, SettingRow<unknown>])[] = Object.entries(plugin.settings);
  const settingsOf = (env: ChannelPlace["env"]): Settings => {
    const values = rows.map(([key, { variable, kind }]) => {
      const text = env[variable];
      if (text === undefined) return [key, undefined];
      const parsed = kind.parse(text, { folder: "/", home: "/" });
      if (!("value" in parsed)) throw new Error(`${variable}: expected ${parsed.expected}`);
      return [key, parsed.value];
    });
    return Object.fromEntries(values) as Settings;
  };
  const secretsOf = (env: ChannelPlace["env"]): readonly string[] =>
    rows.flatMap(([, { kind, variable }]) =>
      kind.placeholder === "secret" ? (env[variable] ?? []) : [],
    );
  const expectNoSecret = (text: string, { env }: ChannelPlace): void => {
    for (const secret of secretsOf(env)) expect(text).not.toContain(secret);
  };

  describe(`the channel ${plugin.name}`, () => {
    it("is off without its required settings", async () => {
      await using place = await createPlace();
      expect(missingSettings(plugin, {})).not.toEqual([]);
      expect(missingSettings(plugin, settingsOf(place.env))).toEqual([]);
    });

    it("keeps its secrets from agents, and out of what shows its settings", async () => {
      await using place = await createPlace();
      expect(secretsOf(place.env)).not.toEqual([]);
      expectNoSecret(inspect(withoutSecrets(place.env, plugin.secrets)), place);
      const settings = settingsOf(place.env);
      expectNoSecret(inspect(settings) + JSON.stringify(settings), place);
    });

    it("notifies people of a session", async () => {
      await using place = await createPlace();
      const channel = await plugin.create(settingsOf(place.env));
      await channel.tell(notice, never);
      expect(place.told()).toEqual([expect.stringContaining(notice.title)]);
    });

    it("rejects if it could not notify, and its secret is masked", async () => {
      await using place = await createPlace();
      const channel = await plugin.create(settingsOf(place.env));
      place.break();
      const error: unknown = await Promise.resolve(channel.tell(notice, never)).catch(
        (fault: unknown) => fault,
      );
      expect(error).toBeInstanceOf(Error);
      expectNoSecret(faultOf(error), place);
      expect(place.told()).toEqual([]);
    });

    it("notifies no one once it is cancelled", async () => {
      await using place = await createPlace();
      const channel = await plugin.create(settingsOf(place.env));
      const telling = Promise.resolve(channel.tell(notice, AbortSignal.abort()));
      expect(
        await telling.then(
          () => "told",
          () => "aborted",
        ),
      ).toBe("aborted");
      expect(place.told()).toEqual([]);
    });

    it("is checked without notifying anyone, without its secret, and never throws", async () => {
      await using place = await createPlace();
      const settings = settingsOf(place.env);
      expect(await plugin.check?.(settings)).toMatchObject([{ state: "ok" }]);
      place.break();
      const checks = await plugin.check?.(settings);
      expect(checks?.map(({ state }) => state)).not.toContain("ok");
      expectNoSecret(JSON.stringify(checks), place);
      expect(place.told()).toEqual([]);
    });
  });
}
