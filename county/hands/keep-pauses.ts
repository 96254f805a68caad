import { join } from 'node:path';
import type { Clock } from '../../runtime/clock.js';
import { type HandReach, HELD, type Held, type Pause, type Pauses } from '../../subgraphs/port/hands.js';
import { type HoldEntry, type HoldRow, type HoldStore, holdKey } from './hold-store.js';
import { openPauseBook } from './pause-book.js';

/** Which interfaces are paused, and which breakers are open, in a process's state folder. */
const FILES: Readonly<Record<Held, string>> = { interface: 'paused.json', source: 'cut-off.json' };

/** How often it is asked what was held back at other machines. */
const ASK_EVERY_MS = 1000;

/** How a process hears what is held back at other machines. */
export interface SharedPauses {
  readonly store: HoldStore;
  /** Told when the store begins to be away, and when it is there again (null). */
  readonly onAway: (error: unknown) => void;
}

interface KeepingOptions {
  /** Null: pauses end with the process. */
  readonly folder: string | null;
  readonly clock: Pick<Clock, 'now'>;
  /** Null: nothing is shared. */
  readonly shared: SharedPauses | null;
  /** Whether other machines serve the same county and share nothing of this. */
  readonly areOthersUntold?: boolean;
}

/** What is held back of the interfaces that a process keeps. */
export interface KeptPauses {
  readonly pauses: Pauses;
  /** Resolves when it outlives the process, and others can read it if they can be reached. @param pause null: it is no longer held back. */
  set(interfaceName: string, held: Held, pause: Pause | null): Promise<HandReach>;
  /** Takes what others did. Never fails. @returns whether anything was new. */
  hear(): Promise<boolean>;
  /** Hears again and again. @param onHeard told when something was new. */
  start(onHeard: () => void): void;
  stop(): void;
}

/**
 * For the process that keeps a county or serves a department. What machines share is kept here as well, so that it holds while the store is
 * away; what was done meanwhile is written when it is there again, unless others have done something later.
 *
 * @throws {Error} when a file cannot be read.
 */
export function keepPauses({ folder, clock, shared, areOthersUntold = false }: KeepingOptions): KeptPauses {
  const open = (held: Held) => openPauseBook(folder === null ? null : join(folder, FILES[held]), clock, held);
  const books = { interface: open('interface'), source: open('source') };
  const closedAt = new Map<string, number>();
  /** What the store is known to have, by sort and interface. */
  let inStore = new Map<string, number>();
  let isAway = false;
  let hearing: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const reached = (error: unknown): void => {
    if (isAway === (error !== null)) return;
    isAway = error !== null;
    shared?.onAway(error);
  };
  const closed = (held: Held, name: string, pause: Pause | null): void => {
    if (held === 'source' && pause === null) closedAt.set(name, clock.now().getTime());
  };
  const rows = (): readonly HoldRow[] =>
    HELD.flatMap((held) =>
      [...books[held].all()].map(([name, entry]) => ({ interface: name, held, ...entry })),
    );
  const take = async (given: readonly HoldRow[]): Promise<boolean> => {
    let isNew = false;
    for (const held of HELD) {
      const entries = new Map(
        given
          .filter((one) => one.held === held)
          .map(({ interface: name, changed, pause }): [string, HoldEntry] => [name, { changed, pause }]),
      );
      for (const name of await books[held].take(entries)) {
        isNew = true;
        closed(held, name, entries.get(name)?.pause ?? null);
      }
    }
    return isNew;
  };
  const hear = async (store: HoldStore): Promise<boolean> => {
    try {
      const unknown = rows().filter((row) => inStore.get(holdKey(row)) !== row.changed);
      const found = await store.exchange(unknown);
      inStore = new Map(found.map((row) => [holdKey(row), row.changed]));
      const isNew = await take(found);
      reached(null);
      return isNew;
    } catch (error) {
      reached(error);
      return false;
    }
  };
  const hearOnce = (): Promise<boolean> => {
    if (shared === null) return Promise.resolve(false);
    hearing ??= hear(shared.store).finally(() => {
      hearing = null;
    });
    return hearing;
  };

  return {
    pauses: {
      of: (name, held) => books[held].of(name),
      breakerClosedAt: (name) => closedAt.get(name) ?? null,
    },
    set: async (name, held, pause) => {
      const entry = await books[held].set(name, pause);
      closed(held, name, pause);
      if (shared === null) return areOthersUntold ? 'HERE' : 'ALL';
      const row = { interface: name, held, ...entry };
      try {
        const changed = await shared.store.put(row);
        await books[held].take(new Map([[name, { changed, pause }]]));
        reached(null);
        return 'ALL';
      } catch (error) {
        reached(error);
        return 'HERE';
      }
    },
    hear: hearOnce,
    start: (onHeard) => {
      if (shared === null) return;
      timer = setInterval(() => void hearOnce().then((isNew) => isNew && onHeard()), ASK_EVERY_MS);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
