import pg from 'pg';
import { startPostgres } from '../../../../test/databases/start-postgres.js';
import type { TestDatabase } from '../../../../test/databases/test-database.js';
import { ALWAYS, type Condition } from '../../../condition.js';
import type { ReadRequest, SourceAdapter } from '../../../source-adapter.js';
import { SourceMalformed, SourceRejected, SourceTimeout } from '../../../source-error.js';
import { wideBounds } from '../../../testing/contract-bounds.js';
import { compileRead } from '../../compile/compile-read.js';
import { openSqlAdapter } from '../../open-sql.js';
import { postgresDialect } from './postgres-dialect.js';

let database: TestDatabase;
let client: pg.Client;
let adapter: SourceAdapter;

beforeAll(async () => {
  database = await startPostgres();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  adapter = openSqlAdapter({ dialect: 'postgres', url: database.url });
}, 120_000);

afterAll(async () => {
  await adapter.close();
  await client.end();
  await database.stop();
}, 60_000);

function request(name: string, columns: readonly string[], rest: Partial<ReadRequest> = {}): ReadRequest {
  return { from: { name }, columns, where: ALWAYS, orderBy: [], limit: 1000, ...rest };
}

const read = (name: string, columns: readonly string[], rest: Partial<ReadRequest> = {}) =>
  adapter.read(request(name, columns, rest), wideBounds());

/** The plan of what the adapter would send. */
async function planOf(wanted: ReadRequest): Promise<string> {
  const table = await postgresDialect.loadTable(wanted.from.name, async (text, params) => {
    const types = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig;
    const { rows } = await client.query<unknown[]>({ text, values: [...params], rowMode: 'array', types });
    return rows;
  });
  if (table === null) throw new Error(`no table ${wanted.from.name}`);
  const { text, params } = postgresDialect.render(compileRead(wanted, { dialect: postgresDialect, table }));
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...params]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

test('types that other systems lack are delivered exactly', async () => {
  await client.query(`CREATE TYPE mood AS ENUM ('b', 'a');
    CREATE TABLE kinds (id int2 PRIMARY KEY, padded char(5), code uuid, mood mood, at timestamptz, ok boolean,
      small float4, doc jsonb, list int[], open numeric, day date);
    INSERT INTO kinds VALUES
      (1, 'ab', '00000000-0000-0000-0000-0000000000ff', 'b', '1899-06-30T20:00:00.250Z', true, 0.1, '{"a": 1}', '{1,2}', 'NaN', 'infinity'),
      (2, 'ab  ', NULL, 'a', 'infinity', false, 'Infinity', NULL, NULL, 12345678901234567890.123456789012345678901234567890, '-infinity')`);
  const columns = ['padded', 'code', 'mood', 'at', 'ok', 'small', 'doc', 'list', 'open', 'day'];
  const rows = await read('kinds', columns, {
    orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
  });
  expect(rows).toEqual([
    [
      'ab',
      '00000000-0000-0000-0000-0000000000ff',
      'b',
      '1899-07-01 04:00:00.25',
      true,
      0.1,
      '{"a": 1}',
      '1,2',
      'NaN',
      'infinity',
    ],
    [
      'ab',
      null,
      'a',
      'infinity',
      false,
      'Infinity',
      null,
      null,
      '12345678901234567890.123456789012345678901234567890',
      '-infinity',
    ],
  ]);
});

test.each([
  ['padded', 'ab', [1, 2]],
  ['padded', 'ab ', []],
  ['code', '00000000-0000-0000-0000-0000000000ff', [1]],
  ['code', '00000000-0000-0000-0000-0000000000FF', []],
  ['mood', 'a', [2]],
  ['mood', 'c', []],
  ['at', '1899-07-01 04:00:00.25', [1]],
  ['at', 'infinity', [2]],
  ['ok', true, [1]],
  ['ok', 'false', [2]],
  ['small', 0.1, [1]],
  ['small', Math.fround(0.1), []],
  ['list', '1,2', [1]],
  ['open', '12345678901234567890.12345678901234567890123456789', [2]],
  ['day', 'infinity', [1]],
] as const)('%s equals %p in the rows %p', async (column, value, ids) => {
  const conditions: Condition[] = [
    { kind: 'compare', column, op: 'eq', value },
    { kind: 'in', column, values: [value, 'none of them', '2001-01-01'] },
    {
      kind: 'inTuples',
      columns: ['id', column],
      tuples: [
        [1, value],
        [2, value],
      ],
    },
  ];
  for (const where of conditions) {
    const rows = await read('kinds', ['id'], {
      where,
      orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
    });
    expect({ where, ids: rows.map((row) => row[0]) }).toEqual({ where, ids });
  }
});

