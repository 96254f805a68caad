import { setTimeout as delay } from 'node:timers/promises';
import type {
  SnapshotFacts,
  SnapshotVersion,
  SnapshotWriter,
} from '../../../../adapters/snapshot/snapshot-store.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { msLeft } from '../../../../runtime/call/waiter.js';
import { chunksOf } from '../../../../runtime/chunks-of.js';
import type { SnapshotKeys, SnapshotRule } from '../../mapping/mapping.js';
import type { Reading } from '../own-readings.js';
import { readRows } from '../read-pages.js';
import type { CellSeal } from '../sealed-adapter.js';
import { keptRows, type ReadInterface } from '../take-reading.js';
import type { AskedKeys } from './asked-keys.js';
import { callsLeft, shareOfReadings } from './calls-left.js';
import { KEY_COLUMNS, type KnownKeys, readKnownKeys, rowsOfKeys } from './key-table.js';
import { type KeyWorld, listKeys } from './list-keys.js';

/** An interface that answers for keys alone, at its source, and where its snapshots are kept. */
export interface KeyedInterface extends ReadInterface {
  readonly rule: SnapshotRule & { readonly keys: SnapshotKeys };
  readonly asked: AskedKeys;
  readonly world: KeyWorld;
  readonly seal: CellSeal;
}

/** Keys after which a version is made of what has been read: a process that ends loses no more. */
const SLICE_KEYS = 2000;
/** A key is asked for again with those that are due, where it will be soon itself. */
const SOON = 0.9;
/** Kept back of a reading's time, to end what was begun. */
const END_MS = 60_000;
const LOOK_AGAIN_MS = 1000;

/**
 * Asks a source for one key after another: those that it was never asked for, then the oldest. As many as its quotas
 * allow; of the others the version tells what the one before told, as old as that is.
 */
export function createKeyedReading(one: KeyedInterface): Reading {
  // What an earlier process left is looked through once: it may not have come to the end.
  let hasMore = true;
  return {
    isWanted: () => hasMore,
    isAllowed: () => callsLeft(one.calls.quotas()) >= 1,
    take: async (_kind, context, serve) => {
      // Until it has come to the end: what fails on the way leaves the others.
      hasMore = true;
      hasMore = await readKeys(one, context, serve);
    },
  };
}

/** @returns whether keys are left that were to be asked for. @throws {SourceError} after publishing what was read. */
async function readKeys(
  one: KeyedInterface,
  context: CallContext,
  serve: (version: SnapshotVersion) => void,
): Promise<boolean> {
  const { mapping } = one.compiled;
  const listed = await listKeys(one.rule.keys, one.asked, one.world, context);
  const known = await readKnownKeys(one.table, one.asked.column, { seal: one.seal, mapping }, context);
  let gone = [...known.keys()].filter((key) => !listed.has(key));
  for (const key of gone) known.delete(key);
  let wanted = dueKeys(listed, known, one.rule, one.compiled.environment.clock.now().getTime());
  do {
    const slice = wanted.slice(0, sliceLength(one));
    const { version, read, failure } = await readSlice(one, { slice, gone, known }, context);
    serve(version);
    if (failure !== null) throw failure;
    gone = [];
    wanted = wanted.slice(read);
  } while (wanted.length > 0 && (await roomForMore(one, wanted.length, context)));
  return wanted.length > 0;
}

/** Keys that were never asked for, then the oldest. */
function dueKeys(
  listed: ReadonlySet<string>,
  known: KnownKeys,
  { everySeconds }: SnapshotRule,
  now: number,
): readonly string[] {
  const dueBefore = now - everySeconds * 1000 * SOON;
  const asked = [...known]
    .map(([key, { askedAt }]) => ({ key, at: Date.parse(askedAt) }))
    // A moment that is still to come was told by a clock that has been set back since.
    .filter(({ at }) => at <= dueBefore || at > now)
    .sort((left, right) => left.at - right.at);
  return [...[...listed].filter((key) => !known.has(key)), ...asked.map(({ key }) => key)];
}

function sliceLength({ calls, asked }: KeyedInterface): number {
  return Math.min(SLICE_KEYS, callsLeft(calls.quotas()) * asked.perExchange);
}

