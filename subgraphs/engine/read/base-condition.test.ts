import { parse } from 'graphql';
import { ALWAYS, all } from '../../../adapters/condition.js';
import { evaluateCondition } from '../../../adapters/evaluate-condition.js';
import type { Capabilities } from '../../../adapters/source-adapter.js';
import type { SourceRow } from '../../../adapters/source-value.js';
import type { RowCondition } from '../../kinds/row-condition.js';
import { createLocalSubgraph } from '../../port/local-subgraph.js';
import { buildSubgraph } from '../../port/subgraph-schema.js';
import { createDepartmentResolvers } from '../serve/department-resolvers.js';
import { type RecordedSource, recordSource, type SentRequest } from '../testing/recorded-source.js';
import {
  openSmallDepartment,
  type SmallDepartment,
  testContext,
  withSqlite,
} from '../testing/small-department.js';

const MAPPING = `interface: market.case
title: 案件
owner: { department: market }
feeds: Case
source: { connection: market, table: cases }
key: [code]
subject: [{ scheme: uscc, column: uscc }]
fields:
  department: { value: MARKET }
  decisionNo: { column: number, type: DocumentNumber }
  stage: { column: stage, type: Code, codes: market/case-stage }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
  decidedAt: { column: decided, type: Date, format: any }
  fine: { column: fine, type: Decimal, sorts: asDecimal }
where: { valid: '1' }
watermark:
  column: changed
  format: yyyy-MM-dd HH:mm:ss
  every: 1d
  warn: 2d
  fail: 3d
  recent: { column: filed, within: 30d }
limits: { keysPerCall: 2 }
`;
/** The same rows as an append-only table: the newest valid row of each case counts, unless it says "deleted". */
const LATEST = MAPPING.replace(
  "where: { valid: '1' }\n",
  "where: { valid: '1' }\nlatest: { by: [code], newest: [seq] }\nwhereLatest: { op: { not: D } }\n",
);
const FACET = (mapping: string): string =>
  mapping
    .replace('interface: market.case', 'interface: market.case-of-subject')
    .replace('feeds: Case', 'facet: Subject.market.cases');

const COLUMNS = [
  'code',
  'uscc',
  'number',
  'stage',
  'filed',
  'decided',
  'fine',
  'changed',
  'valid',
  'seq',
  'op',
];
const A = '91330922MA28K00156';
const B = '91330922MA28KX007W';
const row = (code: string, valid: string | null, changed: string, rest: Partial<Row> = {}): Row => ({
  code,
  uscc: A,
  number: '嵊罚〔2026〕7号',
  stage: '50',
  filed: '20260615',
  decided: '2026-6-20',
  fine: '100',
  changed,
  valid,
  seq: '1',
  op: 'I',
  ...rest,
});

type Row = Readonly<Record<string, string | null>>;

const KEPT: readonly Row[] = [
  row('K1', '1', '2026-06-20 08:00:00'),
  row('K2', '1', '2026-06-20 07:00:00', { uscc: B, number: '嵊罚〔2026〕8号', stage: '20' }),
];
/** Like the first row but for what says that they are none of the table, and newer. */
const DROPPED: readonly Row[] = [
  row('D1', '0', '2026-06-30 01:00:00'),
  row('D2', null, '2026-06-30 02:00:00'),
];
const SQL = `create table cases (code text, uscc text, number text, stage text, filed text, decided text,
  fine numeric, changed text, valid text, seq text, op text);
insert into cases values ${[...KEPT, ...DROPPED]
  .map((one) => `(${cellsOf(one).map((cell) => (cell === null ? 'null' : `'${cell}'`))})`)
  .join(', ')};`;

function cellsOf(one: Row): readonly (string | null)[] {
  return COLUMNS.map((column) => one[column] ?? null);
}

/** Whether a request leaves a row in, as far as it says so itself. */
function admits({ request }: SentRequest, cells: SourceRow): boolean {
  const among = request.from.latest?.among ?? ALWAYS;
  const types = COLUMNS.map((name) => ({ name, type: name === 'fine' ? 'decimal' : 'text' }) as const);
  return evaluateCondition(all([among, request.where]), types)(cells);
}

/** Requests that leave in a row that is none of the table. */
function careless(sent: readonly SentRequest[]): readonly SentRequest[] {
  return sent.filter((one) => DROPPED.some((dropped) => admits(one, cellsOf(dropped))));
}

function withMarket<T>(
  mappings: readonly string[],
  lacking: readonly (keyof Capabilities)[],
  work: (market: SmallDepartment, source: RecordedSource) => Promise<T>,
): Promise<T> {
  return withSqlite(SQL, (adapter) => {
    const source = recordSource(adapter, lacking);
    return work(openSmallDepartment(mappings, new Map([['market', source.adapter]])), source);
  });
}

