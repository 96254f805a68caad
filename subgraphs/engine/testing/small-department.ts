import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SnapshotStore } from '../../../adapters/snapshot/snapshot-store.js';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { sharedSignal } from '../../../runtime/call/shared-signal.js';
import { type Clock, createClockFrom } from '../../../runtime/clock.js';
import { formatProblem } from '../../../runtime/yaml/problem.js';
import type { FeedPort } from '../../feed/feed.js';
import type { KnownRefs } from '../../feed/known-refs.js';
import type { Pauses } from '../../port/hands.js';
import { type SourceCallEvent, type SourceObserver, UNOBSERVED } from '../../port/source-observer.js';
import { type ClosedSeasons, createClosedSeasons } from '../../values/dates/closed-seasons.js';
import { createWorkingDays } from '../../values/dates/working-days.js';
import type { DayCounts } from '../calls/day-counts.js';
import { compileInterface } from '../compile/compile-interface.js';
import { parseMapping } from '../mapping/parse-mapping.js';
import { createEngineFeed } from '../read/engine-feed.js';
import { createFreshnessBook } from '../read/freshness/freshness.js';
import { createKeyBook } from '../read/keys/key-book.js';
import type { ServedInterface } from '../read/served-interface.js';
import { serveInterface } from '../serve-interface.js';
import { testCodecEnvironment } from './codec-environment.js';

export const TODAY = '2026-06-30';

/** A context that nobody aborts, with plenty of time. */
export function testContext(budgetMs = 30_000): CallContext {
  return {
    requestId: 'test',
    caller: ANONYMOUS,
    signal: sharedSignal(new AbortController().signal),
    deadline: Date.now() + budgetMs,
    today: TODAY,
  };
}

/** Interfaces over adapters, with every source call recorded. */
export interface SmallDepartment {
  readonly served: readonly ServedInterface[];
  readonly feed: FeedPort;
  readonly calls: SourceCallEvent[];
}

interface SmallOptions {
  /** Days on which people work against the rule of the week; see `WorkingDays`. */
  readonly exceptions?: readonly string[];
  /** Default: none are known. */
  readonly closedSeasons?: ClosedSeasons;
  readonly clock?: Clock;
  /** Default: none are kept. */
  readonly snapshots?: SnapshotStore;
  /** Default: there is no register. */
  readonly knownRefs?: KnownRefs;
  /** Told of everything beside the calls that are recorded. */
  readonly observer?: SourceObserver;
  /** Default: each department counts for itself. */
  readonly dayCounts?: DayCounts;
  /** Default: none are paused. */
  readonly pauses?: Pauses;
}

export function openSmallDepartment(
  mappings: readonly string[],
  adapters: ReadonlyMap<string, SourceAdapter>,
  {
    exceptions = [],
    closedSeasons = createClosedSeasons([]),
    clock = createClockFrom(TODAY),
    snapshots,
    knownRefs,
    dayCounts,
    pauses,
    observer: told = UNOBSERVED,
  }: SmallOptions = {},
): SmallDepartment {
  const calls: SourceCallEvent[] = [];
  const observer: SourceObserver = {
    ...told,
    sourceCall: (event) => {
      told.sourceCall(event);
      calls.push(event);
    },
  };
  const environment = {
    ...testCodecEnvironment(),
    clock,
    observer,
    ...(snapshots !== undefined && { snapshots }),
    ...(knownRefs !== undefined && { knownRefs }),
    ...(dayCounts !== undefined && { dayCounts }),
    ...(pauses !== undefined && { pauses }),
    workingDays: createWorkingDays(exceptions),
    closedSeasons,
  };
  const byName = new Map<string, ServedInterface>();
  const served = mappings.map((text): ServedInterface => {
    const parsed = parseMapping(text, 'test.yaml');
    if (parsed.kind === 'problems') throw new Error(parsed.problems.map(formatProblem).join('\n'));
    const adapter = adapters.get(parsed.mapping.source.connection);
    if (adapter === undefined) throw new Error(`no adapter for ${parsed.mapping.source.connection}`);
    const compiled = compileInterface(parsed.mapping, adapter, environment);
    const one = serveInterface(compiled, (name) => byName.get(name) ?? null);
    byName.set(parsed.mapping.interface, one);
    return one;
  });
  return {
    served,
    feed: createEngineFeed('test', served, { freshness: createFreshnessBook(), keys: createKeyBook() }),
    calls,
  };
}

/** A real SQLite file made by some SQL, and an adapter on it. */
export async function withSqlite<T>(
  sql: string,
  work: (adapter: SourceAdapter, file: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-engine-'));
  const file = join(folder, 'legacy.sqlite');
  const database = new Database(file);
  database.exec(sql);
  database.close();
  const adapter = openSqlAdapter({ dialect: 'sqlite', file });
  try {
    return await work(adapter, file);
  } finally {
    await adapter.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
