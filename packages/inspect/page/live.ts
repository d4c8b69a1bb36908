import type { PageMessage } from "./page-state.ts";

/** How the page is connected. */
export type Connection =
  | { readonly type: "connecting" }
  | { readonly type: "open" }
  /** It comes back by itself; `since` when, Unix time in ms. */
  | { readonly type: "lost"; readonly since: number }
  /** The server does not know this browser: it was started again. */
  | { readonly type: "refused"; readonly message: string };

/** A connection to the server that comes back by itself. */
export interface Live {
  /** Shows another session, or none. */
  readonly show: (session: string | undefined) => void;
  readonly close: () => void;
}

const kinds = ["hello", "list", "view", "steps", "files", "log", "gone"] as const;
/** The server tells something every 15 s; a connection that is silent for longer is dead, in ms. */
const silentMs = 40_000;
/** How often a page that nobody sees looks at the list, for its title, in ms. */
const glanceMs = 20_000;
/** How soon it is tried again after it was refused, in ms. */
const retryMs = 3_000;

/**
 * Connects to the server and tells what it says. After a break (a machine that slept, a server that was started
 * again) it comes back and is told what is new since. A page that nobody sees keeps no connection open, for a browser has
 * six of them for all pages of one address; it takes a glance at the list from time to time.
 *
 * @param known What is known of the session that is shown, to be told only the rest.
 */
export function openLive(
  tell: (message: PageMessage) => void,
  tellConnection: (connection: Connection) => void,
  known: () => string | undefined,
): Live {
  let session: string | undefined;
  let source: EventSource | undefined;
  let lastHeard = Date.now();
  let retry: ReturnType<typeof setTimeout> | undefined;

  const open = (from?: string): void => {
    clearTimeout(retry);
    source?.close();
    const query = new URLSearchParams();
    if (session !== undefined) query.set("session", session);
    if (from !== undefined) query.set("known", from);
    const opened = new EventSource(`/api/stream?${query}`);
    source = opened;
    lastHeard = Date.now();
    const hear = (): void => {
      lastHeard = Date.now();
    };
    opened.addEventListener("open", () => {
      hear();
      tellConnection({ type: "open" });
    });
    opened.addEventListener("tick", hear);
    for (const kind of kinds) {
      opened.addEventListener(kind, ({ data }) => {
        hear();
        if (source !== opened) return;
        tell(toMessage(kind, data));
        if (kind === "list" && isHidden()) pause();
      });
    }
    opened.addEventListener("error", () => {
      tellConnection({ type: "lost", since: Date.now() });
      // The browser comes back by itself, but not after an answer that was no stream.
      if (opened.readyState === EventSource.CLOSED) void askWhy();
    });
  };

  const askWhy = async (): Promise<void> => {
    const answer = await fetch("/api/chart").catch(() => undefined);
    if (answer?.status === 401) {
      const { message } = (await answer.json()) as { readonly message: string };
      tellConnection({ type: "refused", message });
    } else {
      retry = setTimeout(comeBack, retryMs);
    }
  };

  const comeBack = (): void => open(known());
  const pause = (): void => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const watch = setInterval(() => {
    const silent = Date.now() - lastHeard;
    if (silent > (source === undefined ? glanceMs : silentMs)) comeBack();
  }, 5_000);
  const follow = (): void => {
    if (isHidden()) pause();
    else if (source === undefined || Date.now() - lastHeard > silentMs) comeBack();
  };
  document.addEventListener("visibilitychange", follow);

  return {
    show(next) {
      if (next === session && source !== undefined) return;
      session = next;
      tell({ type: "show", name: next });
      open();
    },
    close() {
      clearInterval(watch);
      clearTimeout(retry);
      document.removeEventListener("visibilitychange", follow);
      source?.close();
    },
  };
}

function isHidden(): boolean {
  return document.visibilityState === "hidden";
}

function toMessage(kind: (typeof kinds)[number], data: string): PageMessage {
  const value: unknown = JSON.parse(data);
  if (kind === "list") return { type: "list", rows: value } as PageMessage;
  return { ...(value as object), type: kind } as PageMessage;
}
