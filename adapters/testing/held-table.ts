import { compareCells, trimFraction } from '../compare-cells.js';
import type { Condition } from '../condition.js';
import { evaluateCondition } from '../evaluate-condition.js';
import type { OrderTerm, SourceColumn } from '../source-adapter.js';
import type { SourceRow, SourceValue } from '../source-value.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import type { ContractCell, ContractSource } from './contract-source.js';
import { compareRows } from './reference-order.js';

/** The contract's table as one source holds it and its port must deliver it. */
export interface HeldTable {
  readonly cells: 'native' | 'text';
  readonly columns: readonly Pick<SourceColumn, 'name' | 'type' | 'nullable'>[];
  /** By id. */
  readonly rows: readonly SourceRow[];
}

export const BY_ID: readonly OrderTerm[] = [{ column: 'id', direction: 'asc', nulls: 'excluded' }];

/** @returns also the rows to be stored, which leave out what the source cannot hold. */
export function holdTable({
  cells = 'native',
  holds = () => true,
  keepsNullability = true,
}: Pick<ContractSource, 'cells' | 'holds' | 'keepsNullability'>): {
  readonly held: HeldTable;
  readonly stored: typeof CONTRACT_ROWS;
} {
  const stored = { ...CONTRACT_ROWS, rows: CONTRACT_ROWS.rows.filter((row) => row.every(holds)) };
  const columns = stored.columns.map(({ name, type, nullable }) =>
    cells === 'text'
      ? { name, type: 'text' as const, nullable: true }
      : { name, type, nullable: nullable || !keepsNullability },
  );
  const rows = stored.rows
    .map((row) => row.map((cell, index) => deliverCell(cell, columns[index]?.type ?? 'text', cells)))
    .sort(compareRows(BY_ID, columns));
  return { held: { cells, columns, rows }, stored };
}

/** A stored cell as the port must deliver it. */
function deliverCell(cell: ContractCell, type: string, cells: 'native' | 'text'): SourceValue {
  if (cells === 'text') {
    if (cell instanceof Uint8Array) return Buffer.from(cell).toString('hex');
    return cell === null ? null : String(cell);
  }
  if (type === 'text') return cell;
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  return typeof cell === 'string' ? trimFraction(cell) : cell;
}

export function namesOf({ columns }: HeldTable): string[] {
  return columns.map((column) => column.name);
}

/** The ids of the rows for which the condition holds, worked out in memory. */
export function expectedIds({ columns, rows }: HeldTable, condition: Condition): SourceValue[] {
  return rows.filter(evaluateCondition(condition, columns)).map((row) => row[0] ?? null);
}

export function cellAt({ columns }: HeldTable, row: SourceRow, name: string): SourceValue {
  return row[columns.findIndex((column) => column.name === name)] ?? null;
}

/** How two cells of a column stand to each other; null is least. */
export function compareHeld(held: HeldTable, name: string, a: SourceValue, b: SourceValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareCells(a, b, held.columns.find((column) => column.name === name)?.type ?? 'other');
}
