import { all } from '../../../adapters/condition.js';
import type { GroupTerm, SourceRow, TallyGroup } from '../../../adapters/source-adapter.js';
import { SourceTooLarge } from '../../../adapters/source-error.js';
import type { CallContext } from '../../call-context.js';
import type { FeedDimension, FeedTally, FeedTallyRequest, FeedValue } from '../../feed.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { addDecimals, multiplyDecimal } from '../values/decimal.js';
import { pushWhere } from './push-where.js';
import { compileResidual, fieldsOf } from './residual.js';
import { compileRowReader, type EngineRow } from './row-reader.js';
import type { SourceCalls } from './source-calls.js';
import { overdueAmount, UNPAID_FIELDS } from './unpaid.js';

type TallyWanted = Pick<FeedTallyRequest, 'where' | 'by' | 'sums' | 'overdueOn'>;

/**
 * Counts and sums by dimensions.
 *
 * The source counts distinct tuples of raw cells; each tuple is decoded once, filtered by what the source could
 * not filter, and added to its bucket, so that units, code lists and spellings never falsify a sum.
 *
 * @throws {SourceTooLarge} when there are more tuples than `limits.maxRowsScanned`.
 */
export async function readTally(
  compiled: CompiledInterface,
  calls: SourceCalls,
  wanted: TallyWanted,
  context: CallContext,
): Promise<readonly FeedTally[]> {
  const pushed = pushWhere(compiled, wanted.where);
  if (pushed.condition.kind === 'never') return [];
  const residual = pushed.residual === null ? null : fieldsOf(pushed.residual);
  const accepts = pushed.residual === null ? null : compileResidual(compiled, pushed.residual);
  const reader = compileRowReader(compiled, {
    fields: [
      ...new Set([
        ...wanted.by.flatMap((dimension) => ('field' in dimension ? [dimension.field] : [])),
        ...wanted.sums,
        ...(wanted.overdueOn === undefined ? [] : UNPAID_FIELDS),
        ...(residual?.fields ?? []),
      ]),
    ],
    subject: wanted.by.some((dimension) => 'subject' in dimension) || residual?.subject === true,
    refs: false,
    ...(residual?.key !== true && { keyless: true }),
  });
  const groups = await countTuples(
    compiled,
    calls,
    context,
    reader.columns,
    all([compiled.base, pushed.condition]),
  );
  const buckets = new Map<string, Bucket>();
  for (const group of groups) {
    const row = reader.read(group.key);
    if (accepts === null || accepts(row)) addToBucket(buckets, compiled, wanted, row, group.count);
  }
  return [...buckets.values()];
}

/** Distinct tuples of the columns with their counts; counted here when the source cannot. */
async function countTuples(
  compiled: CompiledInterface,
  calls: SourceCalls,
  context: CallContext,
  columns: readonly string[],
  where: Parameters<typeof all>[0][number],
): Promise<readonly Pick<TallyGroup, 'key' | 'count'>[]> {
  const { maxRowsScanned } = compiled.mapping.limits;
  if (compiled.adapter.capabilities.tallies) {
    const groupBy = columns.map((column): GroupTerm => ({ column }));
    return calls.tally({ from: compiled.from, where, groupBy, maxGroups: maxRowsScanned }, context);
  }
  const rows: readonly SourceRow[] = await calls.read(
    {
      from: compiled.from,
      columns: columns.length === 0 ? compiled.mapping.key : columns,
      where,
      orderBy: [],
      limit: maxRowsScanned + 1,
    },
    context,
  );
  if (rows.length > maxRowsScanned) {
    throw new SourceTooLarge(
      `Cannot count rows of ${compiled.mapping.interface}: at most ${maxRowsScanned} may be scanned, but more match`,
    );
  }
  return rows.map((key) => ({ key, count: 1 }));
}

interface Bucket {
  readonly key: readonly (string | null)[];
  count: number;
  sums: string[];
}

function addToBucket(
  buckets: Map<string, Bucket>,
  compiled: CompiledInterface,
  wanted: TallyWanted,
  row: EngineRow,
  count: number,
): void {
  const key = wanted.by.map((dimension) => dimensionOf(compiled, dimension, row));
  const amounts = [
    ...wanted.sums.map((field) => amountOf(row.values.get(field) ?? null)),
    ...(wanted.overdueOn === undefined ? [] : [overdueAmount(row.values, wanted.overdueOn)]),
  ];
  const text = JSON.stringify(key);
  const bucket = buckets.get(text);
  const parts = amounts.map((amount) => multiplyDecimal(amount, count));
  if (bucket === undefined) {
    buckets.set(text, { key, count, sums: parts });
    return;
  }
  bucket.count += count;
  bucket.sums = bucket.sums.map((sum, index) => addDecimals(sum, parts[index] ?? '0'));
}

function amountOf(value: FeedValue): string {
  return typeof value === 'string' ? value : '0.00';
}

function dimensionOf(compiled: CompiledInterface, dimension: FeedDimension, row: EngineRow): string | null {
  if ('subject' in dimension) return row.subject;
  if ('interface' in dimension) return compiled.mapping.interface;
  const value = row.values.get(dimension.field) ?? null;
  if (value === null) return null;
  const text = String(value);
  return 'truncate' in dimension ? truncateDate(text, dimension.truncate) : text;
}

/** `2026-06-30` → `2026`, `2026-Q2`, `2026-06`. */
function truncateDate(date: string, to: 'year' | 'quarter' | 'month'): string {
  if (to === 'year') return date.slice(0, 4);
  if (to === 'month') return date.slice(0, 7);
  return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
}
