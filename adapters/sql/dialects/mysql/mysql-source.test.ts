import mysql from 'mysql2/promise';
import { startMariadb } from '../../../../test/databases/start-mariadb.js';
import type { TestDatabase } from '../../../../test/databases/test-database.js';
import { ALWAYS, type Condition } from '../../../condition.js';
import type { ReadRequest, SourceAdapter } from '../../../source-adapter.js';
import { SourceTimeout } from '../../../source-error.js';
import { wideBounds } from '../../../testing/contract-bounds.js';
import { compileRead } from '../../compile/compile-read.js';
import { openSqlAdapter } from '../../open-sql.js';
import type { SqlColumn } from '../../sql-table.js';
import { mysqlDialect } from './mysql-dialect.js';

let database: TestDatabase;
let connection: mysql.Connection;
let adapter: SourceAdapter;

beforeAll(async () => {
  database = await startMariadb();
  connection = await mysql.createConnection({
    uri: database.url,
    charset: 'utf8mb4',
    multipleStatements: true,
  });
  await connection.query(`SET SESSION sql_mode = ''`);
  adapter = openSqlAdapter({ dialect: 'mysql', url: database.url });
}, 120_000);

afterAll(async () => {
  await adapter.close();
  connection.destroy();
  await database.stop();
}, 60_000);

function request(name: string, columns: readonly string[], rest: Partial<ReadRequest> = {}): ReadRequest {
  return { from: { name }, columns, where: ALWAYS, orderBy: [], limit: 1000, ...rest };
}

const read = (name: string, columns: readonly string[], rest: Partial<ReadRequest> = {}) =>
  adapter.read(request(name, columns, rest), wideBounds());

const COLUMNS = [
  'flag',
  'bits',
  'big',
  'small',
  'y',
  'mood',
  'clock',
  'old',
  'gbk',
  'latin',
  'padded',
  'day',
  'at',
  'stamp',
];

test('types that other systems lack are delivered exactly', async () => {
  await connection.query(`SET time_zone = '+00:00';
    CREATE TABLE kinds (id INT PRIMARY KEY, flag TINYINT(1), bits BIT(64), big BIGINT UNSIGNED, small FLOAT, y YEAR,
      mood ENUM('b', 'a'), clock TIME(2), old TEXT CHARACTER SET utf8mb3, gbk VARCHAR(20) CHARACTER SET gbk,
      latin VARCHAR(20) CHARACTER SET latin1, padded CHAR(5), day DATE NOT NULL, at DATETIME NOT NULL,
      stamp TIMESTAMP(3) NULL, INDEX (gbk), INDEX (latin), INDEX (old(5)));
    INSERT INTO kinds VALUES
      (1, 1, 18446744073709551615, 18446744073709551615, 0.1, 2026, 'b', '-25:00:00.50', '嵊泗', '嵊泗', 'é', 'ab', '0000-00-00', '2026-00-00 00:00:00', '2026-06-30 00:00:00.120'),
      (2, 0, 1, 0, 16777217, 1901, 'a', '08:00:00', 'A', 'A', 'E', 'AB', '2026-06-30', '2026-06-30 08:00:00', NULL);`);
  const rows = await read('kinds', COLUMNS, {
    orderBy: [{ column: 'id', direction: 'asc', nulls: 'excluded' }],
  });
  expect(rows).toEqual([
    [
      1,
      2n ** 64n - 1n,
      2n ** 64n - 1n,
      0.1,
      2026,
      'b',
      '-25:00:00.50',
      '嵊泗',
      '嵊泗',
      'é',
      'ab',
      '0000-00-00',
      '2026-00-00 00:00:00',
      '2026-06-30 08:00:00.12',
    ],
    [
      0,
      1,
      0,
      16777216,
      1901,
      'a',
      '08:00:00.00',
      'A',
      'A',
      'E',
      'AB',
      '2026-06-30',
      '2026-06-30 08:00:00',
      null,
    ],
  ]);
});

