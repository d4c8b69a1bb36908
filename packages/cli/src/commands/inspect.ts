import { once } from "node:events";
import { createInspectHost } from "./inspect-host.ts";
import { openSession, readProjectConfig } from "../config/open-session.ts";
import { listenForStop } from "@samocode/process";
import { openBrowser } from "./browser.ts";
import { exitCodes, UsageError } from "@samocode/session";
import { printLine } from "../terminal/output.ts";

/** The flags of `inspect`. */
export interface InspectFlags {
  readonly config?: string;
  readonly port?: string;
  readonly open: boolean;
  readonly readOnly: boolean;
}

/** Serves the page until a kill signal comes. Its link is the only line on stdout. */
export async function inspect(argument: string | undefined, flags: InspectFlags): Promise<number> {
  const port = parsePort(flags.port);
  const { config } = flags;
  const search = config === undefined ? {} : { config };
  const session = argument === undefined ? undefined : await openSession(argument, search);
  const host = createInspectHost(session ?? (await readProjectConfig(search)));
  const { createInspectServer } = await import("@samocode/inspect");
  const stop = listenForStop();
  const server = await createInspectServer({
    host,
    port,
    readOnly: flags.readOnly,
    ...(session !== undefined && { session: session.name }),
    onNewLink: (link) => {
      process.stderr.write(
        `samocode-run: the link was already used, and each works once; a new one: ${link}\n`,
      );
    },
    onFault: (message) => {
      process.stderr.write(`samocode-run: ${message}\n`);
    },
  });
  const link = server.link();
  printLine(link);
  const removePage = flags.open ? openBrowser(link) : undefined;
  if (!stop.cancel.aborted) await once(stop.cancel, "abort");
  removePage?.();
  await server.close();
  const code = stop.exitCode();
  stop.release();
  // ^C is how it is meant to end.
  return code === undefined || code === exitCodes.sigint ? exitCodes.done : code;
}

function parsePort(text = "0"): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`cannot serve on port \`${text}\`: expected a number from 1 to 65535`);
}
