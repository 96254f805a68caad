import { SourceError, SourceUnavailable } from '../../../adapters/source-error.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { durationText } from '../../../runtime/duration-text.js';
import type { FeedAge } from '../../feed/feed.js';
import type { InterfaceRows, ServedInterface } from '../read/served-interface.js';
import type { SnapshotAge } from './snapshot-age.js';

/** Where an answer's rows are read from. */
interface ChosenRows {
  readonly from: InterfaceRows;
  /** Of the snapshot that is read; null: rows come from the source as they are. Rows may be younger, never older. */
  readonly age: SnapshotAge | null;
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
  const { snapshot, live, leftOut } = one.kept;
  const atSource: ChosenRows = { from: live, age: null };
  for (const field of fields) {
    const inputs = one.compiled.derived.get(field)?.requires ?? [];
    if (leftOut.has(field) || inputs.some((input) => leftOut.has(input))) return atSource;
  }
  if (wanted === undefined) return { from: one, age: await snapshot.admit(null, context) };
  const { maxSeconds, otherwise } = wanted;
  try {
    const age = await snapshot.admit(maxSeconds, context);
    if (age.seconds <= maxSeconds) return { from: one, age };
    if (otherwise === 'SOURCE') return atSource;
    const tooOld = wordTooOld(age, maxSeconds);
    if (otherwise === 'STALE') return { from: one, age: { ...age, state: 'STALE', reason: tooOld } };
    throw new SourceUnavailable(
      `Cannot serve the snapshot of ${one.compiled.mapping.interface}: it must be at most ${maxSeconds} s old, but is older`,
      { detail: tooOld },
    );
  } catch (error) {
    if (otherwise === 'SOURCE' && error instanceof SourceError) return atSource;
    throw error;
  }
}

function wordTooOld({ seconds }: SnapshotAge, maxSeconds: number): string {
  const [is, may] = [durationText(seconds), durationText(maxSeconds)];
  return `快照已有 ${is.zh}，超过所要求的 ${may.zh}。The snapshot is ${is.en} old; at most ${may.en} was asked for.`;
}