test('every type can be sorted, walked, counted and maximised', async () => {
  for (const column of ['padded', 'code', 'mood', 'at', 'ok', 'small', 'doc', 'list', 'open', 'day']) {
    for (const direction of ['asc', 'desc'] as const) {
      const orderBy = [
        { column, direction, nulls: 'last' },
        { column: 'id', direction: 'asc', nulls: 'excluded' },
      ] as const;
      const whole = await read('kinds', ['id', column], { orderBy });
      const [first] = whole;
      if (first === undefined) throw new Error('no rows');
      const rest = await read('kinds', ['id', column], {
        orderBy,
        after: [first[1] ?? null, first[0] ?? null],
      });
      expect([column, direction, [first, ...rest]]).toEqual([column, direction, whole]);
    }
    const groups = await adapter.tally(
      { from: { name: 'kinds' }, where: ALWAYS, groupBy: [{ column }], max: [column], maxGroups: 9 },
      wideBounds(),
    );
    for (const group of groups) expect(group.max).toEqual(group.key);
  }
});

describe('types whose own text is no plain one', () => {
  const byId = { orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }] } as const;

  beforeAll(async () => {
    await client.query(`CREATE TYPE state AS ENUM ('有效', '注销');
      CREATE DOMAIN amount AS numeric(18, 2); CREATE DOMAIN fine AS amount; CREATE DOMAIN codes AS text[];
      CREATE TABLE odd (id int PRIMARY KEY, price money, names text[], ids codes, states state[], days date[], grid int[],
        fined fine, span interval, stay daterange, flags bit(4), size real);
      INSERT INTO odd VALUES
        (1, 1234567.5, '{张三,"李,四",NULL}', '{01,02}', '{有效,注销}', '{2026-06-30}', '{{1,2},{3,4}}', 1.5, '1 day 02:00', '[2026-01-01,2026-06-30]', '0101', 1234.56),
        (2, -0.1, '{}', '{01,NULL,03}', NULL, NULL, '{1,2}', 10, '90 minutes', NULL, '0000', 1e20),
        (3, NULL, '{"a\\"b"}', '{7}', '{}', NULL, NULL, 9, NULL, NULL, NULL, 16777217)`);
  });

  test('are delivered as values and as plain texts', async () => {
    expect(
      await read(
        'odd',
        ['price', 'names', 'ids', 'states', 'days', 'grid', 'fined', 'span', 'stay', 'flags', 'size'],
        byId,
      ),
    ).toEqual([
      [
        '1234567.50',
        '["张三","李,四",null]',
        '01,02',
        '有效,注销',
        '2026-06-30',
        '[[1,2],[3,4]]',
        '1.50',
        '1 day 02:00:00',
        '[2026-01-01,2026-07-01)',
        '0101',
        1234.56,
      ],
      ['-0.10', '', '01,,03', null, null, '1,2', '10.00', '01:30:00', null, '0000', 1e20],
      [null, '["a\\"b"]', '7', '', null, null, '9.00', null, null, null, 16777216],
    ]);
  });

  test.each<[Condition, readonly number[]]>([
    [{ kind: 'compare', column: 'price', op: 'gt', value: '1000' }, [1]],
    [{ kind: 'compare', column: 'price', op: 'eq', value: '-0.1' }, [2]],
    [{ kind: 'in', column: 'price', values: ['-0.10', '1234567.5'] }, [1, 2]],
    // As numbers: the text 9.00 would be more than 10.00.
    [{ kind: 'compare', column: 'fined', op: 'lt', value: '9.5' }, [1, 3]],
    [{ kind: 'compare', column: 'ids', op: 'eq', value: '01,02' }, [1]],
    [{ kind: 'contains', column: 'names', text: '李,四' }, [1]],
    [{ kind: 'compare', column: 'size', op: 'eq', value: '1234.56' }, [1]],
    [{ kind: 'compare', column: 'size', op: 'lte', value: '1234.56' }, [1]],
    [{ kind: 'compare', column: 'size', op: 'lt', value: '1234.560001' }, [1]],
    [{ kind: 'compare', column: 'size', op: 'gte', value: '1e20' }, [2]],
    [{ kind: 'compare', column: 'size', op: 'lt', value: '1e300' }, [1, 2, 3]],
  ])('%j holds for the rows %p', async (where, ids) => {
    expect((await read('odd', ['id'], { where, ...byId })).map(([id]) => id)).toEqual(ids);
  });

  test('are grouped by their value', async () => {
    for (const column of ['price', 'names', 'ids', 'fined', 'size']) {
      const groups = await adapter.tally(
        { from: { name: 'odd' }, where: ALWAYS, groupBy: [{ column }], max: [column], maxGroups: 9 },
        wideBounds(),
      );
      const rows = await read('odd', [column]);
      expect(groups.map(({ key }) => key[0]).sort()).toEqual(rows.map(([cell]) => cell).sort());
      for (const group of groups) expect(group.max).toEqual(group.key);
    }
  });
});

