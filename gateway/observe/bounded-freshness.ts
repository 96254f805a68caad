import type { InterfaceOutcome } from '../../subgraphs/port/interface-outcome.js';
import type { FreshnessReader } from './source-metrics.js';

/**
 * Freshness within a bound: when the reader takes longer, or fails, what was known before is given. One
 * reading runs at a time, however many ask.
 *
 * @param waitMs the longest that one asks.
 */
export function boundFreshness(read: FreshnessReader, waitMs: number): FreshnessReader {
  let known: readonly InterfaceOutcome[] = [];
  let running: Promise<void> | null = null;
  const refresh = async (): Promise<void> => {
    try {
      known = await read();
    } catch {
      // The reader reports failures as states; without an answer the last one is the best there is.
    } finally {
      running = null;
    }
  };
  return async () => {
    running ??= refresh();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([running, enough]);
    clearTimeout(timer);
    return known;
  };
}
