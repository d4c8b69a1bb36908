import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Another way to a port of this machine, that can be cut and mended. */
export interface CuttableLine extends AsyncDisposable {
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
}

/** Where the line begins: another address of this machine, with the same port. */
export const lineAddress = "127.0.0.2";

/** Lays a line from {@link lineAddress} to the same port of 127.0.0.1. */
export async function layLine(port: number): Promise<CuttableLine> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // The other end may be gone first.
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
  });
  const mend = async (): Promise<void> => {
    server.listen(port, lineAddress);
    await once(server, "listening");
  };
  const cut = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await mend();
  return {
    cut,
    mend,
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await cut();
    },
  };
}