/** Filters, and the rows that they leave. */
const FILTERS: readonly (readonly [string, RowCondition, readonly string[]])[] = [
  ['everything', { all: [] }, ['K1', 'K2']],
  ['a day', { field: 'filedAt', from: '2026-06-01' }, ['K1', 'K2']],
  ['a day that only decoding tells', { field: 'decidedAt', from: '2026-06-01' }, ['K1', 'K2']],
  ['a code', { field: 'stage', in: ['DECIDED'] }, ['K1']],
  ['an amount', { field: 'fine', to: '100.00' }, ['K1', 'K2']],
  ['a number', { field: 'decisionNo', sameNumber: '嵊罚[2026]7号' }, ['K1']],
  ['a subject', { subject: [`uscc:${A}`] }, ['K1']],
  ['subjects of several calls', { subject: [`uscc:${A}`, 'uscc:2', 'uscc:3', 'uscc:4'] }, ['K1']],
  ['ids', { ids: ['market.case:K1', 'market.case:D1', 'market.case:D2'] }, ['K1']],
  ['the absence of a value', { not: { field: 'decidedAt', isNull: true } }, ['K1', 'K2']],
  ['one of several', { any: [{ field: 'stage', in: ['DECIDED'] }, { ids: ['market.case:D2'] }] }, ['K1']],
];
/** More numbers than are looked for by patterns. */
const NUMBERS: RowCondition = {
  any: ['7', '8', '9', '10'].map((number) => ({
    field: 'decisionNo',
    sameNumber: `嵊罚〔2026〕${number}号`,
  })),
};
const WAYS: readonly (readonly [string, string, readonly (keyof Capabilities)[]])[] = [
  ['a table', MAPPING, []],
  ['a table that does not count', MAPPING, ['tallies']],
  ['a table that does not sort', MAPPING, ['orders', 'keyset']],
  ['the newest rows of a table', LATEST, []],
  ['the newest rows of a table that does not count', LATEST, ['tallies']],
];

const SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
scalar FeedMessage
type Query { _feed(request: FeedMessage!): FeedMessage }
type Case @key(fields: "id") { id: ID! market: MarketCase }
type MarketCase { stage: String }
type Subject @key(fields: "id") { id: ID! keys: [String!] market: MarketSubject }
type MarketSubject { cases: [MarketCase!] }
`;

/** What the department answers to a router that asks for entities. */
async function askEntities(
  { served, feed }: SmallDepartment,
  representations: readonly Readonly<Record<string, unknown>>[],
): Promise<unknown> {
  const schema = buildSubgraph(SDL, createDepartmentResolvers(parse(SDL), served, feed));
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Case { market { stage } }
      ... on Subject { market { cases { stage } } }
    }
  }`;
  const { data, errors } = await createLocalSubgraph('market', schema).execute(
    { query, variables: { representations } },
    testContext(),
  );
  expect(errors).toBeUndefined();
  return data?._entities;
}

describe.each(WAYS)('the base condition of %s', (_what, mapping, lacking) => {
  it('stands in every request for a page', () =>
    withMarket([mapping], lacking, async ({ feed }, { sent }) => {
      for (const [filter, where, wanted] of FILTERS) {
        for (const reversed of [false, true]) {
          const after = { keys: [reversed ? null : '2026-06-16'], interface: 'other.case', key: ['1'] };
          const orderBy = [{ field: 'filedAt', direction: 'desc' }] as const;
          const [page] = await feed.page(
            { kind: 'Case', where, orderBy, reversed, limit: 10, fields: ['fine'], after },
            testContext(),
          );
          const found = page?.data?.rows.map(({ key: [code] }) => code).sort();
          expect({ filter, found }).toEqual({ filter, found: wanted });
        }
        expect(sent.length).toBeGreaterThan(0);
        expect({ filter, careless: careless(sent.splice(0)) }).toEqual({ filter, careless: [] });
      }
    }));

  it('stands in every request for a tally', () =>
    withMarket([mapping], lacking, async ({ feed }, { sent }) => {
      for (const [filter, where, wanted] of FILTERS) {
        const [tally] = await feed.tally(
          { kind: 'Case', where, by: [], measures: [{ field: 'fine' }] },
          testContext(),
        );
        const measures = [{ sum: `${wanted.length}00.00` }];
        const data = [{ key: [], count: wanted.length, measures }];
        expect({ filter, data: tally?.data }).toMatchObject({ filter, data });
        expect(sent.length).toBeGreaterThan(0);
        expect({ filter, careless: careless(sent.splice(0)) }).toEqual({ filter, careless: [] });
      }
    }));

  it('stands in the look-up of how many numbers are spelt', () =>
    withMarket([mapping], lacking, async ({ feed }, { sent }) => {
      const [tally] = await feed.tally({ kind: 'Case', where: NUMBERS, by: [], measures: [] }, testContext());
      expect(tally?.data).toEqual([{ key: [], count: 2, measures: [] }]);
      expect(careless(sent)).toEqual([]);
    }));

  it('stands in the request for the newest row, so that no other row makes the source look fresher', () =>
    withMarket([mapping], lacking, async ({ feed }, { sent }) => {
      const [outcome] = await feed.freshness(testContext());
      expect(outcome).toMatchObject({ state: 'STALE', asOf: '2026-06-20T08:00:00+08:00' });
      // Beside it, one row shows that the source can be read, and the keys are counted.
      const newest = sent.filter(({ request }) => !('limit' in request && request.limit === 1));
      expect(newest.filter((one) => one.operation === 'read' || one.request.max !== undefined)).toHaveLength(
        1,
      );
      expect(careless(sent)).toEqual([]);
    }));

  it('stands in the look-ups of facets, by id and by subject', () =>
    withMarket([mapping, FACET(mapping)], lacking, async (market, { sent }) => {
      const ids = ['K1', 'D1', 'D2'].map((code) => ({ __typename: 'Case', id: `market.case:${code}` }));
      const subject = { __typename: 'Subject', id: `uscc:${A}`, keys: [`uscc:${A}`] };
      expect(await askEntities(market, [...ids, subject])).toEqual([
        { market: { stage: 'DECIDED' } },
        { market: null },
        { market: null },
        { market: { cases: [{ stage: 'DECIDED' }] } },
      ]);
      // Three ids are two calls; the subject is another.
      expect(sent.map(({ operation }) => operation)).toEqual(['read', 'read', 'read']);
      expect(careless(sent)).toEqual([]);
    }));
});
