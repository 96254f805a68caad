import type { CallContext } from '../../../runtime/call/call-context.js';
import { usualOrdersOf } from '../../kinds/kinds.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import type { CompiledInterface } from '../compile/compiled-interface.js';
import { rowsOfScan } from '../read/page/scan-size.js';
import { type CompiledSort, compileSort } from '../read/page/sort-order.js';
import { presentOf } from '../read/row/compile-derived.js';
import { compileRowReader } from '../read/row/row-reader.js';
import type { InterfaceRows } from '../read/served-interface.js';
import { type PushedWhere, pushWhere } from '../read/where/push-where.js';
import { checkRequired } from '../read/where/required-filter.js';
import { compileResidual, lookedAtBy } from '../read/where/residual.js';

/** Rows that a page costs, before it is read. */
interface PageEstimate {
  /** Rows that satisfy what the source can filter by. */
  readonly matching: number;
  /** Rows that the source sends for the page. */
  readonly read: number;
}

/** How many rows are looked at to tell which share of them the rest of a filter lets through. */
const SAMPLE_ROWS = 1000;

/** The order in which a page is read when nothing else is asked for: newest first. */
export function usualSort(compiled: CompiledInterface): CompiledSort {
  const [field] = compiled.kind === null ? [] : usualOrdersOf(compiled.kind);
  return compileSort(compiled, field === undefined ? [] : [{ field, direction: 'desc' }], false);
}

/**
 * Estimates the rows that the first page costs: the source counts what matches, and a sample tells which share of that
 * the page wants.
 *
 * @returns null for a source that cannot count.
 * @throws {SourceError}
 */
export async function estimatePage(
  one: InterfaceRows,
  where: RowCondition,
  limit: number,
  context: CallContext,
): Promise<PageEstimate | null> {
  const { compiled, rows: door } = one;
  const present = presentOf(compiled, context.today);
  const pushed = pushWhere(compiled, where, present);
  if (pushed.condition.kind === 'never') return { matching: 0, read: 0 };
  checkRequired(compiled, where, present);
  if (!compiled.adapter.capabilities.tallies) return null;
  const [counted] = await door.tally({ where: pushed.condition, groupBy: [], maxGroups: 1 }, context);
  const matching = counted?.count ?? 0;
  const most = Math.min(matching, compiled.mapping.limits.maxRowsScanned + 1);
  if (!usualSort(compiled).atSource) return { matching, read: most };
  const share = await wantedShare(one, pushed, context);
  return { matching, read: Math.min(most, rowsOfScan(matching, limit, share)) };
}

/** Which share of the rows that the source sends are wanted; null: all, and the source knows it. */
async function wantedShare(
  { compiled, rows: door }: InterfaceRows,
  { condition, residual }: PushedWhere,
  context: CallContext,
): Promise<number | null> {
  if (residual === null) return null;
  const accepts = compileResidual(compiled, residual);
  const reader = compileRowReader(compiled, {
    fields: [...lookedAtBy(residual).fields],
    today: context.today,
    subject: true,
    refs: false,
  });
  const { columns } = reader;
  const sample = await door.read({ columns, where: condition, orderBy: [], limit: SAMPLE_ROWS }, context);
  return sample.filter((row) => accepts(reader.read(row))).length / Math.max(1, sample.length);
}