test('a text inside JSON is that text, and can be asked for', async () => {
  await client.query(`CREATE TABLE documents (id int PRIMARY KEY, b jsonb, j json);
    INSERT INTO documents VALUES (1, '"嵊泗 \\"A\\""', '"01"'), (2, '{"a": [1, 2]}', '{ "a" : 1 }'), (3, 'null', '12.50'), (4, NULL, NULL)`);
  expect(await read('documents', ['b', 'j'])).toEqual([
    ['嵊泗 "A"', '01'],
    ['{"a": [1, 2]}', '{ "a" : 1 }'],
    ['null', '12.50'],
    [null, null],
  ]);
  const where: Condition = { kind: 'in', column: 'b', values: ['嵊泗 "A"', 'none'] };
  expect(await read('documents', ['id'], { where })).toEqual([[1]]);
  expect(await read('documents', ['id'], { where: { kind: 'isNull', column: 'b' } })).toEqual([[4]]);
  const request = { from: { name: 'documents' }, where: ALWAYS, groupBy: [{ column: 'b' }], maxGroups: 9 };
  expect((await adapter.tally(request, wideBounds())).map(({ key }) => key[0])).toContain('嵊泗 "A"');
});

test('a year before Christ or beyond 9999 is malformed', async () => {
  await client.query(`CREATE TABLE eras (id int, day date, at timestamp);
    INSERT INTO eras VALUES (1, '0044-03-15 BC', NULL), (2, '10000-01-01', NULL), (3, NULL, '0044-03-15 01:02:03 BC')`);
  for (const [id, column] of [
    [1, 'day'],
    [2, 'day'],
    [3, 'at'],
  ] as const) {
    const where: Condition = { kind: 'compare', column: 'id', op: 'eq', value: id };
    await expect(read('eras', [column], { where })).rejects.toBeInstanceOf(SourceMalformed);
  }
});

test('staff and callers can tell who is refused from what is missing', async () => {
  await client.query('CREATE TABLE secret (id int)');
  await expect(read('kinds', ['nobody'])).rejects.toMatchObject({
    code: 'SOURCE_COLUMN_MISSING',
    message: expect.stringContaining('"nobody"'),
  });
  await expect(read('nowhere', ['id'])).rejects.toMatchObject({ code: 'SOURCE_COLUMN_MISSING' });
  const role = `reader_${process.pid}`;
  await client.query(`CREATE ROLE ${role} LOGIN`);
  const url = new URL(database.url);
  url.username = role;
  const reader = openSqlAdapter({ dialect: 'postgres', url: url.href });
  await expect(reader.read(request('secret', ['id']), wideBounds())).rejects.toMatchObject({
    code: 'SOURCE_CREDENTIALS_REFUSED',
    message: expect.stringContaining('permission denied'),
  });
  await reader.close();
  await client.query(`DROP ROLE ${role}`);
});

test('sessions cannot write', async () => {
  await client.query("CREATE SEQUENCE counter; CREATE VIEW writing AS SELECT nextval('counter') AS n");
  await expect(read('writing', ['n'])).rejects.toBeInstanceOf(SourceRejected);
});

test('a session that the server has ended is replaced without anybody noticing', async () => {
  await Promise.all(Array.from({ length: 4 }, () => adapter.probe(wideBounds())));
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
  );
  for (let call = 0; call < 5; call += 1) expect(await read('kinds', ['id'])).toHaveLength(2);
});

test('the wait for a free session counts towards the deadline, and ends when one is free', async () => {
  await client.query('CREATE VIEW napping AS SELECT 1 AS n FROM pg_sleep(0.6)');
  const narrow = openSqlAdapter({ dialect: 'postgres', url: database.url, maxConnections: 1 });
  await narrow.describe('napping', wideBounds());
  const first = narrow.read(request('napping', ['n']), wideBounds());
  await expect(narrow.probe({ ...wideBounds(), timeoutMs: 150 })).rejects.toBeInstanceOf(SourceTimeout);
  await narrow.probe(wideBounds());
  expect(await first).toEqual([[1]]);
  await narrow.close();
});

