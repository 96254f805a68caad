import { SourceError } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import { type Clock, countyMoment } from '../../../../runtime/clock.js';
import { durationText } from '../../../../runtime/duration-text.js';
import { publicReason } from '../../../../runtime/errors.js';
import type { FeedStanding } from '../../../feed/feed.js';
import type { InterfaceOutcome } from '../../../port/interface-outcome.js';
import { cutOffReason, requireCallable, requireServing } from '../../calls/require-serving.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import type { SnapshotAge } from '../../snapshot/snapshot-age.js';
import { failureReason } from '../public-detail.js';
import type { ServedInterface } from '../served-interface.js';
import { createSourceProbes } from './probe-source.js';
import { readWatermark, type WatermarkReading } from './read-watermark.js';

export interface Freshness {
  /** Greatest watermark, ISO 8601 at +08:00; null when unknown. */
  readonly asOf: string | null;
  /** Older than the mapping's `fail`. */
  readonly stale: boolean;
  readonly reason: string | null;
}

/** The last known watermark of every interface, so that answers can state their age without asking the source. */
export interface FreshnessBook {
  /** @param age of the snapshot that is read, if one is. */
  of(compiled: CompiledInterface, age: SnapshotAge | null): Freshness;
  /** Asks every interface for its watermark and remembers the answers. */
  refresh(served: readonly ServedInterface[], context: CallContext): Promise<readonly FeedStanding[]>;
  /** What is known of an interface, for those who follow this county. */
  known(compiled: CompiledInterface): Entry & Noticed & { readonly standing: FeedStanding | null };
}

/** What a source is known to lack, though it answers. */
interface Noticed {
  /** A sentence for callers, Chinese first. */
  readonly notice: string | null;
}

/** What is known of one interface. */
interface Entry {
  readonly asOf: string | null;
  /** The source was asked, and has had no row since that day. */
  readonly noneSince: string | null;
}

const NOTHING_KNOWN: Entry = { asOf: null, noneSince: null };

export function createFreshnessBook(): FreshnessBook {
  const probes = createSourceProbes();
  const entries = new Map<string, Entry>();
  const standings = new Map<string, FeedStanding>();
  const entryOf = ({ mapping }: CompiledInterface): Entry => entries.get(mapping.interface) ?? NOTHING_KNOWN;
  const noticeOf = ({ mapping, adapter }: CompiledInterface): string | null =>
    probes.noticeOf(mapping.interface) ?? adapter.stats?.().notice ?? null;
  const of = (compiled: CompiledInterface, age: SnapshotAge | null): Freshness =>
    describeFreshness(compiled, entryOf(compiled), { age, notice: noticeOf(compiled) });
  /** A reading that fails says all that a look would; but where keys may come that were never read, both are needed. */
  const lookedAt = async (
    one: ServedInterface,
    age: SnapshotAge | null,
    context: CallContext,
  ): Promise<SnapshotAge | null> => {
    if (age !== null && one.kept?.isKeyed !== true) return age;
    try {
      await probes.look(one, context);
      return age;
    } catch (error) {
      if (age === null || !(error instanceof SourceError)) throw error;
      return { ...age, state: 'STALE', reason: failureReason(error, one.compiled.mapping) };
    }
  };
  const remember = (compiled: CompiledInterface, reading: WatermarkReading): void => {
    const name = compiled.mapping.interface;
    const { asOf } = entries.get(name) ?? NOTHING_KNOWN;
    if (reading.kind === 'newest') entries.set(name, { asOf: reading.asOf, noneSince: null });
    if (reading.kind === 'none-since') entries.set(name, { asOf, noneSince: reading.day });
  };
  const look = async (one: ServedInterface, context: CallContext): Promise<InterfaceOutcome> => {
    const started = performance.now();
    const { compiled } = one;
    const common = {
      interface: compiled.mapping.interface,
      department: compiled.mapping.owner.department,
    };
    try {
      // Not every look calls its source.
      (one.kept === null ? requireCallable : requireServing)(compiled);
      remember(compiled, await readWatermark(one, context));
      const age = await ageOf(one, context);
      const { stale, ...known } = of(compiled, await lookedAt(one, age, context));
      const tookMs = performance.now() - started;
      const trouble = one.rows.trouble();
      // Not every watermark is asked of the source: that one is known does not mean that queries are answered.
      if (trouble !== null) {
        const reason = publicReason('SOURCE_UNAVAILABLE', trouble);
        return { ...common, ...known, state: 'MISSING', reason, tookMs };
      }
      return { ...common, ...known, state: stale ? 'STALE' : 'LIVE', tookMs };
    } catch (error) {
      return {
        ...common,
        asOf: of(compiled, one.kept?.snapshot.age() ?? null).asOf,
        state: 'MISSING',
        reason: failureReason(error, compiled.mapping),
        tookMs: performance.now() - started,
      };
    }
  };
  return {
    of,
    refresh: (served, context) =>
      Promise.all(
        served.map(async (one) => {
          const outcome = await look(one, context);
          const { clock } = one.compiled.environment;
          const standing = { ...outcome, lookedAt: countyMoment(clock.now()) };
          standings.set(outcome.interface, standing);
          return standing;
        }),
      ),
    known: (compiled) => ({
      ...entryOf(compiled),
      notice: noticeOf(compiled),
      standing: standings.get(compiled.mapping.interface) ?? null,
    }),
  };
}

/** What answers say of an interface's age. @param age of the snapshot that is read, if one is. */
export function describeFreshness(
  compiled: CompiledInterface,
  entry: Entry,
  { age, notice }: Noticed & { readonly age: SnapshotAge | null },
): Freshness {
  const asOf = age?.asOf ?? entry.asOf;
  const old = age?.reason ?? null;
  const stale = cutOffReason(compiled) ?? (old === null ? whyStale(compiled, entry) : `STALE: ${old}`);
  const amiss = stale ?? whyLate(compiled, entry) ?? notice;
  return { asOf, stale: stale !== null, reason: amiss };
}

/** Of what is kept and read; null: the source is asked. @throws {SourceError} when neither serves. */
async function ageOf({ kept }: ServedInterface, context: CallContext): Promise<SnapshotAge | null> {
  if (kept === null) return null;
  return kept.isKeyed ? kept.snapshot.usable() : kept.snapshot.admit(null, context);
}

function whyStale({ info, environment }: CompiledInterface, { asOf, noneSince }: Entry): string | null {
  if (noneSince !== null) return `STALE: 自 ${noneSince} 以来没有数据。No row since ${noneSince}.`;
  const { failAfterSeconds } = info;
  return isOlder(asOf, failAfterSeconds, environment.clock) ? `STALE: ${noNewsFor(failAfterSeconds)}` : null;
}

/** Older than the mapping's `warn`: the interface is still LIVE, but not as it should be. */
function whyLate({ info, environment }: CompiledInterface, { asOf }: Entry): string | null {
  const { warnAfterSeconds } = info;
  return isOlder(asOf, warnAfterSeconds, environment.clock) ? noNewsFor(warnAfterSeconds) : null;
}

function isOlder(asOf: string | null, seconds: number | null, clock: Clock): seconds is number {
  if (asOf === null || seconds === null) return false;
  return (clock.now().getTime() - Date.parse(asOf)) / 1000 > seconds;
}

function noNewsFor(seconds: number): string {
  const { zh, en } = durationText(seconds);
  return `数据超过 ${zh}未更新。No news for more than ${en}.`;
}
