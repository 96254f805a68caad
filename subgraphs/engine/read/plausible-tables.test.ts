import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { SourceAdapter } from '../../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../../adapters/sql/open-sql.js';
import { type Chooser, createChooser, PLAUSIBLE_SEED } from '../../../adapters/testing/plausible.js';
import { startMariadb } from '../../../test/databases/start-mariadb.js';
import { startPostgres } from '../../../test/databases/start-postgres.js';
import { atDepth } from '../../../test/deep.js';
import type { FieldValue } from '../../kinds/field-value.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';

type Held = string | number | null;

/** A cell as somebody entered it, and what a careful person reads there. */
interface Entry {
  readonly held: Held;
  readonly value: FieldValue;
}

/** One column of a table, and the field that a mapping reads of it. */
interface Column {
  readonly name: string;
  /** As the database declares it. */
  readonly declared: string;
  /** Of the field, as the mapping says it. */
  readonly field: string;
  make(chooser: Chooser): Entry;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** To the cent, with few enough digits for every column. */
function amount({ below, chance }: Chooser): { readonly cents: number; readonly value: string } {
  const cents = chance(20) ? below(100) : below(999_999);
  return { cents, value: `${Math.floor(cents / 100)}.${two(cents % 100)}` };
}

function day({ below }: Chooser): readonly [year: number, month: number, day: number] {
  return [2015 + below(11), 1 + below(12), 1 + below(28)];
}

const grouped = (value: string): string => value.replace(/\B(?=(?:\d{3})+\.)/g, ',');
const nothing = (words: readonly Held[]) => (chooser: Chooser) => ({
  held: chooser.pick(words),
  value: null,
});

/** A column some of whose cells are empty. */
function column(
  name: string,
  declared: string,
  field: string,
  make: (chooser: Chooser) => Entry,
  empty: readonly Held[] = [null],
): Column {
  return {
    name,
    declared,
    field,
    make: (chooser) => (chooser.chance(10) ? nothing(empty)(chooser) : make(chooser)),
  };
}

const asNumber = (chooser: Chooser): Entry => {
  const { cents, value } = amount(chooser);
  return { held: cents / 100, value };
};
const asDigits = (chooser: Chooser): Entry => {
  const { value } = amount(chooser);
  return { held: value, value };
};
const asWritten = (chooser: Chooser): Entry => {
  const { value } = amount(chooser);
  const short = value.replace(/\.?0+$/, '');
  return {
    held: chooser.pick([
      value,
      short === '' ? '0' : short,
      grouped(value),
      `￥${grouped(value)}`,
      `${value}元`,
      ` ${value} `,
    ]),
    value,
  };
};
const isoDay = (chooser: Chooser): Entry => {
  const [y, m, d] = day(chooser);
  const value = `${y}-${two(m)}-${two(d)}`;
  return { held: value, value };
};
const writtenDay = (chooser: Chooser): Entry => {
  const [y, m, d] = day(chooser);
  const value = `${y}-${two(m)}-${two(d)}`;
  const held = chooser.pick([
    value,
    `${y}${two(m)}${two(d)}`,
    `${y}年${m}月${d}日`,
    `${y}/${m}/${d}`,
    `${y}.${two(m)}.${two(d)}`,
    `${value} 08:30:00`,
    `${value}T08:30:00`,
  ]);
  return { held, value };
};
const dayDigits = (chooser: Chooser): Entry => {
  const [y, m, d] = day(chooser);
  return { held: y * 10_000 + m * 100 + d, value: `${y}-${two(m)}-${two(d)}` };
};
const moment = (chooser: Chooser): Entry => {
  const { value } = isoDay(chooser);
  const time = `${two(chooser.below(24))}:${two(chooser.below(60))}:${two(chooser.below(60))}`;
  return { held: `${value} ${time}`, value: `${value}T${time}+08:00` };
};
const zoned = (chooser: Chooser): Entry => {
  const { held, value } = moment(chooser);
  return { held: `${held}+08`, value };
};
const flag =
  (yes: readonly Held[], no: readonly Held[]) =>
  (chooser: Chooser): Entry => {
    const value = chooser.chance(50);
    return { held: chooser.pick(value ? yes : no), value };
  };
const NAMES = [
  '嵊泗县枸杞海洋贻贝有限公司',
  '𣗋山小店',
  'A&B',
  "O'Brien",
  '0012',
  '1e3',
  '{a}',
  'a,b',
  '王 小明',
  '2026-06-30',
];
const name = (chooser: Chooser): Entry => {
  const value = chooser.pick(NAMES);
  return { held: chooser.pick([value, ` ${value}`, `${value}\u3000`, `\t${value}\r\n`]), value };
};
const PEOPLE = ['张三', '李四', '王五', '欧阳小明'];
const people = (chooser: Chooser): readonly string[] => [
  chooser.pick(PEOPLE),
  ...chooser.list(2, () => chooser.pick(PEOPLE)),
];
const count = (chooser: Chooser): Entry => {
  const value = chooser.below(1_000_000);
  return { held: value, value };
};

const SQLITE: readonly Column[] = [
  column('jeReal', 'REAL', 'type: Decimal, sorts: native', asNumber),
  column('jeDecimal', 'DECIMAL(18,2)', 'type: Decimal, sorts: native', asNumber),
  column('jeDigits', 'DECIMAL_TEXT(18,2)', 'type: Decimal, sorts: asDecimal', asDigits),
  column('jeText', 'VARCHAR(20)', 'type: Decimal', asWritten, [null, '', '无', '-']),
  column('rqText', 'TEXT', 'type: Date, format: any', writtenDay, [null, '', ' ', '/', '0000-00-00']),
  column('rqDate', 'DATE', 'type: Date, format: yyyy-MM-dd, sorts: asText', isoDay),
  column('rqNumber', 'INTEGER', 'type: Date, format: yyyyMMdd', dayDigits),
  column('sjText', 'DATETIME', 'type: DateTime, format: yyyy-MM-dd HH:mm:ss', moment, [null, '']),
  column('bz', 'TINYINT', 'type: Boolean', flag([1], [0])),
  column('sfText', 'CHAR(2)', 'type: Boolean', flag(['是', 'Y', '1', ' 是'], ['否', 'N', '0'])),
  column('mc', 'NVARCHAR(50)', 'type: Text', name, [null, '', '\u3000', 'NULL']),
  column('ry', 'TEXT', 'type: Texts', (chooser) => {
    const value = people(chooser);
    return { held: value.join(chooser.pick(['、', ',', '，', ';', '； '])), value };
  }),
  column('sl', 'INT', 'type: Integer, sorts: native', count),
  column('slText', 'TEXT', 'type: Integer', (chooser) => {
    const value = chooser.below(100_000);
    return {
      held: chooser.pick([String(value), `${value} `, grouped(`${value}.`).slice(0, -1), `${value}.0`]),
      value,
    };
  }),
];

const POSTGRES: readonly Column[] = [
  column('jeNumeric', 'numeric(18,2)', 'type: Decimal, sorts: native', asDigits),
  column('jeMoney', 'money', 'type: Decimal, sorts: native', asDigits),
  column('jeReal', 'real', 'type: Decimal, sorts: native', asNumber),
  column('jeFloat', 'float8', 'type: Decimal, sorts: native', asNumber),
  column('rqDate', 'date', 'type: Date, sorts: native', isoDay),
  column('sj', 'timestamp', 'type: DateTime, sorts: native', moment),
  column('sjZone', 'timestamptz', 'type: DateTime, sorts: native', zoned),
  column('bz', 'boolean', 'type: Boolean', flag(['t'], ['f'])),
  column('bzBit', 'bit(1)', 'type: Boolean', flag(['1'], ['0'])),
  column('ry', 'text[]', 'type: Texts, split: ","', (chooser) => {
    const value = [...people(chooser), ...(chooser.chance(30) ? ['李,四', '赵"六'] : [])];
    return { held: `{${value.map((text) => `"${text.replaceAll('"', '\\"')}"`).join(',')}}`, value };
  }),
  column('mc', 'char(40)', 'type: Text', name, [null, '']),
  column('sl', 'int8', 'type: Integer, sorts: native', count),
];

const MARIADB: readonly Column[] = [
  column('jeDecimal', 'DECIMAL(18,2)', 'type: Decimal, sorts: native', asDigits),
  column('jeFilled', 'DECIMAL(12,2) ZEROFILL', 'type: Decimal, sorts: native', asDigits),
  column('jeFloat', 'FLOAT', 'type: Decimal, sorts: native', asNumber),
  column('jeFloat2', 'FLOAT(10,2)', 'type: Decimal, sorts: native', asNumber),
  column('jeDouble', 'DOUBLE', 'type: Decimal, sorts: native', asNumber),
  column('rqDate', 'DATE', 'type: Date, sorts: native', isoDay, [null, '0000-00-00']),
  column('sj', 'DATETIME', 'type: DateTime, sorts: native', moment),
  column('sjStamp', 'TIMESTAMP NULL', 'type: DateTime, sorts: native', moment),
  column('bz', 'BIT(1)', 'type: Boolean', flag([1], [0])),
  column('bzEnum', "ENUM('是','否')", 'type: Boolean', flag(['是'], ['否'])),
  column('ry', "SET('张三','李四','王五','欧阳小明')", 'type: Texts, split: ","', (chooser) => {
    const chosen = new Set(people(chooser));
    const value = PEOPLE.filter((person) => chosen.has(person));
    return { held: value.join(','), value };
  }),
  column('nf', 'YEAR', 'type: Integer, sorts: native', ({ below }) => {
    const value = 1990 + below(40);
    return { held: value, value };
  }),
  column(
    'mc',
    'VARCHAR(50) CHARACTER SET gbk',
    'type: Text',
    (chooser) => {
      const value = chooser.pick(NAMES.filter((text) => !text.includes('𣗋')));
      return { held: chooser.pick([value, `${value}\u3000`]), value };
    },
    [null, ''],
  ),
  column('sl', 'INT(8) ZEROFILL', 'type: Integer, sorts: native', count),
];

interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Entry[])[];
}

