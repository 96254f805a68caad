import { ALWAYS, all, type Condition } from '../../../../adapters/condition.js';
import { SourceTooLarge } from '../../../../adapters/source-error.js';
import type { CallContext } from '../../../../runtime/call/call-context.js';
import type { FeedPosition } from '../../../feed/feed.js';
import type { RowCondition } from '../../../kinds/row-condition.js';
import { compareCodePoints } from '../../../values/texts/sort-text.js';
import type { CompiledInterface } from '../../compile/compiled-interface.js';
import { presentOf } from '../row/compile-derived.js';
import { compileRowReader, type EngineRow, type RowReader } from '../row/row-reader.js';
import type { DoorRead, RowsDoor } from '../rows-door.js';
import type { InterfaceRows } from '../served-interface.js';
import { namesRows } from '../where/names-rows.js';
import { pushSpelt } from '../where/push-numbers.js';
import { pushWhere } from '../where/push-where.js';
import { recentWindows } from '../where/recent-windows.js';
import { compileResidual, lookedAtBy } from '../where/residual.js';
import { rowsOfNextCall } from './scan-size.js';
import { segmentsAfter } from './segments.js';
import { type CompiledSort, comparePositions, compareSortKeys } from './sort-order.js';

interface PageRequest {
  readonly where: RowCondition;
  readonly sort: CompiledSort;
  readonly after?: FeedPosition;
  readonly limit: number;
  readonly fields: readonly string[];
  readonly refs: boolean;
}

interface EnginePage {
  readonly rows: readonly EngineRow[];
  readonly complete: boolean;
}

/**
 * The first `limit` rows after a position, in the total order.
 *
 * The source filters, sorts and resumes as far as it can; the rest is done here on decoded rows, within
 * `limits.maxRowsScanned`.
 *
 * @throws {SourceTooLarge} when that bound is not enough: the caller must narrow the filter.
 */
export async function readPage(
  one: InterfaceRows,
  request: PageRequest,
  context: CallContext,
): Promise<EnginePage> {
  const { compiled, rows } = one;
  const pushed = await pushSpelt(one, request.where, context);
  if (pushed.condition.kind === 'never') return { rows: [], complete: true };
  const needed = pushed.residual === null ? null : lookedAtBy(pushed.residual);
  const reader = compileRowReader(compiled, {
    fields: [...new Set([...request.fields, ...(needed?.fields ?? [])])],
    today: context.today,
    sort: request.sort,
    subject: true,
    refs: request.refs,
  });
  const accepts = pushed.residual === null ? null : compileResidual(compiled, pushed.residual);
  const scan: Scan = {
    compiled,
    door: rows,
    context,
    reader,
    accepts,
    where: pushed.condition,
    selective: namesRows(compiled, request.where),
  };
  return request.sort.atSource ? walkSegments(scan, request) : sortHere(scan, request);
}

interface Scan {
  readonly compiled: CompiledInterface;
  readonly door: RowsDoor;
  readonly context: CallContext;
  readonly reader: RowReader;
  /** Null: every row that the source sends is wanted. */
  readonly accepts: ((row: EngineRow) => boolean) | null;
  /** What the source is asked for. */
  readonly where: Condition;
  readonly selective: boolean;
}

async function walkSegments(scan: Scan, request: PageRequest): Promise<EnginePage> {
  const rows: EngineRow[] = [];
  const { compiled, reader, accepts } = scan;
  let scanned = 0;
  for (const segment of segmentsAfter(compiled, request.sort, request.after, scan.selective)) {
    let after = segment.after;
    for (;;) {
      // One more than wanted tells whether anything follows.
      const missing = request.limit + 1 - rows.length;
      const limit = rowsOfNextCall(missing, scanned, accepts === null);
      const batch = await scan.door.read(
        readRequest(scan, { ...segment, where: all([scan.where, segment.where]) }, limit, after),
        scan.context,
      );
      scanned += batch.length;
      const decoded = batch.map((cells) => reader.read(cells));
      for (const row of decoded) {
        if (accepts !== null && !accepts(row)) continue;
        if (rows.length === request.limit) return { rows, complete: false };
        rows.push(row);
      }
      const last = decoded.at(-1);
      if (batch.length < limit || last === undefined) break;
      if (scanned > compiled.mapping.limits.maxRowsScanned) throw tooLarge(compiled);
      after = segment.resumeAfter({ sort: last.sort, key: last.keyCells });
    }
  }
  return { rows, complete: true };
}

function readRequest(
  { reader }: Scan,
  segment: Pick<DoorRead, 'where' | 'orderBy'>,
  limit: number,
  after: DoorRead['after'],
): DoorRead {
  return {
    columns: reader.columns,
    where: segment.where,
    orderBy: segment.orderBy,
    limit,
    ...(after !== undefined && { after }),
  };
}

/** Fetches the beginning of the order if the source can be asked for that, else all rows, and sorts them. */
async function sortHere(scan: Scan, request: PageRequest): Promise<EnginePage> {
  const { compiled, context } = scan;
  const windows = scan.selective ? [] : recentWindows(compiled, request, context.today);
  for (const window of windows) {
    const { condition, residual } = pushWhere(compiled, window, presentOf(compiled, context.today));
    // Only rows of whole days stand together at the beginning of the order.
    if (residual !== null) break;
    const rows = await fetchSorted(scan, request, condition);
    if (rows.length > request.limit) return { rows: rows.slice(0, request.limit), complete: false };
  }
  const rows = await fetchSorted(scan, request, ALWAYS);
  return { rows: rows.slice(0, request.limit), complete: rows.length <= request.limit };
}

/** The rows after the request's position that satisfy a condition as well, in order. */
async function fetchSorted(
  scan: Scan,
  { sort, after }: PageRequest,
  within: Condition,
): Promise<readonly EngineRow[]> {
  const { compiled, reader, accepts } = scan;
  const bound = compiled.mapping.limits.maxRowsScanned;
  const batch = await scan.door.read(
    readRequest(scan, { where: all([scan.where, within]), orderBy: [] }, bound + 1, undefined),
    scan.context,
  );
  if (batch.length > bound) throw tooLarge(compiled);
  return batch
    .map((cells) => reader.read(cells))
    .filter((row) => accepts === null || accepts(row))
    .filter((row) => after === undefined || standsAfter(compiled, sort, row, after))
    .sort((left, right) => comparePositions(sort, left, right));
}

function standsAfter(
  compiled: CompiledInterface,
  sort: CompiledSort,
  row: EngineRow,
  after: FeedPosition,
): boolean {
  const byKeys = compareSortKeys(sort, row.sort, after.keys);
  if (byKeys !== 0) return byKeys > 0;
  const byName = compareCodePoints(compiled.mapping.interface, after.interface);
  if (byName !== 0) return sort.tie === 'asc' ? byName > 0 : byName < 0;
  return comparePositions(sort, row, { sort: after.keys, keyCells: restoreKey(row, after) }) > 0;
}

/** The position's key as cells of the row's own types, so that numbers compare as numbers. */
function restoreKey(row: EngineRow, after: FeedPosition): EngineRow['keyCells'] {
  return after.key.map((text, index) => {
    const cell = row.keyCells[index];
    if (typeof cell === 'number') return Number(text);
    return typeof cell === 'bigint' ? BigInt(text) : text;
  });
}

function tooLarge(compiled: CompiledInterface): SourceTooLarge {
  const { maxRowsScanned } = compiled.mapping.limits;
  return new SourceTooLarge(
    `Cannot answer from ${compiled.mapping.interface}: at most ${maxRowsScanned} rows may be scanned, but more match what the source can filter by itself`,
  );
}
