import { get, type ClientRequest } from "node:http";

/** One message of a stream. */
interface StreamMessage {
  readonly type: string;
  readonly id: string | undefined;
  readonly value: unknown;
}

/** A stream of server-sent events, as a browser reads it. */
export interface EventSource {
  readonly messages: readonly StreamMessage[];
  readonly status: () => number | undefined;
  readonly isOver: () => boolean;
  /** The newest message of this type. */
  readonly last: (type: string) => unknown;
  readonly close: () => void;
}

/** Opens a stream, as a page does that is in. */
export function openEventSource(
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): EventSource {
  const messages: StreamMessage[] = [];
  let status: number | undefined;
  let isOver = false;
  let rest = "";
  const request: ClientRequest = get(
    { host: "127.0.0.1", port, path, headers, agent: false },
    (response) => {
      status = response.statusCode;
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        const blocks = `${rest}${piece}`.split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string) =>
            block
              .split("\n")
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2);
          const type = field("event");
          if (type === undefined) continue;
          messages.push({ type, id: field("id"), value: JSON.parse(field("data") ?? "null") });
        }
      });
      response.on("close", () => {
        isOver = true;
      });
    },
  );
  request.on("error", () => {
    isOver = true;
  });
  return {
    messages,
    status: () => status,
    isOver: () => isOver,
    last: (type) => messages.findLast((message) => message.type === type)?.value,
    close: () => request.destroy(),
  };
}