/** An empty database that is filled, and an adapter on it. */
type Open = (table: Table) => Promise<{ readonly adapter: SourceAdapter; stop(): Promise<void> }>;

const heldRows = ({ rows }: Table): Held[][] => rows.map((row, id) => [id, ...row.map(({ held }) => held)]);
const declare = ({ columns }: Table, quote: string): string =>
  columns.map(({ name, declared }) => `${quote}${name}${quote} ${declared}`).join(', ');

const openSqlite: Open = async (table) => {
  const folder = mkdtempSync(join(tmpdir(), 'plausible-'));
  const file = join(folder, 'a.sqlite');
  const database = new Database(file);
  database.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${declare(table, '"')})`);
  const insert = database.prepare(`INSERT INTO t VALUES (?, ${table.columns.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (const row of heldRows(table)) insert.run(...row);
  })();
  database.close();
  const adapter = openSqlAdapter({ dialect: 'sqlite', file });
  return { adapter, stop: async () => rmSync(folder, { recursive: true }) };
};

const openPostgres: Open = async (table) => {
  const server = await startPostgres();
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(`SET TIME ZONE 'UTC'; CREATE TABLE t (id int PRIMARY KEY, ${declare(table, '"')})`);
  const places = table.columns.map(({ declared }, index) => `$${index + 2}::text::${declared}`);
  for (const row of heldRows(table))
    await client.query(`INSERT INTO t VALUES ($1, ${places.join(', ')})`, row);
  await client.end();
  return { adapter: openSqlAdapter({ dialect: 'postgres', url: server.url }), stop: () => server.stop() };
};

