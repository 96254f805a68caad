import { fileState } from '../../runtime/file-state.js';
import type { VerbIo } from '../verbs/verb-io.js';

/** Network folders tell no changes, so that files are looked at. */
const LOOK_EVERY_MS = 2000;

/**
 * The same, which reads again as well when one of these files has changed and two looks have found it alike: not while it is
 * written. A worker is told by its keeper.
 */
export function rereadOnChange(io: VerbIo, files: () => readonly string[]): VerbIo {
  if (io.keeper !== null) return io;
  let timer: NodeJS.Timeout | undefined;
  // Taken before anything is read: what is written meanwhile is seen.
  let served = stateOf(files);
  return {
    ...io,
    onReread: (reread) => {
      io.onReread(reread);
      let seen = served;
      timer = setInterval(() => {
        const found = stateOf(files);
        const isStill = found === seen;
        seen = found;
        if (!isStill || found === served) return;
        served = found;
        void reread();
      }, LOOK_EVERY_MS);
    },
    untilStopped: async () => {
      const ending = await io.untilStopped();
      clearInterval(timer);
      return ending;
    },
  };
}

function stateOf(files: () => readonly string[]): string {
  return files()
    .map((file) => `${file} ${fileState(file)}`)
    .join('\n');
}
