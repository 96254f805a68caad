import { readFileSync, statSync } from 'node:fs';
import type { Clock } from '../../../runtime/clock.js';
import { fileState } from '../../../runtime/file-state.js';

/** How often a file is looked at, at most. */
const LOOK_EVERY_MS = 5000;
/** More is no file of keys. */
const MAX_BYTES = 1024 * 1024;

/** What a file said last. */
export interface WatchedFile<T> {
  /** Looks at the file first if that was last done five seconds ago: there is no timer that somebody has to stop. */
  read(): T;
}

export interface WatchedFileOptions<T> {
  readonly clock: Pick<Clock, 'now'>;
  /** @throws {Error} when the text cannot be used. */
  parse(bytes: Buffer): T;
  /** Takes, once for each state of the file, why it cannot be used. What was read before serves on. */
  onRefused(error: unknown): void;
  /** A changed state serves. */
  onRenewed?(): void;
}

/**
 * A file that is read again when its time, size or identity has changed.
 *
 * @throws {Error} when it cannot be used now: nothing could serve instead.
 */
export function watchFile<T>(
  path: string,
  { clock, parse, onRefused, onRenewed }: WatchedFileOptions<T>,
): WatchedFile<T> {
  // The state is taken before the content: what is written between is seen the next time.
  let state = fileState(path);
  let value = parse(readBounded(path));
  let lookedAt = clock.now().getTime();
  return {
    read: () => {
      const moment = clock.now().getTime();
      if (Math.abs(moment - lookedAt) < LOOK_EVERY_MS) return value;
      lookedAt = moment;
      const found = fileState(path);
      if (found === state) return value;
      state = found;
      try {
        value = parse(readBounded(path));
        onRenewed?.();
      } catch (error) {
        onRefused(error);
      }
      return value;
    },
  };
}

function readBounded(path: string): Buffer {
  const { size } = statSync(path);
  if (size > MAX_BYTES) throw new Error(`${path} must have at most ${MAX_BYTES} bytes, but has ${size}`);
  return readFileSync(path);
}
