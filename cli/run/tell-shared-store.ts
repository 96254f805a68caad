import type { Logger } from '../../gateway/observe/logger.js';

interface Telling {
  readonly logger: Logger;
  /** Told at first, and when it changes. */
  readonly onUp: (isUp: boolean) => void;
  /** What is logged when the store answers, and while it is away. */
  readonly said: { readonly up: string; readonly away: string };
}

/** Tells log and metrics whether a store that machines share answers. @returns called with why it is away, or null. */
export function tellSharedStore({ logger, onUp, said }: Telling): (away: Error | null) => void {
  return (away) => {
    onUp(away === null);
    if (away === null) logger.info(said.up);
    else logger.warn({ said: away.message }, said.away);
  };
}
