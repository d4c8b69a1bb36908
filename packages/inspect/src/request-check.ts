import type { IncomingHttpHeaders } from "node:http";

/** Why a request gets no answer: an HTTP status, and a sentence. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** What of a request tells where it comes from. */
export interface RequestOrigin {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Every `Host` header that was sent. */
  readonly hosts: readonly string[];
}

/**
 * Says why a request cannot be from the page itself, or nothing if it can.
 *
 * The name in `Host` must be this machine's: a site whose name is made to lead here (DNS rebinding) sends its
 * own. A browser tells in `Sec-Fetch-Site` and `Origin` which page sends a request; another one, also one of
 * another port of this machine, is refused. Only the page itself may be opened from anywhere, by a link.
 */
export function checkOrigin(request: RequestOrigin, port: number): Refusal | undefined {
  const { method, path, headers, hosts } = request;
  const own = ownHosts(port);
  const host = hosts[0]?.toLowerCase() ?? "";
  if (hosts.length !== 1 || !own.includes(host)) {
    return { status: 421, message: `this page is only available at http://${own[0]}` };
  }
  const { origin, "sec-fetch-site": site } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) return foreign;
  if (site === undefined || site === "same-origin" || site === "none") return undefined;
  const isOpened =
    method === "GET" &&
    path === "/" &&
    headers["sec-fetch-mode"] === "navigate" &&
    headers["sec-fetch-dest"] === "document";
  return isOpened ? undefined : foreign;
}

const foreign: Refusal = { status: 403, message: "cross-origin request refused" };

function ownHosts(port: number): readonly string[] {
  const names = ["127.0.0.1", "localhost"];
  const withPort = names.map((name) => `${name}:${port}`);
  // A browser leaves the standard port out.
  return port === 80 ? [...withPort, ...names] : withPort;
}
