import { SourceError, SourceUnavailable } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { durationText } from '../../../runtime/duration-text.js';
import type { FeedAge } from '../../feed/feed.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import type { SnapshotAge } from './snapshot-age.js';

/** Where an answer's rows are read from. */
export interface ChosenRows {
  readonly from: InterfaceRows;
  /** Of the snapshot that is read; null: rows come from the source as they are. Rows may be younger, never older. */
  readonly age: SnapshotAge | null;
  /** Where to read them if these fail. */
  readonly orElse?: ChosenRows;
}

export interface WantedRows {
  /** Every field that is shown, filtered, sorted or counted by. */
  readonly fields: Iterable<string>;
  readonly age?: FeedAge;
}

/**
 * The snapshot of an interface, or its source where the snapshot has not what is wanted.
 *
 * @throws {SourceError} when neither serves.
 */
export async function chooseRows(
  one: ServedInterface,
  { fields, age: wanted }: WantedRows,
  context: CallContext,
): Promise<ChosenRows> {
  if (one.kept === null) return { from: one, age: null };
  const { snapshot, live, leftOut, isKeyed } = one.kept;
  const atSource: ChosenRows = { from: live, age: null };
  for (const field of fields) {
    const inputs = one.compiled.derived.get(field)?.requires ?? [];
    if (leftOut.has(field) || inputs.some((input) => leftOut.has(input))) return atSource;
  }
  if (isKeyed) return chooseByKeys(one, atSource, await snapshot.usable(), wanted);
  if (wanted === undefined) return { from: one, age: await snapshot.admit(null, context) };
  const { maxSeconds, otherwise } = wanted;
  try {
    const age = await snapshot.admit(maxSeconds, context);
    if (age.seconds <= maxSeconds) return { from: one, age };
    if (otherwise === 'SOURCE') return atSource;
    const tooOld = wordTooOld(age, maxSeconds);
    if (otherwise === 'STALE') return staleRows(one, age, maxSeconds);
    throw new SourceUnavailable(
      `Cannot serve the snapshot of ${one.compiled.mapping.interface}: it must be at most ${maxSeconds} s old, but is older`,
      { detail: tooOld },
    );
  } catch (error) {
    if (otherwise === 'SOURCE' && error instanceof SourceError) return atSource;
    throw error;
  }
}

/** Younger rows of a source that answers for keys are asked of it for the keys that are wanted, and no others. */
function chooseByKeys(
  one: ServedInterface,
  atSource: ChosenRows,
  age: SnapshotAge | null,
  wanted: FeedAge | undefined,
): ChosenRows {
  if (age === null) return atSource;
  if (wanted === undefined || age.seconds <= wanted.maxSeconds) return { from: one, age };
  if (wanted.otherwise !== 'STALE') return atSource;
  return { ...atSource, orElse: staleRows(one, age, wanted.maxSeconds) };
}

function staleRows(one: ServedInterface, age: SnapshotAge, maxSeconds: number): ChosenRows {
  return { from: one, age: { ...age, state: 'STALE', reason: wordTooOld(age, maxSeconds) } };
}

function wordTooOld({ seconds }: SnapshotAge, maxSeconds: number): string {
  const [is, may] = [durationText(seconds), durationText(maxSeconds)];
  return `快照已有 ${is.zh}，超过所要求的 ${may.zh}。The snapshot is ${is.en} old; at most ${may.en} was asked for.`;
}
