import { join } from 'node:path';
import type { FileEvent } from '../../adapters/file/file-event.js';
import type { Config } from '../../county/config/config.js';
import { dayCountsFileOf } from '../../county/day-counts-file.js';
import { keepIndexed } from '../../county/keep-indexed.js';
import { keepSnapshots } from '../../county/keep-snapshots.js';
import {
  type County,
  openCounty,
  type SharedCounty,
  type WatchedCallLedger,
} from '../../county/open-county.js';
import type { Logger } from '../../gateway/observe/logger.js';
import type { Clock } from '../../runtime/clock.js';
import { publicError } from '../../runtime/errors.js';
import type { Problem } from '../../runtime/yaml/problem.js';
import type { Hands } from '../../subgraphs/port/hands.js';
import type { InterfaceWatch } from '../../subgraphs/port/observation.js';
import type { RequestMemory } from '../../subgraphs/port/request-report.js';
import type { SourceObserver } from '../../subgraphs/port/source-observer.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';

/** Where a county that serves keeps what outlives it. */
export interface CountyFolders {
  /** Of its index and snapshots. */
  readonly own: string;
  /** Of what is counted of its sources, and known of counties below. */
  readonly lasting: string;
}

export interface ServedCountyOptions {
  readonly root: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly observer: SourceObserver;
  /** What is known of its interfaces by watching them. */
  readonly watch: InterfaceWatch;
  readonly folders: CountyFolders;
  /** What those who run it do to its interfaces. */
  readonly hands: Hands;
  /** What is remembered of requests. */
  readonly requests: RequestMemory;
  readonly logger: Logger;
  say(line: string): void;
  /** Where calls to sources are counted with those of other machines. Absent: by this process alone. */
  readonly callLedger?: WatchedCallLedger;
  /** Which other processes serve the same county; absent: none does. */
  readonly shared?: SharedCounty;
  /** Has the process that keeps the county read and look from now on. Absent: this one does. */
  readonly begin?: () => Promise<void>;
}

/** A county as it serves, and what keeps it up to date. */
export interface ServedCounty {
  readonly county: County;
  /** What is wrong in its files so that something of it is missing. */
  readonly errors: readonly Problem[];
  /** Reads its sources and keeps its index from now on. Resolves when whoever asks can be answered. */
  keep(): Promise<void>;
  /** Leaves that to another one on the same folders. */
  rest(): Promise<void>;
  subgraph(name: string): SubgraphPort;
  close(): Promise<void>;
}

/** @throws {MappingError} when a file that all departments share has errors. */
export async function openServedCounty(options: ServedCountyOptions): Promise<ServedCounty> {
  const { root, config, clock, observer, watch, requests, hands, folders, logger, say, shared, begin } =
    options;
  const county = await openCounty({
    root,
    config,
    clock,
    observer,
    watch,
    requests,
    hands,
    registryFile: join(folders.own, 'identity-index.sqlite'),
    // Sources that count days are asked by one process.
    ...(begin === undefined && dayCountsFileOf(config, folders.lasting)),
    snapshotFolder: join(folders.own, 'snapshots'),
    countiesFolder: join(folders.lasting, 'counties'),
    onFileEvent: logFileEvents(logger),
    ...(shared !== undefined && { shared }),
    ...(options.callLedger !== undefined && { callLedger: options.callLedger }),
  });
  const found = [...[...config.faults.values()].flat(), ...county.problems];
  let stopReading = (): void => undefined;
  let stopIndexing = (): void => undefined;
  const stop = (): void => {
    stopReading();
    stopIndexing();
  };
  return {
    county,
    errors: found.filter(({ severity }) => severity === 'error'),
    keep: async () => {
      if (begin !== undefined) return begin();
      stopReading = await keepSnapshots(county);
      stopIndexing = await keepIndexed(county.registry, clock, logger, say);
    },
    rest: async () => {
      stop();
      await county.rest();
    },
    subgraph: (name) => county.subgraphs.get(name) ?? unavailable(name),
    close: async () => {
      stop();
      await county.close();
    },
  };
}

/** Every step of every import would be noise. */
function logFileEvents(logger: Logger): (event: FileEvent) => void {
  return (event) => {
    if (event.kind === 'accepted') logger.info(event, 'drop accepted');
    else if (event.kind === 'rejected') logger.warn({ ...event.summary }, 'drop rejected');
    else if (event.kind === 'passed-over')
      logger.warn(event, 'drop passed over: older than the one that serves');
    else if (event.kind !== 'step') logger.warn({ ...event, err: event.error }, 'drops away');
  };
}

/** What is said of a subgraph of the supergraph that has no usable file left. */
function unavailable(name: string): SubgraphPort {
  return {
    name,
    execute: () => Promise.resolve({ errors: [publicError('SUBGRAPH_UNAVAILABLE')] }),
    close: () => Promise.resolve(),
  };
}
