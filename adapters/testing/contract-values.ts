import { trimFraction } from '../compare-cells.js';
import { ALWAYS } from '../condition.js';
import type { SourceRow, SourceValue } from '../source-adapter.js';
import type { ContractSubject } from './adapter-contract.js';
import { wideBounds } from './contract-bounds.js';
import { CONTRACT_ROWS } from './contract-rows.js';
import type { ContractCell } from './contract-source.js';

const columns = CONTRACT_ROWS.columns.map((column) => column.name);

/** A stored cell as the port must deliver it. */
export function deliveredCell(cell: ContractCell): SourceValue {
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : cell;
  return typeof cell === 'string' ? trimFraction(cell) : cell;
}

/** The contract's rows as the port must deliver them, by id. */
export const DELIVERED_ROWS: readonly SourceRow[] = CONTRACT_ROWS.rows.map((row) =>
  row.map((cell, index) => (CONTRACT_ROWS.columns[index]?.type === 'text' ? cell : deliveredCell(cell))),
);

export function describeValueContract({ adapter }: ContractSubject): void {
  test('describe() lists columns, their types and the primary key first', async () => {
    const shape = await adapter().describe('contract_rows', wideBounds());
    expect(shape.object).toBe('contract_rows');
    expect(shape.columns.map(({ name, type, nullable }) => ({ name, type, nullable }))).toEqual(
      CONTRACT_ROWS.columns,
    );
    expect(shape.indexes[0]).toEqual({ columns: ['id'], unique: true });
  });

  test('read() delivers every cell as it was stored', async () => {
    const rows = await adapter().read(
      {
        from: { name: 'contract_rows' },
        columns,
        where: ALWAYS,
        orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
        limit: 1000,
      },
      wideBounds(),
    );
    expect(rows).toHaveLength(DELIVERED_ROWS.length);
    rows.forEach((row, index) => {
      expect(row).toEqual(DELIVERED_ROWS[index]);
    });
  });

  test('read() gives the columns that were asked for, in that order, and also none', async () => {
    const request = { from: { name: 'contract_rows' }, where: ALWAYS, orderBy: [], limit: 3 };
    const some = await adapter().read(
      { ...request, columns: ['label', 'id', 'label'], where: { kind: 'in', column: 'id', values: [1] } },
      wideBounds(),
    );
    const [first] = DELIVERED_ROWS;
    expect(some).toEqual([[first?.[2], 1, first?.[2]]]);
    expect(await adapter().read({ ...request, columns: [] }, wideBounds())).toEqual([[], [], []]);
  });

  test('probe() resolves', async () => {
    await expect(adapter().probe(wideBounds())).resolves.toBeUndefined();
  });

  test('explain() names the table and shows every value apart from the statement', () => {
    const text = adapter().explain({
      from: { name: 'contract_rows' },
      columns: ['id'],
      where: { kind: 'compare', column: 'label', op: 'eq', value: 'x-secret-value' },
      orderBy: [],
      limit: 5,
    });
    expect(text).toContain('contract_rows');
    expect(text.indexOf('x-secret-value')).toBeGreaterThan(text.indexOf('contract_rows'));
  });
}
