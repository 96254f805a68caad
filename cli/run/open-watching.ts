import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../county/config/config.js';
import { type Notifier, openNotifier } from '../../county/notify/notifier.js';
import { toldInFile, toldInHistory } from '../../county/notify/told-places.js';
import type { HistoryStore } from '../../county/observe/history/history-store.js';
import { HISTORY_FILE, openHistory } from '../../county/observe/history/open-history.js';
import { type CountyObserver, type ObservedCounty, openObserver } from '../../county/observe/observer.js';
import { lookAtDisk } from '../../county/observe/parts/look-at-disk.js';
import type { LookedAtPart } from '../../county/observe/parts/look-at-part.js';
import { readWorkingDays } from '../../county/open-county.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import type { Clock } from '../../runtime/clock.js';
import { diskOf, GATEWAY_PROCESS, historyOf, type WatchedPart } from '../../subgraphs/port/watched-parts.js';
import { CommandFailure, EXIT } from '../exit-code.js';

interface WatchingOptions {
  readonly root: string;
  readonly config: Pick<Config, 'today' | 'gateway'>;
  readonly clock: Clock;
  /** Where the history is kept, and what was told of it. */
  readonly folder: string;
  readonly logger: Logger;
  /** A subgraph's name, or `GATEWAY_PROCESS`: whose disk and history are watched. */
  readonly process: string;
  /** What is watched besides these and interfaces. */
  readonly parts?: readonly LookedAtPart[];
  /** Absent: what happens is logged alone. */
  readonly metrics?: Pick<Metrics, 'notices' | 'history'>;
}

/**
 * What watches a county that serves, with its history, and tells people of incidents where `gateway.yaml` says so. One whose
 * clock begins the same day at every start has none of an earlier process: it would be of the days to come.
 */
export async function openWatching(options: WatchingOptions): Promise<CountyObserver> {
  const { root, config, clock, folder, logger, process, metrics } = options;
  const file = join(folder, HISTORY_FILE);
  const { history, channels } = config.gateway;
  if (config.today !== null) {
    if (history !== null) throw clockOfItsOwn();
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    rmSync(toldFile(folder), { force: true });
  }
  const store = openHistory(history, file);
  const parts = [lookAtDisk(diskOf(process), folder), ...(options.parts ?? [])];
  const ownHistory = historyOf(process);
  const observer = await openObserver({
    clock,
    workingDays: readWorkingDays(root),
    store,
    parts,
    history: ownHistory,
    ...(metrics !== undefined && { onHistory: metrics.history }),
    onFailure: (what, error) => logger.warn({ err: error }, what),
  });
  if (channels.length === 0) return observer;
  return withNotifier(observer, await openNotifying(observer, store, options), [
    ...parts.map(({ part }) => part),
    ownHistory,
  ]);
}

function toldFile(folder: string): string {
  return join(folder, 'told.json');
}

function openNotifying(
  { watch, isObserving }: CountyObserver,
  store: HistoryStore,
  { config, clock, folder, logger, metrics }: WatchingOptions,
): Promise<Notifier> {
  return openNotifier({
    channels: config.gateway.channels,
    watch,
    clock,
    place: store.turns === null ? toldInFile(toldFile(folder)) : toldInHistory(store, clock),
    isOurs: isObserving,
    observer: {
      sent: (channel, count) => {
        metrics?.notices.sent(channel, count);
        logger.info({ channel, notices: count }, 'incidents told');
      },
      failed: (channel, reason) => {
        metrics?.notices.failed(channel);
        logger.warn({ channel, reason }, 'incidents not told');
      },
      waiting: (channel, count) => metrics?.notices.waiting(channel, count),
    },
    onFailure: (what, error) => logger.warn({ err: error }, what),
  });
}

/** An observer whose incidents are told. */
function withNotifier(
  observer: CountyObserver,
  notifier: Notifier,
  parts: readonly WatchedPart[],
): CountyObserver {
  const others = parts.map((part) => ({ ...part, department: part.department ?? GATEWAY_PROCESS }));
  return {
    watch: observer.watch,
    holds: observer.holds,
    watching: (sources) => observer.watching(sources),
    looked: (...look) => observer.looked(...look),
    note: (...asked) => observer.note(...asked),
    observe: (county) => {
      observer.observe(county);
      notifier.about([...interfacesOf(county), ...others]);
    },
    tick: () => observer.tick(),
    isObserving: observer.isObserving,
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

function clockOfItsOwn(): CommandFailure {
  return new CommandFailure(
    EXIT.usage,
    '演示县的时钟自定，观测历史不能与其他机器共用，请去掉 gateway.yaml 中的 history。Cannot start: the clock of a demo county is its own, so it must keep its history by itself, but gateway.yaml names a shared one; leave `history` out.',
  );
}
