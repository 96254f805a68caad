import { readFile } from 'node:fs/promises';
import type { Clock } from '../../runtime/clock.js';
import { errorCodeOf } from '../../runtime/error-code.js';
import { writeDurably } from '../../runtime/write-durably.js';
import type { HistoryStore } from '../observe/history/history-store.js';
import type { ToldPlace } from './told.js';

/** A file of this machine; what is written outlives a crash of it. */
export function toldInFile(file: string): ToldPlace {
  return {
    read: () =>
      readFile(file, 'utf8').catch((error: unknown) => {
        if (errorCodeOf(error) === 'ENOENT') return null;
        throw error;
      }),
    write: (text) => writeDurably(file, text, 0o600),
  };
}

const NAME = 'told';

/** The history that several processes share: the next one that observes goes on telling. Only whoever observes can write. */
export function toldInHistory(store: Pick<HistoryStore, 'load' | 'write'>, clock: Clock): ToldPlace {
  return {
    read: async () => (await store.load(clock.now().getTime())).remembered.get(NAME) ?? null,
    write: (text) => store.write({ measurements: [], incidents: [], remembered: new Map([[NAME, text]]) }),
  };
}
