import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ThreadLost, WorkerThread } from '../../../runtime/thread/worker-thread.js';
import type { HistoryFile } from './history-file.mjs';
import type { HistoryStore } from './history-store.js';
import type { HistoryAsk } from './history-thread.mjs';

const CLOSED = new ThreadLost('CLOSED', 'the history has been closed');

/**
 * The history in a file of this machine, kept by a thread: no write or question holds up anybody's answer.
 *
 * @param file is made, with its folder, when it is absent.
 */
export function openEmbeddedHistory(file: string): HistoryStore {
  mkdirSync(dirname(file), { recursive: true });
  const thread = new WorkerThread<HistoryAsk, unknown>(new URL('./history-thread.mjs', import.meta.url), {
    workerData: file,
  });
  const ask = <Name extends keyof HistoryFile>(
    name: Name,
    ...given: Parameters<HistoryFile[Name]>
  ): Promise<ReturnType<HistoryFile[Name]>> =>
    thread.ask([name, ...given] as unknown as HistoryAsk) as Promise<ReturnType<HistoryFile[Name]>>;
  return {
    turns: null,
    holds: null,
    write: (entry) => ask('write', entry),
    load: (now) => ask('load', now),
    read: (question) => ask('read', question),
    looks: (interfaceName, from, now) => ask('looks', interfaceName, from, now),
    looksByDay: (interfaceName, from, now) => ask('looksByDay', interfaceName, from, now),
    incidents: (question) => ask('incidents', question),
    compact: (now) => ask('compact', now),
    close: async () => {
      await ask('close').catch(() => undefined);
      await thread.giveUp(CLOSED);
    },
  };
}
