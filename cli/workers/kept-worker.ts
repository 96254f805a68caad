import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CountyAnswers } from '../../county/follow/county-talk.js';
import type { Ending } from '../../gateway/http/listener/ending.js';
import { type Channel, openTalk, type Talk } from '../../runtime/talk/talk.js';
import { SERVING_FLAGS } from '../serving-flags.js';
import type { KeeperAnswers, OwnAnswers, WorkerAnswers } from './contract.js';
import type { Taker } from './deal-connections.js';
import { DEALT } from './dealt-connection.js';
import { WORKER_MARK } from './worker-mark.js';

/** Three semi-spaces of 32 MB, as a serving thread has (`serving-thread.ts`). */
const WORKER_FLAGS = ['--max-semi-space-size=32', ...SERVING_FLAGS];

/** A worker gets no more time than it was told; then it is killed. */
const MARGIN_MS = 1500;

/** How a worker ended. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One process that serves, as its keeper sees it. */
export interface KeptWorker extends Taker {
  readonly pid: number;
  readonly startedAt: number;
  readonly talk: Talk<WorkerAnswers>;
  /** Resolves with where it serves; rejects when it ends before it does. */
  readonly served: Promise<string>;
  readonly ended: Promise<WorkerEnd>;
  /** Told to end, or about to be. */
  isLeaving: boolean;
  end(ending: Ending): Promise<WorkerEnd>;
}

/**
 * Runs this command once more in a process of its own.
 *
 * @param own what the keeper answers this worker, besides that it serves.
 * @param county what it answers of a county that it keeps; where it keeps none, of requests alone.
 */
export function startWorker(
  own: (worker: () => KeptWorker) => Omit<OwnAnswers, 'serving'>,
  county: CountyAnswers | Pick<CountyAnswers, 'findRequest'>,
): KeptWorker {
  const [, program = '', ...words] = process.argv;
  const worker = fork(program, words, {
    execArgv: [...process.execArgv, ...WORKER_FLAGS],
    env: { ...process.env, [WORKER_MARK]: '1' },
    // Cells of sources are more than JSON has.
    serialization: 'advanced',
  });
  let serves: (url: string) => void = () => undefined;
  const url = new Promise<string>((resolve) => {
    serves = resolve;
  });
  // One that serves a supergraph asks for nothing else of a county.
  const talk = openTalk<KeeperAnswers, WorkerAnswers>(channelOf(worker), {
    ...(county as CountyAnswers),
    ...own(() => kept),
    serving: async (where) => serves(where),
  });
  const ended = once(worker, 'exit').then(([code, signal]): WorkerEnd => {
    talk.end('the worker ended');
    return { code, signal };
  });
  const early = ended.then(({ code, signal }) =>
    Promise.reject(new WorkerLost(code, `a worker ended before it served (${signal ?? code})`)),
  );
  const served = Promise.race([url, early]);
  // Whoever does not wait for it hears of its end all the same.
  early.catch(() => undefined);
  served.catch(() => undefined);
  const kept: KeptWorker = {
    pid: worker.pid ?? 0,
    startedAt: performance.now(),
    talk,
    served,
    ended,
    isLeaving: false,
    give: (connection, onGiven) => void worker.send(DEALT, connection, undefined, onGiven),
    end: async (ending) => {
      kept.isLeaving = true;
      const kill = setTimeout(() => worker.kill('SIGKILL'), ending.graceMs + MARGIN_MS);
      await talk.ask('end', ending).catch(() => undefined);
      const how = await ended;
      clearTimeout(kill);
      return how;
    },
  };
  return kept;
}

/** A worker that could not be started. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
  /** Its exit code; null when a signal ended it. */
  readonly code: number | null;

  constructor(code: number | null, message: string) {
    super(message);
    this.code = code;
  }
}

function channelOf(worker: ChildProcess): Channel {
  return {
    // One that is gone is heard of by its end.
    send: (message) => void worker.send(message as object, () => undefined),
    onMessage: (take) => {
      worker.on('message', take);
      return () => worker.off('message', take);
    },
  };
}
