import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Notice } from "@samocode/core";
import { readRegularFile } from "@samocode/core/store";
import { z } from "zod";

/** The deliveries of each channel for a session, kept in the session folder so that no start repeats them. */
export interface ToldNotices {
  readonly has: (channel: string, id: string) => boolean;
  /** What the channel told last. */
  readonly last: (channel: string) => string | undefined;
  /** Remembers that the channel has told the notice. */
  readonly add: (channel: string, notice: Pick<Notice, "id" | "kind">) => void;
}

const ToldFile = z.record(z.string(), z.array(z.object({ id: z.string(), kind: z.string() })));
type ToldFile = z.infer<typeof ToldFile>;

const fileName = ".told.json";

/** More than a session has at a time by far. */
const maxKept = 30;

/**
 * Opens the deliveries of a session. An unreadable file counts as empty: a repeated notice is a smaller
 * harm than not at all.
 */
export function openToldNotices(folder: string): ToldNotices {
  const path = join(folder, fileName);
  const told = readTold(path);
  return {
    has: (channel, id) => told[channel]?.some((each) => each.id === id) ?? false,
    last: (channel) => told[channel]?.at(-1)?.kind,
    add(channel, { id, kind }) {
      told[channel] = [...(told[channel] ?? []), { id, kind }].slice(-maxKept);
      const draft = `${path}.draft`;
      rmSync(draft, { force: true });
      // Never through a link that somebody has put there.
      writeFileSync(draft, `${JSON.stringify(told)}\n`, { flag: "wx" });
      renameSync(draft, path);
    },
  };
}

function readTold(path: string): ToldFile {
  try {
    return ToldFile.parse(JSON.parse(readRegularFile(path).toString("utf8")));
  } catch {
    return {};
  }
}