test.each([
  ['flag', true, [1]],
  ['bits', '18446744073709551615', [1]],
  ['big', 2n ** 64n - 1n, [1]],
  ['big', '18446744073709551614.5', []],
  ['small', 0.1, [1]],
  ['small', Math.fround(0.1), []],
  ['y', '2026', [1]],
  ['mood', 'a', [2]],
  ['mood', 'A', []],
  ['mood', '1', []],
  ['clock', '08:00:00.00', [2]],
  ['old', '嵊泗', [1]],
  ['old', 'a', []],
  ['old', '😀', []],
  ['gbk', '嵊泗', [1]],
  ['gbk', '㟙😀', []],
  ['latin', 'é', [1]],
  ['latin', 'e', []],
  ['latin', '嵊', []],
  ['padded', 'ab', [1]],
  ['padded', 'ab ', []],
  ['day', '0000-00-00', [1]],
  ['at', '2026-00-00 00:00:00', [1]],
  ['stamp', '2026-06-30 08:00:00.12', [1]],
  ['stamp', '2026-06-30 08:00:00.120', [1]],
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

test('numbers are what the column shows of them', async () => {
  await connection.query(`CREATE TABLE shown (id INT PRIMARY KEY, f FLOAT, f2 FLOAT(10, 2), d2 DOUBLE(10, 2), z DECIMAL(10, 2) ZEROFILL, i INT(8) ZEROFILL);
    INSERT INTO shown VALUES (1, 1234.56, 1234.56, 1234.56, 12.5, 7), (2, 1e20, 1234567.89, 0.1, 0, 0), (3, -0.1, 0.1, -3.3, 9999.99, 123456789)`);
  expect(await read('shown', ['f', 'f2', 'd2', 'z', 'i'])).toEqual([
    [1234.56, 1234.56, 1234.56, '12.50', 7],
    [1e20, 1234567.88, 0.1, '0.00', 0],
    [-0.1, 0.1, -3.3, '9999.99', 123456789],
  ]);
  const cases: readonly [column: string, op: 'eq' | 'lt' | 'gte', value: string, ids: readonly number[]][] = [
    ['f', 'eq', '1234.56', [1]],
    ['f', 'eq', '1234.56005859375', []],
    ['f', 'gte', '1234.56', [1, 2]],
    ['f', 'lt', '1e300', [1, 2, 3]],
    ['f2', 'eq', '1234567.88', [2]],
    ['f2', 'lt', '0.11', [3]],
    ['d2', 'eq', '-3.3', [3]],
    ['z', 'eq', '12.5', [1]],
  ];
  for (const [column, op, value, ids] of cases) {
    const where: Condition = { kind: 'compare', column, op, value };
    expect([column, op, value, (await read('shown', ['id'], { where })).map(([id]) => id)]).toEqual([
      column,
      op,
      value,
      ids,
    ]);
  }
});

test('a zero date is a cell, not an empty one', async () => {
  for (const column of ['day', 'at']) {
    expect(await read('kinds', ['id'], { where: { kind: 'isNull', column } })).toEqual([]);
  }
  const before: Condition = { kind: 'compare', column: 'day', op: 'lt', value: '1000-01-01' };
  expect(await read('kinds', ['id'], { where: before })).toEqual([[1]]);
});

test('every type can be sorted, walked, counted and maximised', async () => {
  for (const column of COLUMNS) {
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
    expect(groups).toHaveLength(2);
    for (const group of groups) expect(group.max).toEqual(group.key);
  }
});

test('sessions are read-only and of the zone that mappings assume', async () => {
  await connection.query(`CREATE FUNCTION session_facts() RETURNS TEXT CHARSET utf8mb4 READS SQL DATA
      RETURN CONCAT_WS(' ', @@session.tx_read_only, @@session.time_zone);
    CREATE VIEW settings AS SELECT session_facts() AS facts`);
  expect(await read('settings', ['facts'])).toEqual([['ON +08:00']]);
});

test('reads leave nothing on the session, and see what is there now', async () => {
  const own = openSqlAdapter({ dialect: 'mysql', url: database.url, maxConnections: 1 });
  const before = await sessionIds();
  await connection.query('CREATE TABLE moving (n INT)');
  const count = async () => (await own.read(request('moving', ['n']), wideBounds())).length;
  expect(await count()).toBe(0);
  await connection.query('INSERT INTO moving VALUES (1)');
  await connection.query("SET GLOBAL log_output = 'TABLE', GLOBAL general_log = 'ON'");
  expect(await count()).toBe(1);
  await connection.query("SET GLOBAL general_log = 'OFF'");
  const [id] = (await sessionIds()).filter((each) => !before.includes(each));
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    `SELECT CONVERT(argument USING utf8mb4) AS text FROM mysql.general_log WHERE thread_id = ? AND command_type IN ('Query', 'Execute')`,
    [id],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.text).toMatch(/^SET STATEMENT tx_read_only = 1, .* FOR SELECT /);
  await own.close();
});

async function sessionIds(): Promise<readonly number[]> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND DB = DATABASE()',
  );
  return rows.map(({ id }) => Number(id));
}

