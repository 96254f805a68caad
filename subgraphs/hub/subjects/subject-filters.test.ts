import fc from 'fast-check';
import { atDepth } from '../../../test/deep.js';
import { compareCodePoints } from '../../values/texts/sort-text.js';
import type { ArraySubject } from '../testing/array-registry.js';
import {
  centsOf,
  clauseRows,
  firstClause,
  hasEvidence,
  satisfiesWhere,
} from '../testing/evaluate-subjects.js';
import { openSubjectCounty, SUBJECTS, subjectRows } from '../testing/subject-county.js';
import {
  CLAUSES,
  type ClauseName,
  type SubjectWhere,
  subjectBases,
  subjectWheres,
} from '../testing/subject-filters.js';

const county = openSubjectCounty();
const { hub, interfaces } = county;

const wheres = fc
  .record({ base: subjectBases, where: subjectWheres })
  .map(
    ({ base, where }): SubjectWhere => (Object.keys(base).length === 0 ? where : { ...base, and: [where] }),
  );

interface Found {
  readonly totalCount: number | null;
  readonly edges: readonly {
    readonly node: { readonly ref: string };
    readonly match: Readonly<Record<string, unknown>> | null;
  }[];
  readonly pageInfo: Readonly<Record<string, unknown>>;
}

const FIELDS = `totalCount edges { node { ref } match {
  inspectionCount caseCount licenceCount complaintCount
  FINE: caseAmount(of: FINE) PAID: caseAmount(of: PAID) SATISFACTION: complaintAmount(of: SATISFACTION)
} } pageInfo { startCursor endCursor hasNextPage hasPreviousPage }`;

/** Null when there is nothing that the filter could be taken from. */
async function ask(args: object): Promise<Found | null> {
  const { data, errors } = await hub.ask(
    `query ($where: SubjectFilter, $orderBy: [SubjectOrder!], $first: Int, $after: String, $last: Int, $before: String) {
      subjects(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) { ${FIELDS} }
    }`,
    { ...args },
  );
  if (errors.length > 0) {
    expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/“没有”/)]);
    return null;
  }
  return data?.subjects as Found;
}

const idsOf = ({ edges }: Found): readonly string[] => edges.map(({ node }) => node.ref);
const text = (cents: number): string => (cents / 100).toFixed(2);

/** `SubjectMatch`, as far as it is asked for. */
function matchOf(subject: ArraySubject, where: SubjectWhere): object | null {
  if (!hasEvidence(where)) return null;
  const rowsOf = (name: ClauseName) => {
    const clause = firstClause(where, name);
    return clause === undefined ? null : clauseRows(interfaces, subject, name, clause);
  };
  const [inspections, cases, licences, complaints] = CLAUSES.map(rowsOf);
  return {
    inspectionCount: inspections?.length ?? null,
    caseCount: cases?.length ?? null,
    licenceCount: licences?.length ?? null,
    complaintCount: complaints?.length ?? null,
    FINE: cases ? text(centsOf(cases, 'FINE')) : null,
    PAID: cases ? text(centsOf(cases, 'PAID')) : null,
    SATISFACTION: complaints ? String(centsOf(complaints, 'SATISFACTION') / 100) : null,
  };
}

const byId = (a: ArraySubject, b: ArraySubject): number => compareCodePoints(a.id, b.id);
const matching = (where: SubjectWhere): ArraySubject[] =>
  SUBJECTS.filter((subject) => satisfiesWhere(interfaces, subject, where)).sort(byId);

const RUNS = atDepth(200, 600);

