import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type ServerOpts, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ListenAddress } from '../../../runtime/listen-address.js';
import { acceptMore } from '../accept/accept-more.js';
import type { ConnectionSource } from './connection-source.js';

interface PortOptions {
  readonly address: ListenAddress;
  /** Whether several connections are accepted a turn of the event loop; it takes a short-lived process. */
  readonly acceptsMore: boolean;
  /** Of each connection. Default: as an HTTP server's own. */
  readonly connections?: ServerOpts;
}

/** The longest that a port stays open for those who have connected and are not accepted yet. Milliseconds. */
const DRAIN_MS = 500;
/** Who connects in such a turn of the event loop after it has looked at the port is lost: one of 20,000 a second. Milliseconds. */
const SHORT_TURN_MS = 0.05;

/** A port of this process. */
export function createOwnPort({ address, acceptsMore, connections }: PortOptions): ConnectionSource {
  let take: (connection: Socket) => void = () => undefined;
  let accepted = 0;
  let stopped: Promise<void> | null = null;
  const createOne = () =>
    createServer(connections ?? { allowHalfOpen: true, noDelay: true }, (connection) => {
      accepted += 1;
      take(connection);
    });
  const first = createOne();
  const servers: [Server, ...Server[]] = [first];

  /** @param isDrained is told how many came in a turn, and how long that took; false: not yet. */
  const accept = async (isDrained: (came: number, turnMs: number) => boolean): Promise<void> => {
    const until = performance.now() + DRAIN_MS;
    for (;;) {
      const since = performance.now();
      accepted = 0;
      await nextTurn();
      const now = performance.now();
      if (isDrained(accepted, now - since) || now > until) return;
    }
  };

  /** The system resets connections that were not accepted when their port is closed. */
  const close = async (): Promise<void> => {
    if (!first.listening) return;
    // This turn may have looked at the port already.
    await nextTurn();
    // Each accepts one a turn: if one of them has found nobody, nobody was left.
    await accept((came) => came < servers.length);
    const [last, ...more] = servers;
    for (const server of more) server.close();
    await accept((came, turnMs) => came === 0 && turnMs < SHORT_TURN_MS);
    last.close();
  };
  return {
    open: async (given) => {
      take = given;
      await Promise.all([once(first, 'listening'), first.listen(address)]);
      // Who cannot be accepted, for want of descriptors, is left to connect again.
      first.on('error', () => undefined);
      if (acceptsMore) {
        acceptMore(first, (handle) => {
          if (stopped === null)
            servers.push(
              createOne()
                .on('error', () => undefined)
                .listen(handle),
            );
        });
      }
      return originOf(address.host, first.address() as AddressInfo);
    },
    stop: () => {
      stopped ??= close();
      return stopped;
    },
  };
}

function originOf(host: string, { port }: AddressInfo): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
