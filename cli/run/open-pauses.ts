import { type KeptPauses, keepPauses } from '../../county/hands/keep-pauses.js';
import type { CountyObserver } from '../../county/observe/observer.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Clock } from '../../runtime/clock.js';
import { tellSharedStore } from './tell-shared-store.js';

interface PausesOptions {
  /** Null: pauses end with the process. */
  readonly folder: string | null;
  readonly clock: Clock;
  readonly watching: Pick<CountyObserver, 'holds'>;
  /** Whether other machines count limits together with this one. */
  readonly hasOthers: boolean;
  readonly logger: Logger;
}

/**
 * What is held back by hand at a process that keeps a county or serves a department, with what other machines hold back that share its
 * history.
 *
 * @throws {Error} when a file of it cannot be read.
 */
export async function openPauses({
  folder,
  clock,
  watching: { holds },
  hasOthers,
  logger,
}: PausesOptions): Promise<KeptPauses> {
  const tell = tellSharedStore({
    logger,
    onUp: () => undefined,
    said: {
      up: 'what is held back by hand is shared with other machines',
      away: 'what is held back by hand is known at this machine alone',
    },
  });
  const kept = keepPauses({
    folder,
    clock,
    shared:
      holds === null
        ? null
        : {
            store: holds,
            onAway: (error) =>
              tell(error instanceof Error || error === null ? error : new Error(String(error))),
          },
    areOthersUntold: hasOthers && holds === null,
  });
  // Nothing is served before it is known what must not be; who cannot be asked by then is asked again.
  await kept.hear();
  return kept;
}