test('a lock that outlasts the deadline is SourceTimeout', async () => {
  await client.query('CREATE TABLE locked (id int)');
  await client.query('BEGIN');
  await client.query('LOCK TABLE locked');
  const reading = adapter.read(request('locked', ['id']), { ...wideBounds(), timeoutMs: 300 });
  await expect(reading).rejects.toBeInstanceOf(SourceTimeout);
  await client.query('COMMIT');
  expect(await read('locked', ['id'])).toEqual([]);
});

test('a column whose type has changed is read by its new type', async () => {
  await client.query(`CREATE TABLE changing (n int); INSERT INTO changing VALUES (5)`);
  expect(await read('changing', ['n'])).toEqual([[5]]);
  await client.query("ALTER TABLE changing ALTER n TYPE text USING 'x' || n");
  expect(await read('changing', ['n'])).toEqual([['x5']]);
  await client.query('ALTER TABLE changing RENAME n TO m');
  await expect(read('changing', ['n'])).rejects.toBeInstanceOf(SourceRejected);
  expect(await read('changing', ['m'])).toEqual([['x5']]);
});

describe('indexes', () => {
  beforeAll(async () => {
    await client.query(`CREATE TABLE many (code varchar(20) COLLATE "und-x-icu" NOT NULL, no int8 NOT NULL, day text COLLATE "C", PRIMARY KEY (code, no));
      INSERT INTO many SELECT 'c' || n, n, to_char(date '2000-01-01' + n % 9000, 'YYYYMMDD') FROM generate_series(1, 40000) n;
      CREATE INDEX many_day_code_no ON many (day, code COLLATE "C", no);
      ANALYZE many`);
  });

  test('find keys and tuples', async () => {
    const keys: Condition = { kind: 'in', column: 'code', values: ['c1', 'c2', 'c3'] };
    expect(await planOf(request('many', ['no'], { where: keys }))).toMatch(/Index.*many_pkey/);
    const tuples = Array.from({ length: 20 }, (_, index) => [`c${index}`, index]);
    const pairs: Condition = { kind: 'inTuples', columns: ['code', 'no'], tuples };
    expect(await planOf(request('many', ['no'], { where: pairs }))).toMatch(/Index.*many_pkey/);
  });

  test('find texts by their beginning, letter by letter', async () => {
    const where: Condition = { kind: 'startsWith', column: 'day', text: '200001' };
    expect(await planOf(request('many', ['no'], { where }))).toMatch(
      /Index Cond:.*day >= '200001'.*day < '200002'/,
    );
    expect(await read('many', ['no'], { where, limit: 1000 })).toHaveLength(5 * 31 - 1);
    const shouted: Condition = { kind: 'startsWith', column: 'code', text: 'C1' };
    expect(await read('many', ['no'], { where: shouted })).toEqual([]);
  });

  test('serve an order from any position on, and are known to do so', async () => {
    const wanted = request('many', ['no'], {
      where: { kind: 'not', of: { kind: 'isNull', column: 'day' } },
      orderBy: [
        { column: 'day', direction: 'desc', nulls: 'excluded' },
        { column: 'code', direction: 'desc', nulls: 'excluded' },
        { column: 'no', direction: 'desc', nulls: 'excluded' },
      ],
      after: ['20100101', 'c5', 5],
      limit: 50,
    });
    const plan = await planOf(wanted);
    expect(plan).toMatch(/Index (Only )?Scan Backward using many_day_code_no/);
    expect(plan).toMatch(/Index Cond:.*day/);
    expect(plan).not.toContain('Sort');
    const sql = openSqlAdapter({ dialect: 'postgres', url: database.url });
    expect((await sql.adviseIndex(wanted, wideBounds()))?.present).toBe(true);
    const other = { ...wanted, orderBy: wanted.orderBy.slice(1), after: ['c5', 5] };
    const advice = await sql.adviseIndex(other, wideBounds());
    // The primary key sorts codes by the rules of a language.
    expect(advice).toEqual({
      columns: ['code', 'no'],
      present: false,
      statement: 'CREATE INDEX "many_code_no_idx" ON "many" ("code" COLLATE "C", "no");',
    });
    await client.query(advice?.statement ?? '');
    expect((await sql.adviseIndex(other, wideBounds()))?.present).toBe(true);
    expect(await planOf(other)).toContain('many_code_no_idx');
    await sql.close();
  });
});
