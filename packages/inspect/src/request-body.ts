import type { IncomingMessage } from "node:http";
import type { Refusal } from "./request-check.ts";

/** More than any honest decision needs, in bytes. */
const maxBodyBytes = 64 * 1024;

/** A body that was read, or why it was not. */
export type Body = { readonly json: unknown } | { readonly refusal: Refusal };

/**
 * Reads the JSON of a request. A form of another site can send no `application/json`; what says to be
 * something else is not looked at.
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json" || request.headers["content-encoding"] !== undefined) {
    return refuse(415, "cannot read the request: expected `application/json`");
  }
  const tooLong = refuse(413, `cannot read the request: more than ${maxBodyBytes} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return tooLong;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    const bytes = Buffer.from(piece as Uint8Array);
    length += bytes.length;
    if (length > maxBodyBytes) return tooLong;
    pieces.push(bytes);
  }
  try {
    const json: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8"));
    return { json };
  } catch {
    return refuse(400, "cannot read the request: expected JSON");
  }
}

function refuse(status: number, message: string): Body {
  return { refusal: { status, message } };
}
