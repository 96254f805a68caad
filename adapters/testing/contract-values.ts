import { ALWAYS } from '../condition.js';
import { wideBounds } from './contract-bounds.js';
import type { ContractSubject } from './contract-subject.js';
import { namesOf } from './held-table.js';
import { readHeld } from './read-held.js';

export function describeValueContract(subject: ContractSubject): void {
  const { source, adapter, held } = subject;

  test('describe() lists columns, their types and the primary key first', async () => {
    const shape = await adapter().describe('contract_rows', wideBounds());
    expect(shape.object).toBe('contract_rows');
    const described = shape.columns.map(({ name, type, nullable }) => ({ name, type, nullable }));
    if (held().cells === 'native') {
      expect(described).toEqual(held().columns);
      if (source().keepsNullability === false) return;
      expect(shape.indexes[0]).toEqual({ columns: ['id'], unique: true });
      return;
    }
    // What stands in files and answers may have columns besides, and no index.
    const names = namesOf(held());
    expect(described.filter(({ name }) => names.includes(name))).toEqual(held().columns);
    for (const index of shape.indexes.slice(0, 1)) expect(index).toEqual({ columns: ['id'], unique: true });
  });

  test('read() delivers every cell as it was stored', async () => {
    const rows = await readHeld(subject, { columns: namesOf(held()), where: ALWAYS });
    expect(rows).toHaveLength(held().rows.length);
    rows.forEach((row, index) => {
      expect(row).toEqual(held().rows[index]);
    });
  });

  test('read() gives the columns that were asked for, in that order, and also none', async () => {
    const request = { from: { name: 'contract_rows' }, where: ALWAYS, orderBy: [], limit: 3 };
    const some = await adapter().read(
      { ...request, columns: ['label', 'id', 'label'], where: { kind: 'in', column: 'id', values: [1] } },
      wideBounds(),
    );
    const [first] = held().rows;
    expect(first?.[0]).toEqual(held().cells === 'native' ? 1 : '1');
    expect(some).toEqual([[first?.[2], first?.[0], first?.[2]]]);
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
