import type { MessagePort } from 'node:worker_threads';
import { AT_ONCE, type Ending, IN_PEACE } from '../../gateway/http/listener/ending.js';
import type { Keeper } from '../workers/keeper.js';

/** What a verb talks to; the process's own in the command, others in tests. */
export interface VerbIo {
  readonly environment: NodeJS.ProcessEnv;
  /** The process that does for this one, and for its likes, what only one may do; null: this one does it itself. */
  readonly keeper: Keeper | null;
  /** One line for people. */
  say(line: string): void;
  /** Resolves with how to end when the process is asked to: at once by SIGINT, in peace by SIGTERM. */
  untilStopped(): Promise<Ending>;
  /** Calls whenever the process is asked to read its files again (SIGHUP). @param reread tells whether what was read serves. */
  onReread(reread: () => Promise<boolean>): void;
  /** Calls whenever the process is asked to put fresh workers in the place of its own (SIGUSR2). */
  onRenew(renew: () => Promise<void>): void;
}

/** What the main thread tells the one that serves. */
export type Order =
  | { readonly order: 'end'; readonly ending: Ending }
  | { readonly order: 'reread' | 'renew' };

/** Signals that serving commands obey. */
export const ORDERS: Readonly<Partial<Record<NodeJS.Signals, Order>>> = {
  SIGINT: { order: 'end', ending: AT_ONCE },
  SIGTERM: { order: 'end', ending: IN_PEACE },
  SIGHUP: { order: 'reread' },
  SIGUSR2: { order: 'renew' },
};

/** For commands that end by themselves, or at a signal. */
export function processIo(): VerbIo {
  return {
    environment: process.env,
    keeper: null,
    say: (line) => void process.stdout.write(`${line}\n`),
    untilStopped: () =>
      new Promise((resolve) => {
        const stop = (): void => {
          process.off('SIGINT', stop).off('SIGTERM', stop);
          resolve(AT_ONCE);
        };
        process.once('SIGINT', stop).once('SIGTERM', stop);
      }),
    onReread: () => undefined,
    onRenew: () => undefined,
  };
}

/** For a command in a thread of its own, which no signal reaches: the main thread passes them on. */
export function threadIo(port: MessagePort): VerbIo {
  const take = (order: Order['order'], obey: () => unknown): void => {
    port.on('message', (said: Order) => {
      if (said.order === order) obey();
    });
  };
  return {
    ...processIo(),
    untilStopped: () =>
      new Promise((resolve) => {
        port.on('message', (said: Order) => {
          if (said.order !== 'end') return;
          // A port that is listened to keeps the thread.
          port.close();
          resolve(said.ending);
        });
      }),
    onReread: (reread) => take('reread', reread),
    onRenew: (renew) => take('renew', renew),
  };
}
