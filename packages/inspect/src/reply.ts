import type { ServerResponse } from "node:http";
import { printableLines } from "@samocode/core/overview";

/** What every answer carries, whatever it is. */
export const safeHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Nothing on the page makes HTML of a text; the browser holds it to that.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Answers with bytes of this type. */
export function sendBytes(
  response: ServerResponse,
  status: number,
  type: string,
  bytes: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...safeHeaders,
    "Content-Type": type,
    "Content-Length": Buffer.byteLength(bytes),
    ...headers,
  });
  response.end(bytes);
}

/** Answers with a value as JSON. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers?: Readonly<Record<string, string>>,
): void {
  sendBytes(response, status, "application/json; charset=utf-8", formatJson(value), headers);
}

/** A value as JSON, each text in it fit to be shown: no secrets, no control characters. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === "string" && mayBeUnfit.test(each) ? printableLines(each) : each,
  );
}

/** Most texts are fit as they are, and there may be a hundred thousand: what this does not find is not looked at closer. */
const mayBeUnfit =
  /[^\n -~\u00a0-\u1fff\u3000-\ud7ff]|sk-|bear|basi|api-k|KEY=|TOKEN=|gh[pousr]_|b_pat_|\d{6}:/i;
