import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { writeDurably } from '../../runtime/write-durably.js';
import type { Held, Pause } from '../../subgraphs/port/hands.js';

const kept = z.record(
  z.string(),
  z.strictObject({ why: z.string(), by: z.string(), since: z.number(), until: z.number() }),
);

/** What is held back by hand of one sort, in a file that outlives the process. One process writes it. */
export interface PauseBook {
  /** Null: it is not held back. */
  of(interfaceName: string): Pause | null;
  /** Resolves when it is on the disk; another pause of the same interface is replaced. @throws the system's error. */
  pause(interfaceName: string, pause: Pause): Promise<void>;
  /** The same. */
  resume(interfaceName: string): Promise<void>;
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
  let pauses = new Map(file === null ? [] : readPauses(file, held));
  let writing: Promise<void> = Promise.resolve();
  const isOver = ({ until }: Pause): boolean => clock.now().getTime() >= until;
  const change = (edit: (next: Map<string, Pause>) => void): Promise<void> => {
    const changed = writing.then(async () => {
      const next = new Map([...pauses].filter(([, pause]) => !isOver(pause)));
      edit(next);
      if (file !== null) await writeDurably(file, `${JSON.stringify(Object.fromEntries(next))}\n`, 0o600);
      pauses = next;
    });
    writing = changed.catch(() => undefined);
    return changed;
  };
  return {
    of: (name) => {
      const pause = pauses.get(name);
      return pause === undefined || isOver(pause) ? null : pause;
    },
    pause: (name, pause) => change((next) => next.set(name, pause)),
    resume: (name) => change((next) => next.delete(name)),
  };
}

function readPauses(file: string, held: Held): readonly (readonly [string, Pause])[] {
  try {
    return Object.entries(kept.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    const [zh, en, without] = WORDS[held];
    throw new Error(
      `无法读取 ${file}（${zh}）。Cannot tell ${en}: ${file} must be as it was written, but is not; remove it to ${without}`,
      { cause: error },
    );
  }
}
