import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ChannelPlace } from "./channel-conformance.ts";

/** A pager on loopback, which repeats the key when it refuses. */
export async function createPager(): Promise<ChannelPlace & { readonly key: string }> {
  const key = "pager-key-that-stays-secret";
  const told: string[] = [];
  let isBroken = false;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString("utf8")));
    request.on("end", () => {
      const isRefused = isBroken || request.headers["x-pager"] !== key;
      if (!isRefused && body !== "") told.push(body);
      response.statusCode = isRefused ? 500 : 200;
      response.end(isRefused ? `no page for ${String(request.headers["x-pager"])}` : "");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    key,
    env: { PAGER_URL: `http://127.0.0.1:${port}`, PAGER_KEY: key },
    told: () => told,
    break: () => {
      isBroken = true;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