describe('subjects(where:) with and, or, not, presence and sums', () => {
  it('equals looking at every subject and all its rows, and tells what it counted', async () => {
    let refused = 0;
    let filled = 0;
    await fc.assert(
      fc.asyncProperty(subjectRows, wheres, async (rows, where) => {
        county.fill(rows);
        const found = await ask({ where, first: 500 });
        if (found === null) {
          refused++;
          return;
        }
        const expected = matching(where);
        expect(idsOf(found)).toEqual(expected.map(({ id }) => id));
        expect(found.totalCount).toBe(expected.length);
        expect(found.edges.map(({ match }) => match)).toEqual(expected.map((one) => matchOf(one, where)));
        if (expected.length > 0) filled++;
      }),
      { numRuns: RUNS },
    );
    expect(refused).toBeLessThan(RUNS / 4);
    expect(filled).toBeGreaterThan(RUNS / 4);
  });

  it('is counted by subjectStats', async () => {
    const dimensions = { KIND: 'kind', TOWNSHIP: 'township', INDUSTRY: 'industry', STATE: 'state' } as const;
    const names = Object.keys(dimensions) as (keyof typeof dimensions)[];
    await fc.assert(
      fc.asyncProperty(subjectRows, wheres, fc.subarray(names), async (rows, where, by) => {
        county.fill(rows);
        const { data, errors } = await hub.ask(
          'query ($where: SubjectFilter, $by: [SubjectDimension!]!) { subjectStats(where: $where, by: $by) { buckets { key count } bucketCount } }',
          { where, by },
        );
        fc.pre(errors.length === 0);
        const counts = new Map<string, number>(by.length === 0 ? [['[]', 0]] : []);
        for (const one of matching(where)) {
          const key = JSON.stringify(by.map((name) => one[dimensions[name]]));
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        const stats = data?.subjectStats as {
          readonly buckets: readonly { readonly key: unknown; readonly count: number }[];
          readonly bucketCount: number;
        };
        expect(new Map(stats.buckets.map(({ key, count }) => [JSON.stringify(key), count]))).toEqual(counts);
        expect(stats.bucketCount).toBe(counts.size);
      }),
      { numRuns: atDepth(60, 200) },
    );
  });
});

/** An order, and what it looks at: a text or number, null last. */
interface TestOrder {
  readonly field: string;
  readonly input: (direction: string) => unknown;
  readonly readValue: (subject: ArraySubject, where: SubjectWhere) => string | number | null;
}

const rowsOf = (subject: ArraySubject, where: SubjectWhere, name: ClauseName) =>
  clauseRows(interfaces, subject, name, firstClause(where, name) ?? {});
const ORDERS: readonly TestOrder[] = [
  ...(['id', 'name', 'township', 'industry', 'kind', 'state'] as const).map((field) => ({
    field,
    input: (direction: string) => direction,
    readValue: (subject: ArraySubject) => subject[field],
  })),
  ...CLAUSES.map((name) => ({
    field: `${name.slice(0, -1)}Count`,
    input: (direction: string) => direction,
    readValue: (subject: ArraySubject, where: SubjectWhere) => rowsOf(subject, where, name).length,
  })),
  ...(
    [
      ['cases', 'FINE'],
      ['cases', 'PAID'],
      ['complaints', 'SATISFACTION'],
    ] as const
  ).map(([name, of]) => ({
    field: `${name.slice(0, -1)}Amount`,
    input: (direction: string) => ({ of, direction }),
    readValue: (subject: ArraySubject, where: SubjectWhere) => centsOf(rowsOf(subject, where, name), of),
  })),
];

/** Every clause is there to order by; those that the filter lacks only count. */
const orderable = wheres.map((where): SubjectWhere => {
  const counting = CLAUSES.filter((name) => firstClause(where, name) === undefined);
  const all = Object.fromEntries(counting.map((name) => [name, { count: { gte: 0 } }]));
  return { and: [{ kind: ['VESSEL', 'ORGANISATION', 'PERSON'] }, where, all] };
});

function inOrder(where: SubjectWhere, { readValue }: TestOrder, direction: string): readonly string[] {
  const sign = direction === 'ASC' ? 1 : -1;
  return matching(where)
    .sort((a, b) => {
      const [left, right] = [readValue(a, where), readValue(b, where)];
      if (left === null || right === null)
        return Number(left === null) - Number(right === null) || sign * byId(a, b);
      return sign * ((left < right ? -1 : left > right ? 1 : 0) || byId(a, b));
    })
    .map(({ id }) => id);
}

describe('subjects(orderBy:)', () => {
  it('walks forwards and backwards through the sorted whole, in every order', async () => {
    const orders = fc.constantFrom(...ORDERS);
    const directions = fc.constantFrom('ASC', 'DESC');
    await fc.assert(
      fc.asyncProperty(
        subjectRows,
        orderable,
        orders,
        directions,
        fc.integer({ min: 1, max: 4 }),
        async (rows, where, order, direction, size) => {
          county.fill(rows);
          const expected = inOrder(where, order, direction);
          const args = { where, orderBy: [{ [order.field]: order.input(direction) }] };
          expect(await walk(args, size, 'forward')).toEqual(expected);
          expect(await walk(args, size, 'backward')).toEqual(expected);
        },
      ),
      { numRuns: atDepth(50, 150) },
    );
  });

  async function walk(args: object, size: number, way: 'forward' | 'backward'): Promise<readonly string[]> {
    let ids: readonly string[] = [];
    let cursor: unknown = null;
    for (;;) {
      const place = way === 'forward' ? { first: size, after: cursor } : { last: size, before: cursor };
      const page = await ask({ ...args, ...place });
      if (page === null) throw new Error('the order must find its clauses');
      expect(page.edges.length).toBeLessThanOrEqual(size);
      ids = way === 'forward' ? [...ids, ...idsOf(page)] : [...idsOf(page), ...ids];
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (!(way === 'forward' ? hasNextPage : hasPreviousPage)) return ids;
      cursor = way === 'forward' ? endCursor : startCursor;
    }
  }
});

describe('subjects without anything to take from', () => {
  const refusedAt = async (where: string, rest = ''): Promise<unknown> => {
    const { errors } = await hub.ask(`{ subjects(where: {${where}}${rest}) { totalCount } }`);
    return errors.map(({ extensions }) => [extensions.code, extensions.argument]);
  };

  it.each([
    ['not: {cases: {}}', 'where'],
    ['cases: {none: true}', 'where'],
    ['cases: {count: {gte: 0}}', 'where'],
    ['inspections: {some: false}', 'where'],
    ['cases: {sum: [{of: FINE, lte: "5"}]}', 'where'],
    ['or: [{cases: {}}, {complaints: {none: true}}]', 'where.or[1]'],
    ['owner: {not: {licences: {}}}', 'where.owner'],
    ['or: []', 'where.or'],
    ['cases: {sum: []}', 'where.cases.sum'],
    ['cases: {sum: [{of: FINE}]}', 'where.cases.sum[0]'],
    ['cases: {sum: [{of: FINE, gte: "x"}]}', 'where.cases.sum[0].gte'],
    ['inspections: {repeatVisits: {withinDays: 3661}}', 'where.inspections.repeatVisits.withinDays'],
    ['nameStartsWith: " "', 'where.nameStartsWith'],
    ['not: {name: []}', 'where.not.name'],
  ])('refuses %s at %s', async (where, place) => {
    expect(await refusedAt(where)).toEqual([['BAD_USER_INPUT', place]]);
  });

  it.each([
    ['caseCount: DESC', 'licences: {}', 'orderBy[0].caseCount'],
    ['caseAmount: {of: FINE, direction: DESC}', 'or: [{cases: {}}]', 'orderBy[0].caseAmount'],
    ['complaintCount: ASC', 'owner: {complaints: {}}', 'orderBy[0].complaintCount'],
  ])('refuses an order by %s of a query with %s', async (order, where, place) => {
    expect(await refusedAt(where, `, orderBy: [{${order}}]`)).toEqual([['BAD_USER_INPUT', place]]);
  });

  it('takes from the register what it lists', async () => {
    county.fill([[], [], [{ key: ['1'], subject: 'regno:0', values: { department: 'MARKET' } }]]);
    const found = await ask({ where: { kind: ['VESSEL'], cases: { none: true } } });
    expect(found && idsOf(found)).toEqual(['vessel:1', 'vessel:2', 'vessel:3']);
  });
});

describe('subjectStats', () => {
  it('orders and cuts its buckets, and tells how many there are and what it rests on', async () => {
    county.fill([[{ key: ['1'], subject: 'regno:0', values: { department: 'MARKET', date: '2026-01-31' } }]]);
    const { data, errors } = await hub.ask(`{
      all: subjectStats(by: [KIND], orderBy: [{count: ASC}, {key: DESC}], first: 2) {
        buckets { key count } bucketCount
      }
      joined: subjectStats(where: {inspections: {}}, by: [TOWNSHIP, KIND]) {
        buckets { key count } coverage { interface rows }
      }
      none: subjectStats(where: {cases: {}}, by: []) { buckets { key count } }
    }`);
    expect(errors).toEqual([]);
    expect(data).toEqual({
      all: {
        buckets: [
          { key: ['PERSON'], count: 1 },
          { key: ['VESSEL'], count: 4 },
        ],
        bucketCount: 3,
      },
      joined: {
        buckets: [{ key: ['330922100', 'VESSEL'], count: 1 }],
        coverage: [
          { interface: 'marine.inspection', rows: 0 },
          { interface: 'market.inspection', rows: 1 },
        ],
      },
      none: { buckets: [{ key: [], count: 0 }] },
    });
  });
});