test('a session that the server has ended is replaced without anybody noticing', async () => {
  await Promise.all(Array.from({ length: 4 }, () => adapter.probe(wideBounds())));
  const [rows] = await connection.query<mysql.RowDataPacket[]>(
    'SELECT ID AS id FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND DB = DATABASE()',
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) await connection.query(`KILL ${Number(id)}`);
  for (let call = 0; call < 5; call += 1) expect(await read('kinds', ['id'])).toHaveLength(2);
});

test('staff and callers can tell who is refused from what is missing', async () => {
  await expect(read('kinds', ['nobody'])).rejects.toMatchObject({ code: 'SOURCE_COLUMN_MISSING' });
  const url = new URL(database.url);
  url.username = 'nobody';
  url.password = 'wrong';
  const stranger = openSqlAdapter({ dialect: 'mysql', url: url.href });
  await expect(stranger.probe(wideBounds())).rejects.toMatchObject({
    code: 'SOURCE_CREDENTIALS_REFUSED',
    message: expect.stringContaining('Access denied'),
  });
  await stranger.close();
});

test('a lock that outlasts the deadline is SourceTimeout', async () => {
  await connection.query('CREATE TABLE locked (id INT) ENGINE = MyISAM; LOCK TABLES locked WRITE');
  await adapter.probe(wideBounds());
  const reading = adapter.read(request('locked', ['id']), { ...wideBounds(), timeoutMs: 300 });
  await expect(reading).rejects.toBeInstanceOf(SourceTimeout);
  await connection.query('UNLOCK TABLES');
  expect(await read('locked', ['id'])).toEqual([]);
});

