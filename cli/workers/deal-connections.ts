import type { Socket } from 'node:net';
import type { ConnectionSource } from '../../gateway/http/listener/connection-source.js';

/** Who is given connections. */
export interface Taker {
  /** @param onGiven called once when it is on its way; with an error when it cannot be given. */
  give(connection: Socket, onGiven: (error: Error | null) => void): void;
}

/** Gives connections to workers: in turn, to those that can take one. */
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

/**
 * A worker has one connection at a time on its way: what is said to it otherwise must not wait behind a hundred of them.
 *
 * @param source gives connections that are not read.
 */
export function createDealer(source: ConnectionSource): Dealer {
  /** The one whose turn it is comes first. By each: what is not on its way yet; null: it can be given one. */
  const takers = new Map<Taker, Socket | null>();
  /** Those who get no more, but have not got what they were given. */
  const leaving = new Map<Taker, Socket | null>();
  const held: Socket[] = [];
  let isStopped = false;
  let onDealt = (): void => undefined;
  let opened: Promise<string> | null = null;

  const next = (): Taker | undefined => [...takers].find(([, waiting]) => waiting === null)?.[0];

  const exclude = (taker: Taker): void => {
    const waiting = takers.get(taker);
    if (waiting === undefined) return;
    takers.delete(taker);
    leaving.set(taker, waiting);
  };

  const give = (taker: Taker, connection: Socket): void => {
    // Behind the others.
    takers.delete(taker);
    takers.set(taker, connection);
    taker.give(connection, (error) => {
      const own = [takers, leaving].find((all) => all.get(taker) === connection);
      // Else it was given to another one meanwhile.
      if (own === undefined) return;
      own.set(taker, null);
      if (error !== null) {
        exclude(taker);
        held.unshift(connection);
      }
      deal();
    });
  };

  const deal = (): void => {
    for (let taker = next(); taker !== undefined; taker = next()) {
      const connection = held.shift();
      if (connection === undefined) break;
      give(taker, connection);
    }
    // Nobody comes any more who could be given them.
    if (isStopped && takers.size === 0) for (const one of held.splice(0)) one.destroy();
    if (held.length === 0) onDealt();
  };

  const take = (connection: Socket): void => {
    if (takers.size === 0 && held.length >= MOST_HELD) {
      connection.destroy();
      return;
    }
    held.push(connection);
    deal();
  };

  return {
    include: (taker) => {
      opened ??= source.open(take);
      return opened.then((origin) => {
        takers.set(taker, null);
        deal();
        return origin;
      });
    },
    exclude,
    lose: (taker) => {
      const waiting = takers.get(taker) ?? leaving.get(taker) ?? null;
      takers.delete(taker);
      leaving.delete(taker);
      if (waiting !== null) held.unshift(waiting);
      deal();
    },
    stop: async () => {
      await source.stop();
      isStopped = true;
      const dealt = new Promise<void>((resolve) => {
        const before = onDealt;
        onDealt = () => {
          before();
          resolve();
        };
      });
      deal();
      await dealt;
    },
  };
}
