import { compareCells } from '../../compare-cells.js';
import { evaluateCondition, type RowPredicate } from '../../evaluate-condition.js';
import { compareDecimals, parseDecimal } from '../../exact-decimal.js';
import type { ReadRequest, SourceObject } from '../../source-adapter.js';
import { SourceTooLarge } from '../../source-error.js';
import type { SourceRow, SourceValue } from '../../source-value.js';

/** Takes rows as they come, and gives those that a request asks for. */
export interface RowPicker {
  /** @throws {SourceTooLarge} when what was picked exceeds the bound. */
  take(row: SourceRow): void;
  /** Whether no further row can change the answer. */
  isFull(): boolean;
  /** In the order of the request's columns. */
  rows(): readonly SourceRow[];
}

type TextColumn = { readonly name: string; readonly type: 'text' };

/**
 * @param names the cells of the rows that are taken, in their order; every cell is text or null.
 * @param maxBytes approximate size of what is picked.
 * @throws {SourceRejected} on a column that is not among them, or a pattern that not every source reads alike.
 */
export function createRowPicker(request: ReadRequest, names: readonly string[], maxBytes: number): RowPicker {
  const columns = names.map((name): TextColumn => ({ name, type: 'text' }));
  const holds = evaluateCondition(request.where, columns);
  const { latest } = request.from;
  const picked = latest === undefined ? pickAll(holds) : pickNewest(latest, columns, holds);
  const places = request.columns.map((name) => names.indexOf(name));
  let bytes = 0;
  return {
    take: (row) => {
      bytes += picked.take(row);
      if (bytes > maxBytes) {
        throw new SourceTooLarge(`Cannot read ${request.from.name}: the answer exceeds ${maxBytes} bytes`);
      }
    },
    isFull: () => latest === undefined && picked.rows().length >= request.limit,
    rows: () =>
      picked
        .rows()
        .slice(0, request.limit)
        .map((row) => places.map((place) => row[place] ?? null)),
  };
}

interface PickedRows {
  /** Size of what was kept of the row. */
  take(row: SourceRow): number;
  rows(): readonly SourceRow[];
}

/** Each row once, however often it came. */
function pickAll(holds: RowPredicate): PickedRows {
  const known = new Set<string>();
  const rows: SourceRow[] = [];
  return {
    take: (row) => {
      if (!holds(row)) return 0;
      const name = JSON.stringify(row);
      if (known.has(name)) return 0;
      known.add(name);
      rows.push(row);
      return name.length;
    },
    rows: () => rows,
  };
}

function pickNewest(
  { by, newest, among }: NonNullable<SourceObject['latest']>,
  columns: readonly TextColumn[],
  holds: RowPredicate,
): PickedRows {
  const competes = evaluateCondition(among, columns);
  const placesOf = (names: readonly string[]) =>
    names.map((name) => columns.findIndex((column) => column.name === name));
  const [groupPlaces, agePlaces] = [placesOf(by), placesOf(newest)];
  const best = new Map<string, SourceRow>();
  return {
    take: (row) => {
      if (!competes(row)) return 0;
      const group = JSON.stringify(groupPlaces.map((place) => row[place] ?? null));
      const known = best.get(group);
      if (known !== undefined && !isNewer(row, known, agePlaces)) return 0;
      best.set(group, row);
      return known === undefined ? JSON.stringify(row).length : 0;
    },
    rows: () => [...best.values()].filter(holds),
  };
}

/** A row without a date is older than all with one. Numbers, which are text here, count by their value. */
function isNewer(row: SourceRow, known: SourceRow, places: readonly number[]): boolean {
  for (const place of places) {
    const order = compareNullable(row[place] ?? null, known[place] ?? null);
    if (order !== 0) return order > 0;
  }
  return false;
}

function compareNullable(a: SourceValue, b: SourceValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const [left, right] = [parseDecimal(String(a)), parseDecimal(String(b))];
  return left !== null && right !== null ? compareDecimals(left, right) : compareCells(a, b, 'text');
}
