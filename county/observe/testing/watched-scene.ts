import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DropState } from '../../../adapters/file/file-object.js';
import type { SnapshotStore } from '../../../adapters/snapshot/snapshot-store.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { findProjectRoot } from '../../../runtime/project-root.js';
import type { HandClock } from '../../../subgraphs/engine/testing/hand-clock.js';
import {
  openSmallDepartment,
  type SmallDepartment,
} from '../../../subgraphs/engine/testing/small-department.js';
import type { Pauses } from '../../../subgraphs/port/hands.js';
import type { Incident } from '../../../subgraphs/port/observation.js';
import { UNOBSERVED } from '../../../subgraphs/port/source-observer.js';
import type { WatchedPart } from '../../../subgraphs/port/watched-parts.js';
import { parseWorkingDays } from '../../../subgraphs/values/dates/parse-working-days.js';
import { systemContext } from '../../system-context.js';
import { openEmbeddedHistory } from '../history/embedded-history.js';
import { type CountyObserver, type ObservedCounty, openObserver } from '../observer.js';
import type { HistoryStanding } from '../parts/look-at-history.js';
import type { LookedAtPart } from '../parts/look-at-part.js';

const CALENDAR = 'schema/calendar/working-days.yaml';

interface SceneOptions {
  readonly mappings: readonly string[];
  readonly adapters: ReadonlyMap<string, SourceAdapter>;
  readonly clock: HandClock;
  readonly snapshots?: SnapshotStore;
  /** What happens in the county while the clock stands at a moment, before it is looked at. */
  readonly onTurn?: (clock: HandClock) => void;
  /** Default: none are paused. */
  readonly pauses?: Pauses;
  readonly drops?: () => Promise<readonly DropState[]>;
  /** Where its history is kept. Default: a folder that is removed at the end. */
  readonly folder?: string;
  readonly parts?: readonly LookedAtPart[];
  /** Its history is watched as this part. Default: it is not. */
  readonly history?: WatchedPart;
  readonly onHistory?: (standing: HistoryStanding) => void;
  /** What goes wrong besides. Default: it fails the test. */
  readonly onFailure?: (what: string) => void;
  /** Default: nothing is indexed. */
  readonly registry?: ObservedCounty['registry'];
}

/** A small county that is watched, by a clock that is turned. */
export interface WatchedScene {
  readonly observer: CountyObserver;
  readonly department: SmallDepartment;
  readonly clock: HandClock;
  /** Turns the clock on, looking every so often; default every half minute. */
  live(seconds: number, everySeconds?: number): Promise<void>;
  /** What was told so far, oldest first: `CAUSE about` and whether it lasts. */
  told(): Promise<readonly Incident[]>;
  /** The causes of what lasts. */
  open(): Promise<readonly string[]>;
  /** Lives until something is told; fails after so long. @returns seconds until then, and what it was. */
  untilTold(
    withinSeconds: number,
    everySeconds?: number,
  ): Promise<{ readonly seconds: number; readonly incident: Incident }>;
  close(): Promise<void>;
}

const NO_REGISTRY: ObservedCounty['registry'] = { asOf: () => null, coverage: async () => [] };

export async function openWatchedScene(options: SceneOptions): Promise<WatchedScene> {
  const { mappings, adapters, clock, snapshots, pauses, onTurn, drops, registry = NO_REGISTRY } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'eg-watched-'));
  const workingDays = parseWorkingDays(readFileSync(join(findProjectRoot(), CALENDAR), 'utf8'), CALENDAR);
  const observer = await openObserver({
    clock,
    workingDays,
    store: openEmbeddedHistory(join(folder, 'history.sqlite')),
    ...(options.parts !== undefined && { parts: options.parts }),
    ...(options.history !== undefined && { history: options.history }),
    ...(options.onHistory !== undefined && { onHistory: options.onHistory }),
    onFailure: (what, error) => {
      if (options.onFailure !== undefined) return options.onFailure(what);
      throw new Error(what, { cause: error });
    },
  });
  const department = openSmallDepartment(mappings, adapters, {
    clock,
    observer: observer.watching(UNOBSERVED),
    ...(snapshots !== undefined && { snapshots }),
    ...(pauses !== undefined && { pauses }),
  });
  observer.observe({
    departments: [{ served: department.served, broken: [] }],
    drops: drops ?? (async () => []),
    registry,
  });
  const turn = async (seconds: number): Promise<void> => {
    clock.pass(seconds);
    onTurn?.(clock);
    await Promise.all(department.served.map((one) => one.kept?.snapshot.keep()));
    const context = systemContext(clock, 'look', 10_000);
    observer.looked(await department.feed.freshness(context), context.requestId);
    await observer.tick();
  };
  const told = async () =>
    [...(await observer.watch.incidents({ limit: 1000 }))].sort((left, right) => left.since - right.since);
  return {
    observer,
    department,
    clock,
    live: async (seconds, everySeconds = 30) => {
      for (let passed = 0; passed < seconds; passed += everySeconds) await turn(everySeconds);
    },
    told,
    open: async () => (await told()).filter(({ until }) => until === null).map(({ cause }) => cause),
    untilTold: async (withinSeconds, everySeconds = 30) => {
      const before = new Set((await told()).map(({ id }) => id));
      for (let seconds = everySeconds; seconds <= withinSeconds; seconds += everySeconds) {
        await turn(everySeconds);
        const incident = (await told()).find(({ id }) => !before.has(id));
        if (incident !== undefined) return { seconds, incident };
      }
      throw new Error(`nothing was told within ${withinSeconds} s`);
    },
    close: async () => {
      await observer.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
