import fc from 'fast-check';
import { graphql, parse } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ALL_ROWS, type RowScope } from '../../../runtime/call/caller.js';
import { buildSubgraph } from '../../port/subgraph-schema.js';
import { createDepartmentResolvers } from '../serve/department-resolvers.js';
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
  caseCode: { column: code, type: DocumentNumber }
  stage: { column: stage, type: Code, codes: market/case-stage }
  filedAt: { column: filed, type: Date, format: yyyyMMdd, sorts: asText }
  fine: { column: fine, type: Decimal, sorts: asDecimal }
scope: { township: town }
`;
const FACET = MAPPING.replace('interface: market.case', 'interface: market.case-of-subject').replace(
  'feeds: Case',
  'facet: Subject.market.cases',
);
const UNSCOPED = MAPPING.replace('scope: { township: town }\n', '').replace('market.case', 'market.other');
const SHARED = `${UNSCOPED.replace('market.other', 'market.shared')}catalogue: { share: UNCONDITIONAL, basis: 政务数据共享条例 }\n`;

/** D18: one township in every spelling; of some rows it cannot be told. */
const SPELLINGS: readonly (readonly [cell: string | null, township: string | null])[] = [
  ['330922101', '330922101'],
  ['330922101000', '330922101'],
  ['嵊山镇', '330922101'],
  ['嵊山', '330922101'],
  ['浙江省舟山市嵊泗县嵊山镇陈钱山路1号', '330922101'],
  ['330922100', '330922100'],
  ['菜园镇人民政府', '330922100'],
  ['枸杞乡', '330922202'],
  ['', null],
  [null, null],
  ['定海区', null],
];
const A = '91330922MA28K00156';
const TABLE = `create table cases (code text, uscc text, stage text, filed text, fine text, town text);
${SPELLINGS.map(
  ([cell], place) =>
    `insert into cases values ('C${String(place).padStart(2, '0')}', '${A}', '50', '202606${String(place + 10)}', '${place}.00', ${cell === null ? 'null' : `'${cell}'`});`,
).join('\n')}`;

const as = (scope: Partial<RowScope>): CallContext => ({
  ...testContext(),
  caller: { name: 'a', role: 'analyst', scope: { ...ALL_ROWS, ...scope } },
});

const PAGE = {
  kind: 'Case',
  where: { all: [] },
  orderBy: [{ field: 'filedAt', direction: 'asc' }],
  reversed: false,
  limit: 50,
  fields: ['caseCode'],
} as const;

function withDepartment<T>(work: (department: SmallDepartment) => Promise<T>): Promise<T> {
  return withSqlite(TABLE, (adapter) =>
    work(openSmallDepartment([MAPPING, FACET, UNSCOPED, SHARED], new Map([['market', adapter]]))),
  );
}

const expectedOf = (townships: readonly string[]): readonly string[] =>
  SPELLINGS.flatMap(([, township], place) =>
    township !== null && townships.includes(township) ? [`C${String(place).padStart(2, '0')}`] : [],
  );

describe('the scope of rows', () => {
  it('lets exactly the rows of the caller’s townships through, in pages and counts', () =>
    withDepartment(async ({ feed }) => {
      const all = ['330922100', '330922101', '330922202', '330922102'];
      await fc.assert(
        fc.asyncProperty(fc.subarray(all), fc.integer({ min: 0, max: 4 }), async (townships, limit) => {
          const context = as({ townships });
          const [page] = await feed.page({ ...PAGE, interfaces: ['market.case'], limit }, context);
          const expected = expectedOf(townships);
          expect(page?.data?.rows.map(({ values: [code] }) => code)).toEqual(expected.slice(0, limit));
          const [tally] = await feed.tally(
            {
              kind: 'Case',
              where: { all: [] },
              by: [],
              measures: [{ field: 'fine' }],
              interfaces: ['market.case'],
            },
            context,
          );
          expect((tally?.data ?? []).reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
        }),
        { numRuns: 40 },
      );
    }));

  it('holds for rows that are named by their keys or numbers', () =>
    withDepartment(async ({ feed }) => {
      for (const where of [
        { ids: ['market.case:C05', 'market.case:C02'] },
        { field: 'caseCode', sameNumber: 'C05' },
        { subject: [`uscc:${A}`] },
      ]) {
        const [page] = await feed.page(
          { ...PAGE, where, interfaces: ['market.case'] },
          as({ townships: ['330922101'] }),
        );
        expect(page?.data?.rows.map(({ values: [code] }) => code)).not.toContain('C05');
      }
    }));

  it('holds for facets', () =>
    withDepartment(async ({ served, feed }) => {
      const sdl = `
        type Query { subject: Subject }
        type Subject @key(fields: "id") { id: ID! keys: [String!]! @external market: MarketSubject @requires(fields: "keys") }
        type MarketSubject { cases(first: Int = 50): [MarketCase!] }
        type MarketCase { caseCode: String }
        type Case @key(fields: "id") { id: ID! market: MarketCase }`;
      const schema = buildSubgraph(
        `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@external", "@requires"])\n${sdl}`,
        {
          ...createDepartmentResolvers(parse(sdl), served, feed, []),
          Query: { subject: () => ({ id: `uscc:${A}`, keys: [`uscc:${A}`] }) },
        },
      );
      const ask = async (scope: Partial<RowScope>) => {
        const source = '{ subject { market { cases { caseCode } } } }';
        const answer = await graphql({ schema, source, contextValue: as(scope) });
        return JSON.parse(JSON.stringify(answer)) as {
          data: { subject: { market: { cases: readonly { caseCode: string }[] | null } } };
          errors?: readonly { extensions: { code: string } }[];
        };
      };
      const { data } = await ask({ townships: ['330922100'] });
      expect(data.subject.market.cases?.map(({ caseCode }) => caseCode).sort()).toEqual(
        expectedOf(['330922100']),
      );
      const denied = await ask({ departments: ['marine'] });
      expect(denied.data.subject.market.cases).toBeNull();
      expect(denied.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }));

  it.each([
    ['without townships, to a caller of some', { townships: ['330922101'] }, 'market.other', 'DENIED'],
    ['of another department', { departments: ['marine'] }, 'market.case', 'DENIED'],
    ['of his department', { departments: ['market', 'marine'] }, 'market.case', 'LIVE'],
    ['that is shared without conditions', { townships: [], departments: [] }, 'market.shared', 'LIVE'],
  ] as const)('tells of an interface %s', (_what, scope, name, state) =>
    withDepartment(async ({ feed }) => {
      const [page] = await feed.page({ ...PAGE, interfaces: [name] }, as(scope));
      expect(page?.state).toBe(state);
      expect(page?.data === undefined).toBe(state === 'DENIED');
      if (state === 'DENIED') expect(page?.reason).toMatch(/^FORBIDDEN: /);
      // What one caller is refused, the next one is given.
      const [after] = await feed.page({ ...PAGE, interfaces: [name] }, as({}));
      expect([after?.state, after?.data?.rows.length]).toEqual(['LIVE', SPELLINGS.length]);
    }),
  );
});
