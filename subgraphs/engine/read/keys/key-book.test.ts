import { openRestConnection } from '../../../../adapters/rest/open-rest.js';
import { sendJson, startTestServer } from '../../../../adapters/web/testing/test-server.js';
import { probeInterface } from '../../check/probe.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../../testing/small-department.js';

const mapping = (source: string, more = '') => `interface: culture.homestay
title: 民宿
owner: { department: culture }
feeds: Licence
source: { connection: culture, ${source} }
key: [no]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: CULTURE }
  type: { value: HOMESTAY_PERMIT }
  name: { column: name }
  number: { column: no, type: DocumentNumber }
  validTo: { column: until, type: Date, format: yyyy-MM-dd, sorts: asText }
  state: { value: VALID }
limits: { retries: 0 }
${more}`;

const CODE = '91330922MA28K00156';
const ROWS = [
  ['A', 'a', '2026-06-01'],
  ['B', 'b1', '2026-06-02'],
  ['B', 'b2', '2026-06-02'],
  ['B', 'b3', '2026-06-09'],
  ['C', 'c', '2026-06-03'],
  [null, 'no key', '2026-06-04'],
  [null, 'none either', '2026-06-05'],
] as const;
const SQL = `create table permits (no text, code text, name text, until text);
${ROWS.map(([no, name, until]) => `insert into permits values (${no === null ? 'null' : `'${no}'`}, '${CODE}', '${name}', '${until}');`).join('\n')}`;

const KEYLESS = '有 2 行缺少主键，未列出。2 rows have no key and are not listed.';
const SHARED =
  '有 3 行共用 1 个主键，分页时可能遗漏。3 rows share 1 keys, and pages may leave some of them out.';

async function tell({ feed }: SmallDepartment): Promise<readonly (string | null | undefined)[]> {
  const request = { kind: 'Licence', where: { all: [] } } as const;
  const page = { ...request, orderBy: [], reversed: false, limit: 1, fields: ['name'] };
  const [[paged], [counted], [known]] = [
    await feed.page(page, testContext()),
    await feed.tally({ ...request, by: [], measures: [] }, testContext()),
    await feed.freshness(testContext()),
  ];
  return [paged, counted, known].map((part) => part?.reason);
}

async function probe({ served }: SmallDepartment): Promise<readonly string[]> {
  const [one] = served;
  if (one === undefined) throw new Error('nothing to probe');
  const { problems } = await probeInterface(one, testContext());
  return problems.flatMap(({ rule, en }) => (rule.startsWith('key-') ? [`${rule}: ${en}`] : []));
}

const open = (text: string, adapter: Parameters<Parameters<typeof withSqlite>[1]>[0]) =>
  openSmallDepartment([text], new Map([['culture', adapter]]));

describe('rows without a key of their own', () => {
  it('are told and counted in every answer and by check', () =>
    withSqlite(SQL, async (adapter) => {
      const market = open(mapping('table: permits'), adapter);
      expect(await tell(market)).toEqual(Array.from({ length: 3 }, () => `${KEYLESS} ${SHARED}`));
      expect(await probe(market)).toEqual([
        expect.stringMatching(/^key-missing: .* but 2 rows have none/),
        expect.stringMatching(/^key-not-unique: .* 1 values occur more than once, in 3 rows/),
      ]);
    }));

  it('are those alone that the mapping lets through', () =>
    withSqlite(SQL, async (adapter) => {
      const market = open(mapping('table: permits', 'where: { name: [a, b1, c, none either] }'), adapter);
      expect(await tell(market)).toEqual(
        Array.from({ length: 3 }, () => '有 1 行缺少主键，未列出。1 rows have no key and are not listed.'),
      );
    }));

  it('are not looked for where the table itself promises its keys', () =>
    withSqlite(
      SQL.replace('no text', 'no text primary key not null')
        .replace(/insert .*(?:null|b2|b3).*\n/g, '')
        .replace(/insert .*null.*$/, ''),
      async (adapter) => {
        const market = open(mapping('table: permits'), adapter);
        expect(await tell(market)).toEqual([null, null, null]);
        // The last one shows that the source can be read.
        expect(market.calls.map(({ operation }) => operation)).toEqual(['read', 'tally', 'read']);
        expect(await probe(market)).toEqual([]);
      },
    ));

  it('of one key are one row where the newest of each key is chosen', () =>
    withSqlite(SQL, async (adapter) => {
      const market = open(mapping('table: permits', 'latest: { by: [no], newest: [until, name] }'), adapter);
      expect(await tell(market)).toEqual(
        Array.from({ length: 3 }, () => '有 1 行缺少主键，未列出。1 rows have no key and are not listed.'),
      );
      expect(await probe(market)).toEqual([expect.stringMatching(/^key-missing/)]);
    }));

  it('are counted of an endpoint even where they are alike in all that is read', async () => {
    const row = { no: 'A', name: 'a', until: '2026-06-01', code: CODE };
    const list = [row, row, { ...row, no: 'B' }];
    const server = await startTestServer((_, response) => sendJson(response, JSON.stringify({ list })));
    const adapter = openRestConnection({ dialect: 'rest', url: server.url });
    try {
      const [paged] = await tell(open(mapping('http: { path: /permits, rows: list }'), adapter));
      expect(paged).toMatch(/^有 2 行共用 1 个主键/);
    } finally {
      await adapter.close();
      await server.close();
    }
  });

  it('are counted as an endpoint sends them', async () => {
    const list = ROWS.map(([no, name, until]) => ({ no, name, until, code: CODE }));
    const server = await startTestServer((_, response) => sendJson(response, JSON.stringify({ list })));
    const adapter = openRestConnection({ dialect: 'rest', url: server.url });
    try {
      const market = open(mapping('http: { path: /permits, rows: list }'), adapter);
      const [paged, counted] = await tell(market);
      expect([paged, counted]).toEqual([`${KEYLESS} ${SHARED}`, `${KEYLESS} ${SHARED}`]);
      expect(await probe(market)).toEqual([
        expect.stringMatching(/^key-missing: .* but 2 rows/),
        expect.stringMatching(/^key-not-unique: .* in 3 rows/),
      ]);
    } finally {
      await adapter.close();
      await server.close();
    }
  });
});