interface Slice {
  readonly slice: readonly string[];
  /** Keys that are forgotten. */
  readonly gone: readonly string[];
  /** Told of what is read. */
  readonly known: KnownKeys;
}

interface ReadSlice {
  readonly version: SnapshotVersion;
  /** How many keys of the slice were asked for, from its beginning. */
  readonly read: number;
  /** What kept the others from being asked for; null: nothing but time. */
  readonly failure: unknown;
}

async function readSlice(
  one: KeyedInterface,
  { slice, gone, known }: Slice,
  context: CallContext,
): Promise<ReadSlice> {
  const { columns, keptCell, asked, compiled } = one;
  const { clock } = compiled.environment;
  const startedAt = clock.now().toISOString();
  const writer = await beginVersion(one);
  let read = 0;
  const readKeys = async (keys: readonly string[]): Promise<void> => {
    // Before the source is asked: what it says is as new as that, or newer.
    const askedAt = clock.now().toISOString();
    const where = { kind: 'in', column: asked.column, values: keys } as const;
    const found = rowsOfKeys(keys, await readRows(one, { where }, context), {
      columns,
      column: asked.column,
      askedAt,
    });
    await writer.write(keptRows(one, found.rows));
    for (const key of keys) known.set(key, { askedAt, isThere: found.there.has(key) });
    read += keys.length;
  };
  try {
    const keptKey = keptCell(asked.column) ?? ((cell) => cell);
    if (gone.length > 0) await writer.remove(gone.map((key) => [keptKey(key)]));
    const failure = await inTurns(chunksOf(slice, asked.perExchange), readKeys, {
      places: compiled.mapping.limits.concurrent,
      goesOn: () => msLeft(context) > END_MS,
    });
    // What knows nothing serves nobody.
    if (failure !== null && known.size === 0) throw failure;
    const madeAt = clock.now().toISOString();
    const version = await writer.publish({ ...factsOf(known, startedAt), since: null, madeAt });
    return { version, read, failure };
  } finally {
    await writer.abandon();
  }
}

async function beginVersion({ table, columns }: KeyedInterface): Promise<SnapshotWriter> {
  if ((await table.serving()) !== null) return table.amend();
  return table.begin([...columns, ...KEY_COLUMNS].map((name) => ({ name, type: 'text' })));
}

/** A version is as old as what it knows of any key. @param now ISO 8601 */
function factsOf(known: KnownKeys, now: string): Pick<SnapshotFacts, 'readAt' | 'wholeAt' | 'absent'> {
  let oldest = now;
  let absent = 0;
  for (const { askedAt, isThere } of known.values()) {
    if (askedAt < oldest) oldest = askedAt;
    if (!isThere) absent += 1;
  }
  return { readAt: oldest, wholeAt: oldest, absent };
}

/** Works through a list from its beginning, some at a time, until one fails. @returns what failed first; null: nothing. */
async function inTurns<T>(
  list: readonly T[],
  work: (one: T) => Promise<void>,
  { places, goesOn }: { readonly places: number; readonly goesOn: () => boolean },
): Promise<unknown> {
  const failures: unknown[] = [];
  const queue = list.values();
  const takeTurns = async (): Promise<void> => {
    for (const one of queue) {
      try {
        await work(one);
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0 || !goesOn()) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(places, list.length) }, takeTurns));
  return failures[0] ?? null;
}

/** Waits for the minute's quota; nobody waits for that of the next day. @returns whether to go on. */
async function roomForMore(
  { calls, asked }: KeyedInterface,
  keys: number,
  context: CallContext,
): Promise<boolean> {
  const needed = Math.ceil(keys / asked.perExchange);
  while (msLeft(context) > END_MS && callsLeft(calls.quotas(), 'day') >= 1) {
    const minute = calls.quotas().find(({ window }) => window === 'minute');
    // Whoever went on with each single call would write a version for it.
    const enough = minute === undefined ? 1 : Math.ceil(shareOfReadings(minute.limit) / 2);
    if (callsLeft(calls.quotas()) >= Math.min(needed, enough)) return true;
    await delay(LOOK_AGAIN_MS, undefined, { ref: false });
  }
  return false;
}
