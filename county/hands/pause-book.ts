import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { writeDurably } from '../../runtime/write-durably.js';
import { type Held, PAUSE_SHAPE, type Pause } from '../../subgraphs/port/hands.js';
import { ENTRIES_KEPT_MS, type HoldEntry } from './hold-store.js';

const kept = z.record(
  z.string(),
  z.union([
    z.strictObject({ ...PAUSE_SHAPE, changed: z.number().exactOptional() }),
    z.strictObject({ released: z.number() }),
  ]),
);

/** What is held back by hand of one sort, in a file that outlives the process. One process writes it. */
export interface PauseBook {
  /** Null: it is not held back. */
  of(interfaceName: string): Pause | null;
  /**
   * Takes what is later than what is known, and can still matter. Resolves when it is on the disk.
   *
   * @returns of which interfaces something was new. @throws the system's error: then nothing is changed.
   */
  take(entries: ReadonlyMap<string, HoldEntry>): Promise<readonly string[]>;
  /** Takes it as the latest of all. @returns what it is kept as. @throws as `take`. */
  set(interfaceName: string, pause: Pause | null): Promise<HoldEntry>;
  /** What was said last of each interface. */
  all(): ReadonlyMap<string, HoldEntry>;
}

/** What each book holds: Chinese, English, and what becomes of it without its file. */
const WORDS: Readonly<Record<Held, readonly [zh: string, en: string, without: string]>> = {
  interface: ['哪些接口已暂停', 'which interfaces are paused', 'resume them all'],
  source: ['哪些数据源已熔断', 'which breakers are open', 'close them all'],
};

/**
 * @param file null: pauses end with the process.
 * @throws {Error} when there is a file that is none of this kind: what was paused must not be called for that.
 */
export function openPauseBook(file: string | null, clock: Pick<Clock, 'now'>, held: Held): PauseBook {
  let entries: ReadonlyMap<string, HoldEntry> = new Map(file === null ? [] : readEntries(file, held));
  let writing: Promise<unknown> = Promise.resolve();
  const now = (): number => Math.round(clock.now().getTime());
  const matters = ({ changed }: HoldEntry): boolean => now() - changed < ENTRIES_KEPT_MS;
  /** One after another. @param edit tells what is new. */
  const change = <T extends ReadonlyMap<string, HoldEntry>>(edit: () => T): Promise<T> => {
    const changed = writing.then(async () => {
      const news = edit();
      if (news.size === 0) return news;
      const lasting = [...entries].filter(([, entry]) => matters(entry));
      const next = new Map([...lasting, ...news]);
      if (file !== null) await writeDurably(file, textOf(next), 0o600);
      entries = next;
      return news;
    });
    writing = changed.catch(() => undefined);
    return changed;
  };
  return {
    of: (name) => {
      const pause = entries.get(name)?.pause ?? null;
      return pause === null || now() >= pause.until ? null : pause;
    },
    take: async (given) => {
      const isNew = ([name, entry]: [string, HoldEntry]): boolean =>
        matters(entry) && entry.changed > (entries.get(name)?.changed ?? Number.NEGATIVE_INFINITY);
      return [...(await change(() => new Map([...given].filter(isNew)))).keys()];
    },
    set: async (name, pause) => {
      const latest = (): HoldEntry => ({
        changed: Math.max(now(), (entries.get(name)?.changed ?? 0) + 1),
        pause,
      });
      const [[, entry] = [name, latest()]] = await change(() => new Map([[name, latest()]]));
      return entry;
    },
    all: () => entries,
  };
}

function textOf(entries: ReadonlyMap<string, HoldEntry>): string {
  const said = [...entries].map(([name, { changed, pause }]) => [
    name,
    pause === null ? { released: changed } : { ...pause, changed },
  ]);
  return `${JSON.stringify(Object.fromEntries(said))}\n`;
}

function readEntries(file: string, held: Held): readonly (readonly [string, HoldEntry])[] {
  try {
    return Object.entries(kept.parse(JSON.parse(readFileSync(file, 'utf8')))).map(([name, said]) => {
      if ('released' in said) return [name, { changed: said.released, pause: null }];
      const { changed = said.since, ...pause } = said;
      return [name, { changed, pause }];
    });
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    const [zh, en, without] = WORDS[held];
    throw new Error(
      `无法读取 ${file}（${zh}）。Cannot tell ${en}: ${file} must be as it was written, but is not; remove it to ${without}`,
      { cause: error },
    );
  }
}
