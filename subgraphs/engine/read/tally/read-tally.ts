import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { FeedMeasure, FeedTally, FeedTallyRequest, Measured } from '../../../feed/feed.js';
import { addMeasured, measure } from '../../../feed/measured.js';
import { compileRowReader, type EngineRow } from '../row/row-reader.js';
import type { InterfaceRows } from '../served-interface.js';
import { pushSpelt } from '../where/push-numbers.js';
import { compileResidual, lookedAtBy } from '../where/residual.js';
import { type DimensionReader, daysOf, fieldsOfDimension, readDimension } from './dimensions.js';
import { readGroups } from './read-groups.js';

type TallyWanted = Pick<FeedTallyRequest, 'where' | 'by' | 'measures'>;

/**
 * Counts and measures by dimensions.
 *
 * The source counts distinct tuples of raw cells; each tuple is decoded once, filtered by what the source could
 * not filter, and added to its buckets, so that units, code lists and spellings never falsify a sum.
 *
 * @throws {SourceTooLarge} when there are more tuples than `limits.maxRowsScanned`.
 */
export async function readTally(
  served: InterfaceRows,
  wanted: TallyWanted,
  context: CallContext,
): Promise<readonly FeedTally[]> {
  const { compiled } = served;
  const pushed = await pushSpelt(served, wanted.where, context);
  if (pushed.condition.kind === 'never') return [];
  const residual = pushed.residual === null ? null : lookedAtBy(pushed.residual);
  const accepts = pushed.residual === null ? null : compileResidual(compiled, pushed.residual);
  const reader = compileRowReader(compiled, {
    fields: [
      ...new Set([
        ...wanted.by.flatMap(fieldsOfDimension),
        ...wanted.measures.flatMap(fieldsOfDimension),
        ...(residual?.fields ?? []),
      ]),
    ],
    today: context.today,
    subject: wanted.by.some((dimension) => 'subject' in dimension) || residual?.subject === true,
    refs: false,
    ...(residual?.key !== true && { keyless: true }),
  });
  const groups = await readGroups(served, { columns: reader.columns, where: pushed.condition }, context);
  const buckets = createBuckets(wanted, (row, dimension) =>
    readDimension(row, dimension, compiled.mapping.interface),
  );
  for (const group of groups) {
    // Where every dimension is constant, no column is grouped by, and a source then counts even no rows.
    if (group.count === 0 && wanted.by.length > 0) continue;
    const row = reader.read(group.key);
    if (accepts === null || accepts(row)) buckets.add(row, group.count);
  }
  return buckets.list();
}

interface Bucket {
  readonly key: readonly (string | null)[];
  count: number;
  measures: readonly Measured[];
}

interface Buckets {
  add(row: EngineRow, count: number): void;
  list(): readonly FeedTally[];
}

function createBuckets({ by, measures }: TallyWanted, read: DimensionReader): Buckets {
  /** By key; all keys are of one length. */
  const buckets = new Map<string | null, Bucket>();
  return {
    add: (row, count) => {
      const measured =
        measures.length === 0 ? NO_MEASURES : measures.map((one) => measure(numberOf(row, one), count));
      for (const key of keysOf(by.map((dimension) => read(row, dimension)))) {
        const text = key.length === 1 ? (key[0] ?? null) : JSON.stringify(key);
        const bucket = buckets.get(text);
        if (bucket === undefined) {
          buckets.set(text, { key, count, measures: measured });
          continue;
        }
        bucket.count += count;
        if (measures.length > 0)
          bucket.measures = bucket.measures.map((before, index) => addMeasured(before, measured[index]));
      }
    },
    list: () => [...buckets.values()],
  };
}

const NO_MEASURES: readonly Measured[] = [];

type Texts = string | null | readonly (string | null)[];

/** Every combination of one text of each dimension: a row with two penalties counts in two buckets. */
function keysOf(texts: readonly Texts[]): readonly (readonly (string | null)[])[] {
  if (texts.every(isSingle)) return [texts];
  return texts
    .map((ofDimension) => (isSingle(ofDimension) ? [ofDimension] : ofDimension))
    .reduce<readonly (readonly (string | null)[])[]>(
      (keys, ofDimension) => keys.flatMap((key) => ofDimension.map((text) => [...key, text])),
      [[]],
    );
}

function isSingle(texts: Texts): texts is string | null {
  return texts === null || typeof texts === 'string';
}

/** The number to be measured, as decimal text. */
function numberOf(row: EngineRow, wanted: FeedMeasure): string | null {
  if ('days' in wanted) return daysOf(row, wanted.days);
  const value = row.values.get(wanted.field) ?? null;
  return value === null ? null : String(value);
}
