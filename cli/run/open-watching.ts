import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { type Notifier, openNotifier } from '../../county/notify/notifier.js';
import { openEmbeddedHistory } from '../../county/observe/history/embedded-history.js';
import { type CountyObserver, type ObservedCounty, openObserver } from '../../county/observe/observer.js';
import { readWorkingDays } from '../../county/open-county.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { NoticeMetrics } from '../../gateway/observe/notice-metrics.js';
import type { Clock } from '../../runtime/clock.js';

interface WatchingOptions {
  readonly root: string;
  readonly config: Pick<Config, 'today' | 'gateway'>;
  readonly clock: Clock;
  /** Where the history is kept, and what was told of it. */
  readonly folder: string;
  readonly logger: Logger;
  /** Absent: what is told is logged alone. */
  readonly notices?: NoticeMetrics;
}

/**
 * What watches a county that serves, with its history, and tells people of incidents where `gateway.yaml` says so. One whose
 * clock begins the same day at every start has none of an earlier process: it would be of the days to come.
 */
export async function openWatching(options: WatchingOptions): Promise<CountyObserver> {
  const { root, config, clock, folder, logger } = options;
  const file = join(folder, 'observed.sqlite');
  if (config.today !== null) {
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    rmSync(toldFile(folder), { force: true });
  }
  const observer = await openObserver({
    clock,
    workingDays: readWorkingDays(root),
    store: openEmbeddedHistory(file),
    onFailure: (what, error) => logger.warn({ err: error }, what),
  });
  if (config.gateway.channels.length === 0) return observer;
  return withNotifier(observer, await openNotifying(observer, options));
}

function toldFile(folder: string): string {
  return join(folder, 'told.json');
}

function openNotifying(
  { watch }: CountyObserver,
  { config, clock, folder, logger, notices }: WatchingOptions,
): Promise<Notifier> {
  return openNotifier({
    channels: config.gateway.channels,
    watch,
    clock,
    file: toldFile(folder),
    observer: {
      sent: (channel, count) => {
        notices?.sent(channel, count);
        logger.info({ channel, notices: count }, 'incidents told');
      },
      failed: (channel, reason) => {
        notices?.failed(channel);
        logger.warn({ channel, reason }, 'incidents not told');
      },
      waiting: (channel, count) => notices?.waiting(channel, count),
    },
    onFailure: (what, error) => logger.warn({ err: error }, what),
  });
}

/** An observer whose incidents are told. */
function withNotifier(observer: CountyObserver, notifier: Notifier): CountyObserver {
  return {
    watch: observer.watch,
    watching: (sources) => observer.watching(sources),
    looked: (...look) => observer.looked(...look),
    observe: (county) => {
      observer.observe(county);
      notifier.about(interfacesOf(county));
    },
    tick: () => observer.tick(),
    start: () => {
      observer.start();
      notifier.start();
    },
    close: async () => {
      await notifier.close();
      await observer.close();
    },
  };
}

function interfacesOf({ departments }: ObservedCounty): Parameters<Notifier['about']>[0] {
  return departments.flatMap(({ served, broken }) => [
    ...served.map(({ compiled: { mapping } }) => ({
      name: mapping.interface,
      title: mapping.title,
      department: mapping.owner.department,
    })),
    ...broken.map(({ info: { name, title, department } }) => ({ name, title, department })),
  ]);
}
