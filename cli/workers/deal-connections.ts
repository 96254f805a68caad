import type { Socket } from 'node:net';
import type { ConnectionSource } from '../../gateway/http/listener/connection-source.js';

/** Who is given connections. */
export interface Taker {
  /** @param onGiven called once when it is on its way; with an error when it cannot be given. */
  give(connection: Socket, onGiven: (error: Error | null) => void): void;
}

/** Gives connections to workers in turn. */
export interface Dealer {
  /** Gives to this one, too. The first one has the port opened. @returns where callers connect. @throws as `ConnectionSource.open`. */
  include(taker: Taker): Promise<string>;
  /** Gives no more to this one. */
  exclude(taker: Taker): void;
  /** This one is gone: others get what was not on its way. */
  lose(taker: Taker): void;
  /** Accepts no more. Resolves when all who had connected were given, so that whatever is said to takers then comes after. */
  stop(): Promise<void>;
}

/** Connections that are held while no worker is there, such as between the end of one and the start of the next. */
const MOST_HELD = 1024;

/** @param source gives connections that are not read. */
export function createDealer(source: ConnectionSource): Dealer {
  /** The one whose turn it is comes first. By each: what is not on its way yet. */
  const takers = new Map<Taker, Set<Socket>>();
  /** Those who get no more, but have not got all. */
  const leaving = new Map<Taker, Set<Socket>>();
  let held: Socket[] = [];
  let opened: Promise<string> | null = null;

  /** In turn among those who are quickest to take. */
  const next = (): [Taker, Set<Socket>] | undefined => {
    const least = Math.min(...[...takers.values()].map(({ size }) => size));
    const found = [...takers].find(([, waiting]) => waiting.size === least);
    if (found === undefined) return undefined;
    const [taker, waiting] = found;
    takers.delete(taker);
    takers.set(taker, waiting);
    return found;
  };

  const exclude = (taker: Taker): void => {
    const waiting = takers.get(taker);
    if (waiting === undefined) return;
    takers.delete(taker);
    leaving.set(taker, waiting);
  };

  const deal = (connection: Socket): void => {
    const found = next();
    if (found === undefined) {
      if (held.length < MOST_HELD) held.push(connection);
      else connection.destroy();
      return;
    }
    const [taker, waiting] = found;
    waiting.add(connection);
    taker.give(connection, (error) => {
      // Else it was given to another one meanwhile.
      if (!waiting.delete(connection) || error === null) return;
      exclude(taker);
      deal(connection);
    });
  };

  return {
    include: (taker) => {
      opened ??= source.open(deal);
      return opened.then((origin) => {
        takers.set(taker, new Set());
        const waited = held;
        held = [];
        waited.forEach(deal);
        return origin;
      });
    },
    exclude,
    lose: (taker) => {
      const waiting = takers.get(taker) ?? leaving.get(taker) ?? new Set();
      takers.delete(taker);
      leaving.delete(taker);
      const left = [...waiting];
      waiting.clear();
      left.forEach(deal);
    },
    stop: async () => {
      await source.stop();
      for (const connection of held) connection.destroy();
    },
  };
}
