import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { openEmbeddedHistory } from '../../county/observe/history/embedded-history.js';
import { type CountyObserver, openObserver } from '../../county/observe/observer.js';
import { readWorkingDays } from '../../county/open-county.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Clock } from '../../runtime/clock.js';

interface WatchingOptions {
  readonly root: string;
  readonly config: Pick<Config, 'today'>;
  readonly clock: Clock;
  /** Where the history is kept. */
  readonly folder: string;
  readonly logger: Logger;
}

/**
 * What watches a county that serves, with its history. One whose clock begins the same day at every start has none of
 * an earlier process: it would be of the days to come.
 */
export function openWatching({
  root,
  config,
  clock,
  folder,
  logger,
}: WatchingOptions): Promise<CountyObserver> {
  const file = join(folder, 'observed.sqlite');
  if (config.today !== null) {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  }
  return openObserver({
    clock,
    workingDays: readWorkingDays(root),
    store: openEmbeddedHistory(file),
    onFailure: (what, error) => logger.warn({ err: error }, what),
  });
}
