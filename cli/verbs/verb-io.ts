import type { MessagePort } from 'node:worker_threads';

/** What a verb talks to; the process's own in the command, others in tests. */
export interface VerbIo {
  readonly environment: NodeJS.ProcessEnv;
  /** One line for people. */
  say(line: string): void;
  /** Resolves when the process is asked to end (SIGINT, SIGTERM). */
  untilStopped(): Promise<void>;
}

export function processIo(): VerbIo {
  return {
    environment: process.env,
    say: (line) => void process.stdout.write(`${line}\n`),
    untilStopped: () =>
      new Promise((resolve) => {
        const stop = (): void => {
          process.off('SIGINT', stop).off('SIGTERM', stop);
          resolve();
        };
        process.once('SIGINT', stop).once('SIGTERM', stop);
      }),
  };
}

/** For a command in a thread of its own, which no signal reaches: any message asks it to end. */
export function threadIo(port: MessagePort): VerbIo {
  return {
    ...processIo(),
    untilStopped: () =>
      new Promise((resolve) => {
        port.once('message', () => resolve());
      }),
  };
}
