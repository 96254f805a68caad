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
  /**
   * Resolves with how to end when the process is asked to: at once by SIGINT, in peace by SIGTERM. Called before anything is
   * accepted; who has not called it is ended there and then.
   */
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

/**
 * For a command in a thread of its own, which no signal reaches: the main thread passes them on. Who is told to end before it
 * serves ends there and then: nothing has been accepted, and whatever it writes outlives its loss.
 *
 * @param leave ends this thread.
 */
export function threadIo(port: MessagePort, leave: (ending: Ending) => void): VerbIo {
  const take = <Kind extends Order['order']>(
    kind: Kind,
    obey: (order: Extract<Order, { readonly order: Kind }>) => unknown,
  ): void => {
    port.on('message', (said: Order) => {
      if (said.order === kind) obey(said as Extract<Order, { readonly order: Kind }>);
    });
    // What serves keeps the thread; a port that is listened to would keep one that could not begin.
    port.unref();
  };
  let end: (ending: Ending) => void = leave;
  take('end', ({ ending }) => end(ending));
  return {
    ...processIo(),
    untilStopped: () =>
      new Promise((resolve) => {
        end = resolve;
      }),
    onReread: (reread) => take('reread', reread),
    onRenew: (renew) => take('renew', renew),
  };
}
