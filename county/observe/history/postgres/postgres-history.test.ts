import pg from 'pg';
import type { HistoryPoint } from '../../../../subgraphs/port/observation.js';
import { fillHistory } from '../testing/fill-history.js';
import { openTestHistories, type TestHistories } from '../testing/test-histories.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-30T12:00:00+08:00');
const MB = 2 ** 20;

let histories: TestHistories;
let server: pg.Client;
beforeAll(async () => {
  histories = await openTestHistories();
  server = new pg.Client(histories.serverUrl);
  await server.connect();
}, 120_000);
afterAll(async () => {
  await server.end();
  await histories.close();
}, 60_000);

async function bytesOf(schema: string): Promise<ReadonlyMap<string, number>> {
  const { rows } = await server.query(
    `SELECT relname AS name, pg_total_relation_size(pg_class.oid)::float8 AS bytes FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relkind = 'r'`,
    [schema],
  );
  return new Map((rows as { name: string; bytes: number }[]).map(({ name, bytes }) => [name, bytes]));
}

describe('the size of a history in PostgreSQL', () => {
  it('is less than 500 MB for 60 interfaces over 90 days', async () => {
    const store = histories.open('sized', 'one');
    expect(await store.turns?.take(NOW)).toMatchObject({ kind: 'OURS' });
    // A twelfth of the interfaces.
    await fillHistory(store, {
      interfaces: 5,
      now: NOW,
      compactEvery: 1,
      // As the server does by itself within a minute of it.
      afterCompact: async () => void (await server.query('VACUUM sized.loose, sized.packed')),
    });
    await store.close();
    const bytes = await bytesOf('sized');
    const total = [...bytes.values()].reduce((sum, one) => sum + one, 0);
    const tables = [...bytes].map(([name, one]) => `${name} ${Math.round((12 * one) / MB)}`).join(', ');
    console.info(`${Math.round((12 * total) / MB)} MB for 60 interfaces (${tables})`);
    expect((12 * total) / MB).toBeLessThan(500);
    expect((12 * total) / MB).toBeGreaterThan(20);
  }, 240_000);
});

/** The tables of the time when each measurement and each part was a row. */
const ROW_BY_ROW = `
  CREATE SCHEMA old;
  CREATE TABLE old.series (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, interface text NOT NULL, measure text NOT NULL, about text NOT NULL,
    UNIQUE (interface, measure, about));
  CREATE TABLE old.raw (series integer, at bigint, value double precision NOT NULL, PRIMARY KEY (series, at));
  CREATE INDEX raw_at ON old.raw USING brin (at);
  CREATE TABLE old.part (
    width integer, series integer, at bigint, n integer NOT NULL, low double precision NOT NULL, high double precision NOT NULL,
    sum double precision NOT NULL, last double precision NOT NULL, PRIMARY KEY (series, width, at));
  INSERT INTO old.series (interface, measure, about)
    SELECT 'market.interface-' || number, measure, '' FROM generate_series(1, 60) AS number, unnest(array['REACHABLE', 'ANSWER_TIME']) AS measure`;

describe('a history that was kept row by row', () => {
  it('is packed when it is opened, and says the same', async () => {
    const at = (ago: number): number => (NOW - ago) / SECOND;
    await server.query(ROW_BY_ROW);
    const of =
      "(SELECT id FROM old.series WHERE interface = 'market.interface-60' AND measure = 'ANSWER_TIME')";
    await server.query(
      `INSERT INTO old.part SELECT 3600, ${of}, ${at(40 * DAY)}, 120, 1.5, 99.25, 1234.5678901, 12.3456
       UNION ALL SELECT 300, ${of}, ${at(8 * DAY)} + number * 300, 10, 1, 2, 15.1, 1.1 FROM generate_series(0, 300) AS number`,
    );
    await server.query(
      `INSERT INTO old.raw SELECT ${of}, ${at(2 * HOUR)} + number * 30, 0.123456 FROM generate_series(0, 200) AS number`,
    );
    const store = histories.open('old', 'one');
    await store.turns?.take(NOW);
    const read = (): Promise<readonly HistoryPoint[]> =>
      store.read({ interface: 'market.interface-60', measure: 'ANSWER_TIME', about: null, from: 0, to: NOW });
    const expected = [
      {
        at: NOW - 40 * DAY,
        seconds: 3600,
        count: 120,
        low: 1.5,
        high: 99.25,
        mean: 1234.5678901 / 120,
        last: 12.3456,
      },
      ...Array.from({ length: 301 }, (_, index) => ({
        at: NOW - 8 * DAY + index * 300 * SECOND,
        seconds: 300,
        count: 10,
        low: 1,
        high: 2,
        mean: 1.51,
        last: 1.1,
      })),
      ...Array.from({ length: 201 }, (_, index) => ({
        at: NOW - 2 * HOUR + index * 30 * SECOND,
        seconds: 0,
        count: 1,
        low: 0.123456,
        high: 0.123456,
        mean: 0.123456,
        last: 0.123456,
      })),
    ];
    expect(await read()).toEqual(expected);
    expect([...(await bytesOf('old')).keys()].toSorted()).toEqual([
      'held',
      'incident',
      'loose',
      'packed',
      'remembered',
      'series',
      'told',
      'turn',
    ]);
    // What comes from then on goes to the same days.
    const more = {
      interface: 'market.interface-60',
      measure: 'ANSWER_TIME',
      about: null,
      value: 5,
      at: NOW - SECOND,
    } as const;
    await store.write({ measurements: [more], incidents: [], remembered: new Map() });
    await store.compact(NOW + DAY);
    const after = await read();
    expect(after.at(-1)).toMatchObject({ at: NOW - SECOND, last: 5 });
    expect(after.slice(-202, -1)).toEqual(expected.slice(-201));
    await store.close();
  }, 60_000);
});