describe('indexes', () => {
  /** The name of the index and the way of access in the plan of what the adapter would send. */
  async function planOf(wanted: ReadRequest): Promise<{ key: unknown; type: unknown; extra: unknown }> {
    const table = await mysqlDialect.loadTable(wanted.from.name, async (text, params) => {
      const [rows] = await connection.execute<mysql.RowDataPacket[][]>({ sql: text, rowsAsArray: true }, [
        ...params,
      ] as string[]);
      return rows;
    });
    if (table === null) throw new Error(`no table ${wanted.from.name}`);
    const { text, params } = mysqlDialect.render(compileRead(wanted, { dialect: mysqlDialect, table }));
    const [rows] = await connection.execute<mysql.RowDataPacket[]>(`EXPLAIN ${text}`, [
      ...params,
    ] as string[]);
    return { key: rows[0]?.key, type: rows[0]?.type, extra: rows[0]?.Extra };
  }

  beforeAll(async () => {
    await connection.query(`CREATE TABLE many (code VARCHAR(20) NOT NULL, no BIGINT NOT NULL, amount DECIMAL(20, 2),
        day VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin, PRIMARY KEY (code, no), INDEX by_day (day, no), INDEX by_amount (amount));
      INSERT INTO many SELECT CONCAT('c', seq), seq, seq / 100, DATE_FORMAT(DATE '2000-01-01' + INTERVAL seq % 9000 DAY, '%Y%m%d') FROM seq_1_to_30000;
      ANALYZE TABLE many`);
  });

  test('find keys, tuples and numbers', async () => {
    const keys: Condition = { kind: 'in', column: 'code', values: ['c1', 'c2', 'c3'] };
    expect(await planOf(request('many', ['no'], { where: keys }))).toMatchObject({
      key: 'PRIMARY',
      type: 'range',
    });
    const tuples = Array.from({ length: 200 }, (_, index) => [`c${index}`, index]);
    const pairs: Condition = { kind: 'inTuples', columns: ['code', 'no'], tuples };
    expect(await planOf(request('many', ['no'], { where: pairs }))).toMatchObject({
      key: 'PRIMARY',
      type: 'range',
    });
    const amount: Condition = { kind: 'compare', column: 'amount', op: 'eq', value: '12.34' };
    expect(await planOf(request('many', ['no'], { where: amount }))).toMatchObject({
      key: 'by_amount',
      type: 'ref',
    });
  });

  test('find keys in a column of another character set', async () => {
    await connection.query(`CREATE TABLE chinese (name VARCHAR(20) CHARACTER SET gbk, INDEX by_name (name));
      INSERT INTO chinese SELECT CONCAT('嵊泗', seq) FROM seq_1_to_5000; ANALYZE TABLE chinese`);
    for (const values of [['嵊泗7'], ['嵊泗7', '嵊泗8', '嵊泗😀']]) {
      const where: Condition = { kind: 'in', column: 'name', values };
      expect((await planOf(request('chinese', ['name'], { where }))).key).toBe('by_name');
      expect((await planOf(request('chinese', ['name'], { where }))).type).toMatch(/^(?:ref|range)$/);
      expect(await read('chinese', ['name'], { where })).toHaveLength(Math.min(values.length, 2));
    }
  });

  test('find texts by their beginning, letter by letter', async () => {
    const where: Condition = { kind: 'startsWith', column: 'day', text: '200001' };
    expect(await planOf(request('many', ['no'], { where }))).toMatchObject({ key: 'by_day', type: 'range' });
    const shouted: Condition = { kind: 'startsWith', column: 'code', text: 'C1' };
    expect(await read('many', ['no'], { where: shouted })).toEqual([]);
    const small: Condition = { kind: 'startsWith', column: 'code', text: 'c1' };
    expect(await read('many', ['no'], { where: small, limit: 3 })).toHaveLength(3);
  });

  test('serve an order from any position on, and are known to do so', async () => {
    const wanted = request('many', ['no'], {
      where: { kind: 'not', of: { kind: 'isNull', column: 'day' } },
      orderBy: [
        { column: 'day', direction: 'desc', nulls: 'excluded' },
        { column: 'no', direction: 'desc', nulls: 'excluded' },
      ],
      after: ['20010101', 5],
      limit: 50,
    });
    const plan = await planOf(wanted);
    expect(plan).toMatchObject({ key: 'by_day', type: 'range' });
    expect(plan.extra).not.toContain('filesort');
    const sql = openSqlAdapter({ dialect: 'mysql', url: database.url });
    expect((await sql.adviseIndex(wanted, wideBounds()))?.present).toBe(true);
    const other = { ...wanted, orderBy: [{ column: 'code', direction: 'asc', nulls: 'excluded' }] } as const;
    expect(await sql.adviseIndex(other, wideBounds())).toEqual({
      columns: ['code'],
      present: false,
      // It sorts as its column does, which only its owner may change.
      statement: 'CREATE INDEX `many_code_idx` ON `many` (`code`);',
    });
    await connection.query('CREATE VIEW many_seen AS SELECT * FROM many');
    expect(await sql.adviseIndex({ ...other, from: { name: 'many_seen' } }, wideBounds())).toBeNull();
    await sql.close();
  });

  test('by code point beside a column of another order are advised where the server has them', () => {
    const column: SqlColumn = {
      name: 'code',
      type: 'text',
      nativeType: 'varchar(20)',
      nullable: false,
      base: 'varchar',
      collation: 'loose',
      codePointCollation: 'utf8mb4_0900_bin',
      charset: 'gbk',
    };
    const table = { name: 'many', isView: false, columns: new Map([['code', column]]), indexes: [] };
    expect(mysqlDialect.createIndex(table, [column], 'i')).toBe(
      'CREATE INDEX `i` ON `many` ((CONVERT(`code` USING utf8mb4) COLLATE utf8mb4_0900_bin));',
    );
  });
});
