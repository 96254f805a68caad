import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { writeDurably } from '../../runtime/write-durably.js';
import type { Pause, Pauses } from '../../subgraphs/port/hands.js';

const kept = z.record(
  z.string(),
  z.strictObject({ why: z.string(), by: z.string(), since: z.number(), until: z.number() }),
);

/** Which interfaces are paused, in a file that outlives the process. One process writes it. */
export interface PauseBook extends Pauses {
  /** Resolves when it is on the disk; another pause of the same interface is replaced. @throws the system's error. */
  pause(interfaceName: string, pause: Pause): Promise<void>;
  /** The same. */
  resume(interfaceName: string): Promise<void>;
}

/**
 * @param file null: pauses end with the process.
 * @throws {Error} when there is a file that is none of this kind: what was paused must not be called for that.
 */
export function openPauseBook(file: string | null, clock: Pick<Clock, 'now'>): PauseBook {
  let pauses = new Map(file === null ? [] : readPauses(file));
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

function readPauses(file: string): readonly (readonly [string, Pause])[] {
  try {
    return Object.entries(kept.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return [];
    throw new Error(
      `无法读取 ${file}（哪些接口已暂停）。Cannot tell which interfaces are paused: ${file} must be as it was written, but is not; remove it to resume them all`,
      { cause: error },
    );
  }
}
