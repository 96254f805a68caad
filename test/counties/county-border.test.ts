import fc from 'fast-check';
import type { FeedPort } from '../../subgraphs/feed/feed.js';
import { type ArrayInterface, createArrayFeed } from '../../subgraphs/hub/testing/array-feed.js';
import { createArrayRegistry } from '../../subgraphs/hub/testing/array-registry.js';
import { openTestHub, type TestHub, testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import { caseOrder, caseRows, feedsOf } from '../../subgraphs/hub/testing/random-county.js';
import { idsOf, sortedIds, walkCases } from '../../subgraphs/hub/testing/walk-cases.js';
import { ownNameOf } from '../../subgraphs/port/county-name.js';
import { atDepth } from '../deep.js';
import { countyFeedOf, offerOf } from './array-counties.js';

const RUNS = atDepth(30, 2000);

/**
 * Interfaces by the names that the hub above knows. Those of its own sort before, between and behind its counties'; one
 * county is a hub itself; several hold interfaces of one name.
 */
const NAMES = ['a.case', 'a/market.case', 'b/market.case', 'b/d/market.case', 'b/d/cases.😀'] as const;

function interfacesOf(rename: (name: string) => string): readonly ArrayInterface[] {
  return NAMES.map((name): ArrayInterface => ({ name: rename(name), kind: 'Case', rows: [] }));
}

/** The interfaces of one county, under its own names. */
function within(county: string, all: readonly ArrayInterface[]): readonly ArrayInterface[] {
  return all.filter((_, index) => NAMES[index]?.replace(/[^/]*$/, '') === county);
}

/** As the departments of the counties would be, were they all in one. */
function feedsByDepartment(interfaces: readonly ArrayInterface[]): readonly FeedPort[] {
  const departmentOf = ({ name }: ArrayInterface): string => ownNameOf(name).split('.')[0] ?? '';
  return [...new Set(interfaces.map(departmentOf))].map((department) =>
    createArrayFeed(
      department,
      interfaces.filter((one) => departmentOf(one) === department),
    ),
  );
}

const registry = createArrayRegistry([]);
/** As one county that holds all has them, and as three that hold them apart. */
const together = interfacesOf((name) => name);
const apart = interfacesOf((name) => ownNameOf(name));
let one: TestHub;
let three: TestHub;

beforeAll(async () => {
  one = openTestHub(feedsByDepartment(together), registry);
  const nested = countyFeedOf('d', offerOf(feedsOf(within('b/d/', apart))));
  await nested.contact(testContext());
  const a = countyFeedOf('a', offerOf(feedsOf(within('a/', apart))));
  const b = countyFeedOf('b', offerOf([...feedsOf(within('b/', apart)), nested]));
  await Promise.all([a.contact(testContext()), b.contact(testContext())]);
  three = openTestHub([...feedsOf(within('', apart)), a, b], registry);
});

const anInterface = fc.subarray([...NAMES], { minLength: 1 });
const leaf: fc.Arbitrary<object> = fc.oneof(
  fc.record({ interface: anInterface }),
  fc.record({ department: fc.subarray(['MARKET', 'MARINE'], { minLength: 1 }) }),
  fc.constantFrom(
    { filedAt: { from: '2026-01-31' } },
    { decided: true },
    { unpaid: true },
    { finePresent: false },
    { fine: { from: '10.50' } },
    { subject: { id: ['uscc:A', 'regno:1'] } },
  ),
);
const where: fc.Arbitrary<object> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  leaf,
  fc.record({ not: leaf }),
  fc.record({ and: fc.tuple(leaf, leaf) }),
  fc.record({ or: fc.tuple(leaf, fc.record({ not: leaf })) }),
  fc.record({ or: fc.tuple(fc.record({ interface: anInterface }), leaf) }),
);

const down = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.subarray([...NAMES], { maxLength: 2 }));

type Rows = ArrayInterface['rows'];

function fill(rows: readonly Rows[], away: readonly string[]): void {
  for (const [index, name] of NAMES.entries()) {
    for (const side of [together, apart]) {
      const filled = side[index];
      if (filled === undefined) continue;
      filled.rows = rows[index] ?? [];
      filled.down = away.includes(name);
    }
  }
}

const PAGE = `query Page($where: CaseFilter, $orderBy: [CaseOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  cases(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    edges { cursor node { id interface department stage fine unpaid filedAt quality subject { ref } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    coverage { county interface state rows reason late }
  }
}`;

const STATS = `query Stats($where: CaseFilter, $by: [CaseDimension!]!) {
  caseStats(where: $where, by: $by, measures: [COUNT, SUBJECTS, FINE], orderBy: [{ key: ASC }]) {
    buckets { key count subjects fine amount(of: FINE) { count sum min max median } days(from: FILED_AT, to: DECIDED_AT) { median } }
    coverage { county interface state rows }
  }
}`;

async function bothAnswer(query: string, variables: Readonly<Record<string, unknown>>): Promise<CasesAnswer> {
  const [expected, found] = await Promise.all([one.ask(query, variables), three.ask(query, variables)]);
  expect(found.errors.map((error) => error.toJSON())).toEqual(expected.errors.map((error) => error.toJSON()));
  expect(found.data).toEqual(expected.data);
  expect(found.data).not.toBeNull();
  return expected.data as unknown as CasesAnswer;
}

interface CasesAnswer {
  readonly cases: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

describe('counties as sources of a hub answer as one county that holds all', () => {
  it('pages, forwards and backwards, with interfaces away now and then', async () => {
    await fc.assert(
      fc.asyncProperty(
        caseRows,
        where,
        caseOrder,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.array(down, { maxLength: 3 }),
        async (rows, filter, orderBy, size, backward, outages) => {
          let cursor: string | null = null;
          for (const away of [...outages, [], [], []]) {
            fill(rows, away);
            const window: object = backward ? { last: size, before: cursor } : { first: size, after: cursor };
            const { cases }: CasesAnswer = await bothAnswer(PAGE, { where: filter, orderBy, ...window });
            cursor = (backward ? cases.pageInfo.startCursor : cases.pageInfo.endCursor) ?? cursor;
          }
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('statistics by any dimension, interfaces among them', async () => {
    const by = fc.subarray(['INTERFACE', 'DEPARTMENT', 'STAGE', 'MONTH', 'SUBJECT'], { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(caseRows, where, by, down, async (rows, filter, dimensions, away) => {
        fill(rows, away);
        await bothAnswer(STATS, { where: filter, by: dimensions });
      }),
      { numRuns: RUNS },
    );
  });

  it('objects by their ids', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, down, async (rows, away) => {
        fill(rows, away);
        const ids = [
          ...sortedIds(together, [{ filedAt: 'ASC' }]),
          'a/market.case:none',
          'market.case:a',
          'c/market.case:a',
        ];
        await bothAnswer(
          'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on Case { interface stage } } }',
          { ids },
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('a walk gives every row once, in the order of all', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, caseOrder, fc.integer({ min: 1, max: 7 }), async (rows, orderBy, size) => {
        fill(rows, []);
        expect(idsOf(await walkCases(three, orderBy, size, 'forward'))).toEqual(sortedIds(together, orderBy));
      }),
      { numRuns: RUNS },
    );
  });
});
