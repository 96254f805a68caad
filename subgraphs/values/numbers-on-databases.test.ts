import type { SourceValue } from '../../adapters/source-value.js';
import { dateTimeCodec } from './dates/date-codec.js';
import { decimalCodec } from './numbers/decimal-codec.js';
import { satisfies } from './satisfies.js';
import { CELL_DATABASES, type OpenDatabase } from './testing/cell-databases.js';
import type { CellPredicate, ValueCodec } from './value-codec.js';

const AMOUNTS = [null, 0, 0.1, 3.3, 1234.56, 435, -100, 1234.5625, 50000.05, 0.005];
const DUSTY = [null, 0.1 + 0.2, 1.1 * 3, 4.35 * 100, 0.1, 1234.56, -100.1, 1 / 3, 435, 1e-11];
const SECONDS = [null, 0, 1782778500, 1782778501, 1782777600, 4102444799, -1, 1, 1782863999, 1782864000];

const TABLE = {
  d: { type: 'decimal', cells: AMOUNTS },
  n: { type: 'double', cells: DUSTY },
  f: { type: 'single', cells: AMOUNTS },
  s: { type: 'bigint', cells: SECONDS },
} as const;

const amounts: readonly CellPredicate[] = [
  { op: 'isNull' },
  { op: 'in', values: ['0.30', '3.3', '435', '1234.56', '0.1'] },
  { op: 'in', values: ['33000', '1000'] },
  { op: 'range', from: '435' },
  { op: 'range', to: '3.3' },
  { op: 'range', from: '0.1', to: '0.1' },
  { op: 'range', from: '0', to: '0' },
];
const moments: readonly CellPredicate[] = [
  { op: 'isNull' },
  { op: 'in', values: ['2026-06-30T08:15:00+08:00'] },
  { op: 'range', from: '2026-06-30', to: '2026-06-30' },
  { op: 'range', to: '1970-01-01' },
];

const CASES: readonly {
  readonly name: string;
  readonly column: keyof typeof TABLE;
  readonly codec: ValueCodec;
  readonly predicates: readonly CellPredicate[];
  readonly compare: 'text' | 'number';
}[] = [
  ...(['d', 'n', 'f'] as const).map((column) => ({
    name: `amounts of ${TABLE[column].type}`,
    column,
    codec: decimalCodec({ unit: '元', order: column === 'd' ? 'exact' : 'binary', nulls: [] }),
    predicates: amounts,
    compare: 'number' as const,
  })),
  {
    name: '万元 of double',
    column: 'n',
    codec: decimalCodec({ unit: '万元', order: 'binary', nulls: [] }),
    predicates: amounts,
    compare: 'number',
  },
  {
    name: 'seconds since 1970',
    column: 's',
    codec: dateTimeCodec({ format: 'epochSeconds', zone: 'Asia/Shanghai', isNumeric: true, nulls: [] }),
    predicates: moments,
    compare: 'text',
  },
];

describe.each(CELL_DATABASES)('numeric columns on $name', ({ open }) => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await open(TABLE);
  });
  afterAll(async () => {
    await database.adapter.close();
    await database.stop();
  });

  const read = async (column: string, where: Parameters<OpenDatabase['adapter']['read']>[0]['where']) => {
    const rows = await database.adapter.read(
      {
        from: { name: 'cells' },
        columns: ['id', column],
        where,
        orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
        limit: 1000,
      },
      { signal: new AbortController().signal, timeoutMs: 20_000, maxBytes: 1_000_000 },
    );
    return rows.map(([id, cell]): [number, SourceValue] => [Number(id), cell ?? null]);
  };

  test.each(CASES)('$name', async ({ column, codec, predicates, compare }) => {
    const cells = await read(column, { kind: 'always' });
    for (const predicate of predicates) {
      const pushed = codec.push(predicate, column);
      if (pushed === null) throw new Error(`Cannot push ${JSON.stringify(predicate)}`);
      const found = (await read(column, pushed.condition)).map(([id]) => id);
      const wanted = cells
        .filter(([, cell]) => satisfies(codec.decode(cell).value, predicate, { compare }))
        .map(([id]) => id);
      expect({ predicate, found }).toEqual({
        predicate,
        found: pushed.exact ? wanted : expect.arrayContaining(wanted),
      });
    }
  });

  test('cells are shown without the dust of binary fractions', async () => {
    const shown = async (column: 'n' | 'f') => {
      const { decode } = decimalCodec({ unit: '元', order: 'binary', nulls: [] });
      return (await read(column, { kind: 'always' })).map(([, cell]) => decode(cell).value);
    };
    expect((await shown('f')).slice(1, 6)).toEqual(['0.00', '0.10', '3.30', '1234.56', '435.00']);
    expect((await shown('n')).slice(1, 6)).toEqual(['0.30', '3.30', '435.00', '0.10', '1234.56']);
  });
});