const openMariadb: Open = async (table) => {
  const server = await startMariadb();
  const connection = await mysql.createConnection({ uri: server.url, charset: 'utf8mb4' });
  await connection.query(`SET sql_mode = '', time_zone = '+08:00'`);
  await connection.query(`CREATE TABLE t (id INT PRIMARY KEY, ${declare(table, '`')})`);
  for (const row of heldRows(table)) await connection.query('INSERT INTO t VALUES (?)', [row]);
  connection.destroy();
  return { adapter: openSqlAdapter({ dialect: 'mysql', url: server.url }), stop: () => server.stop() };
};

const FILTERS = 40;

/** The filter that names a value; of a list, its first element. */
function equals(field: string, value: FieldValue): RowCondition {
  if (value === null) return { field, isNull: true };
  if (typeof value === 'boolean') return { field, in: [value] };
  if (typeof value === 'number' || /^[0-9.:T+-]+$/.test(String(value))) {
    const text = String(value);
    return field.startsWith('mc') ? { field, in: [text] } : { field, from: text, to: text };
  }
  return { field, in: [typeof value === 'string' ? value : (value[0] ?? '')] };
}

function isSame(value: FieldValue, wanted: FieldValue): boolean {
  if (!Array.isArray(wanted)) return value === wanted;
  return Array.isArray(value) && value.includes(wanted[0]);
}

function mappingOf(columns: readonly Column[]): string {
  return `interface: market.plausible
title: t
owner: { department: market }
facet: Subject.market.plausible
source: { connection: market, table: t }
key: [id]
fields:
  no: { column: id, type: Integer, sorts: native }
${columns.map(({ name, field }) => `  ${name}: { column: ${name}, ${field} }`).join('\n')}
limits: { timeout: 30s, maxRowsScanned: 1000000, maxBytes: 200000000 }
`;
}

test.each([
  { name: 'SQLite', columns: SQLITE, rows: atDepth(5000, 100_000), open: openSqlite },
  { name: 'PostgreSQL', columns: POSTGRES, rows: atDepth(400, 5000), open: openPostgres },
  { name: 'MariaDB', columns: MARIADB, rows: atDepth(400, 5000), open: openMariadb },
])(
  `no cell of $rows plausible rows of $name is silently another one (seed ${PLAUSIBLE_SEED})`,
  async ({ columns, rows: size, open }) => {
    const chooser = createChooser(PLAUSIBLE_SEED);
    const rows = Array.from({ length: size }, () => columns.map((each) => each.make(chooser)));
    const { adapter, stop } = await open({ columns, rows });
    try {
      const { feed } = openSmallDepartment([mappingOf(columns)], new Map([['market', adapter]]));
      const fields = ['no', ...columns.map((each) => each.name)];
      const request = {
        kind: null,
        where: { all: [] },
        orderBy: [],
        reversed: false,
        limit: size,
        fields,
      } as const;
      const [page] = await feed.page(request, testContext());
      expect(page?.reason).toBeNull();
      const found = page?.data?.rows ?? [];
      expect(found).toHaveLength(size);
      for (const { values, quality } of found) {
        const [id, ...read] = values;
        const entries = rows[Number(id)] ?? [];
        const wanted = entries.map(({ value }) => value);
        const held = entries.map((entry) => entry.held);
        // An empty list is nothing, and a mark may say that a word stands for nothing; all else is clean.
        const marks = quality.filter(
          (mark) => !mark.startsWith('NULL_WORD:') && !mark.startsWith('ID_UNRESOLVED'),
        );
        expect({ id, held, read, marks }).toEqual({ id, held, read: wanted, marks: [] });
      }
      for (let filters = 0; filters < FILTERS; filters += 1) {
        const index = chooser.below(columns.length);
        const value = chooser.pick(rows)[index]?.value ?? null;
        const where = equals(fields[index + 1] ?? '', value);
        const [some] = await feed.page({ ...request, where, fields: ['no'] }, testContext());
        const ids = (some?.data?.rows ?? [])
          .map(({ values }) => Number(values[0]))
          .sort((left, right) => left - right);
        const wanted = rows.flatMap((row, id) => (isSame(row[index]?.value ?? null, value) ? [id] : []));
        expect({ where, reason: some?.reason, ids }).toEqual({ where, reason: null, ids: wanted });
      }
    } finally {
      await adapter.close();
      await stop();
    }
  },
);
