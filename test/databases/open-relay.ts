import { connect, createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.js';

/** A way to a database server that can be cut, while other suites go on using the server. */
export interface Relay {
  /** The server's URL by way of the relay. */
  readonly url: string;
  /** Breaks every connection; whoever connects afterwards is refused, as when the server is down. */
  cut(): Promise<void>;
  /** Nothing goes through any more, and nobody is told. */
  hang(): void;
  /** Lets them through again. */
  mend(): Promise<void>;
}

export async function openRelay(url: string): Promise<Relay> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const own = new URL(url);
  own.hostname = '127.0.0.1';
  const ownPort = await listenLocally(relay);
  own.port = String(ownPort);
  return {
    url: own.href,
    cut: () =>
      new Promise((resolve) => {
        relay.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
    hang: () => {
      for (const socket of open) socket.unpipe().pause();
    },
    mend: () =>
      new Promise((resolve, reject) => {
        relay.once('error', reject);
        relay.listen(ownPort, '127.0.0.1', resolve);
      }),
  };
}
