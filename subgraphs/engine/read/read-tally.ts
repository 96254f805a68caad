import { all } from '../../../adapters/condition.js';
import type { CallContext } from '../../../runtime/call/call-context.js';
import type { FeedDimension, FeedTally, FeedTallyRequest } from '../../feed/feed.js';
import type { FieldValue } from '../../kinds/field-value.js';
import { addDecimals, multiplyDecimal } from '../../values/numbers/decimal.js';
import type { SourceCalls } from '../calls/source-calls.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { readGroups } from './read-groups.js';
import { compileRowReader, type EngineRow } from './row-reader.js';
import { pushWhere } from './where/push-where.js';
import { compileResidual, fieldsOf } from './where/residual.js';
import { spellNumbers } from './where/spell-numbers.js';
import { overdueAmount, UNPAID_FIELDS } from './where/unpaid.js';

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
  const spelt = await spellNumbers(compiled, calls, wanted.where, context);
  const pushed = pushWhere(compiled, wanted.where, spelt);
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
  const groups = await readGroups(
    compiled,
    calls,
    { columns: reader.columns, where: all([compiled.base, pushed.condition]) },
    context,
  );
  const buckets = new Map<string, Bucket>();
  for (const group of groups) {
    const row = reader.read(group.key);
    if (accepts === null || accepts(row)) addToBucket(buckets, compiled, wanted, row, group.count);
  }
  return [...buckets.values()];
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

function amountOf(value: FieldValue): string {
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
