import fc from 'fast-check';
import { type ArrayRow, idOf } from '../testing/array-condition.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const market: ArrayInterface = { name: 'market.inspection', kind: 'Inspection', rows: [] };
const marine: ArrayInterface = { name: 'marine.inspection', kind: 'Inspection', rows: [] };
const cases: ArrayInterface = { name: 'cases.punish', kind: 'Case', rows: [] };
const certificates: ArrayInterface = { name: 'marine.certificate', kind: 'Licence', rows: [] };
const feed = createArrayFeed('all', [market, marine, cases, certificates]);
const hub = openTestHub([feed], createArrayRegistry([]));

const ENTITIES = `query ($refs: [_Any!]!, $first: Int, $after: String) { _entities(representations: $refs) {
  ... on Subject { inspections(first: $first, after: $after, orderBy: [{ date: DESC }]) {
    totalCount
    nodes { id date }
    pageInfo { hasNextPage endCursor }
    coverage { interface state rows }
  } }
  ... on Inspection { id interface date department subject { ref } case { id } }
  ... on Case { id unpaid elapsedDays remainingDays inspection { id } }
  ... on Licence { id expired validTo }
} }`;

async function resolve(refs: readonly object[], variables: object = {}) {
  const { data, errors } = await hub.ask(ENTITIES, { refs, first: 20, ...variables });
  return { entities: data?._entities as readonly Readonly<Record<string, unknown>>[], errors };
}

const inspection = (key: string, values: ArrayRow['values'], subject: string | null = null): ArrayRow => ({
  key: [key],
  subject,
  values,
});

beforeEach(() => {
  for (const one of [market, marine, cases, certificates]) {
    one.rows = [];
    one.down = false;
  }
  feed.calls.length = 0;
});

interface SubjectEntity {
  readonly inspections: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('Subject.inspections', () => {
  const subjects = ['A', 'B', 'C', 'D'].map((letter) => ({
    __typename: 'Subject',
    id: `uscc:${letter}`,
    keys: [`uscc:${letter}`, `regno:${letter}`],
  }));
  const ref = fc.option(fc.constantFrom(...subjects.flatMap(({ keys }) => keys)), { nil: null });
  const rows = fc
    .array(fc.tuple(ref, fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03')), { maxLength: 20 })
    .map((list) =>
      list.map(([subject, date], index) => inspection(`${index}`.padStart(3, '0'), { date }, subject)),
    );

  it('gives each subject its own first rows, however many are asked about together', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.integer({ min: 0, max: 6 }), async (here, there, first) => {
        market.rows = here;
        marine.rows = there;
        const { entities, errors } = await resolve(subjects, { first });
        expect(errors).toEqual([]);
        for (const [index, { keys }] of subjects.entries()) {
          const own = [market, marine]
            .flatMap((one) => one.rows.map((row) => ({ row, id: idOf(one.name, row) })))
            .filter(({ row }) => row.subject !== null && keys.includes(row.subject))
            .sort((left, right) => {
              const [a, b] = [String(left.row.values.date), String(right.row.values.date)];
              return a === b ? (left.id < right.id ? 1 : -1) : a < b ? 1 : -1;
            })
            .map(({ id }) => id);
          const { inspections } = entities[index] as unknown as SubjectEntity;
          expect(inspections.nodes.map(({ id }) => id)).toEqual(own.slice(0, first));
          expect(inspections.totalCount).toBe(own.length);
          expect(inspections.pageInfo.hasNextPage).toBe(own.length > first);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('asks a department once for all subjects of a page', async () => {
    market.rows = ['A', 'B', 'C'].map((letter, index) =>
      inspection(`${index}`, { date: '2026-01-01' }, `uscc:${letter}`),
    );
    await resolve(subjects);
    expect(feed.calls.map(({ operation }) => operation)).toEqual(['page', 'tally']);
  });

  it('continues after a cursor, which is worth nothing for another subject', async () => {
    market.rows = ['1', '2', '3'].map((key) => inspection(key, { date: '2026-01-01' }, 'uscc:A'));
    const [subject, other] = subjects;
    const { entities } = await resolve([subject ?? {}], { first: 2 });
    const after = (entities[0] as unknown as SubjectEntity).inspections.pageInfo.endCursor;
    const next = await resolve([subject ?? {}], { first: 2, after });
    expect(next.entities).toMatchObject([{ inspections: { nodes: [{ id: 'market.inspection:1' }] } }]);
    const stolen = await resolve([other ?? {}], { first: 2, after });
    expect(stolen.errors.map(({ extensions }) => extensions.code)).toEqual(['CURSOR_INVALID']);
  });
});

describe('references by id', () => {
  it('come back in the order asked, with null for what is not there', async () => {
    market.rows = [inspection('1', { date: '2026-01-01', department: 'MARKET' }, 'uscc:A')];
    marine.rows = [inspection('1', { date: '2026-02-01' })];
    const ids = ['marine.inspection:1', 'market.inspection:9', 'market.inspection:1', 'nowhere:1'];
    const { entities, errors } = await resolve(ids.map((id) => ({ __typename: 'Inspection', id })));
    expect(errors).toEqual([]);
    expect(entities).toMatchObject([
      { id: 'marine.inspection:1', interface: 'marine.inspection', date: '2026-02-01', subject: null },
      null,
      { id: 'market.inspection:1', date: '2026-01-01', department: 'MARKET', subject: { ref: 'uscc:A' } },
      null,
    ] as object[]);
    expect(feed.calls).toHaveLength(1);
  });

  it('fail with a code where the source is silent, and nowhere else', async () => {
    market.down = true;
    marine.rows = [inspection('1', { date: '2026-02-01' })];
    const ids = ['marine.inspection:1', 'market.inspection:1'];
    const { entities, errors } = await resolve(ids.map((id) => ({ __typename: 'Inspection', id })));
    expect(entities).toMatchObject([{ id: 'marine.inspection:1' }, null] as object[]);
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['_entities', 1], 'INTERFACE_MISSING'],
    ]);
  });
});

describe('case and inspection', () => {
  const penalty = (key: string, values: ArrayRow['values']): ArrayRow => ({
    key: [key],
    subject: null,
    values,
  });

  it('find each other by document number, however it is written', async () => {
    market.rows = [
      inspection('1', { number: 'J1', caseNumber: '嵊综执罚决字(2026)1号', department: 'MARKET' }),
      inspection('2', { number: 'J2', department: 'MARKET' }),
      inspection('3', { department: 'MARKET' }),
    ];
    cases.rows = [
      penalty('1', { decisionNo: '嵊综执罚决字〔2026〕第001号', department: 'MARKET' }),
      penalty('2', { inspectionNumber: 'J2', department: 'MARKET' }),
    ];
    const ids = ['1', '2', '3'].map((key) => ({ __typename: 'Inspection', id: `market.inspection:${key}` }));
    const found = await resolve(ids);
    expect(found.entities.map((entity) => entity.case)).toEqual([
      { id: 'cases.punish:1' },
      { id: 'cases.punish:2' },
      null,
    ]);
    expect(feed.calls).toHaveLength(2);
    const back = await resolve(['1', '2'].map((key) => ({ __typename: 'Case', id: `cases.punish:${key}` })));
    expect(back.entities.map((entity) => entity.inspection)).toEqual([
      { id: 'market.inspection:1' },
      { id: 'market.inspection:2' },
    ]);
  });

  it('prefer the same department, and never guess between others', async () => {
    market.rows = [inspection('1', { caseNumber: '7', department: 'MARKET' })];
    cases.rows = ['HEALTH', 'MARKET'].map((department, index) =>
      penalty(`${index}`, { caseCode: '7', department }),
    );
    const reference = { __typename: 'Inspection', id: 'market.inspection:1' };
    expect((await resolve([reference])).entities).toMatchObject([{ case: { id: 'cases.punish:1' } }]);
    cases.rows = ['HEALTH', 'MARINE'].map((department, index) =>
      penalty(`${index}`, { caseCode: '7', department }),
    );
    expect((await resolve([reference])).entities).toMatchObject([{ case: null }]);
  });

  it('fail with a code when a source that might know is silent', async () => {
    market.rows = [inspection('1', { caseNumber: '7' })];
    cases.down = true;
    const { errors } = await resolve([{ __typename: 'Inspection', id: 'market.inspection:1' }]);
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['_entities', 0, 'case'], 'INTERFACE_MISSING'],
    ]);
  });
});

describe('computed fields', () => {
  const TODAY = '2026-07-01';

  it.each([
    // Served 16 days ago: the 15 days are over.
    [{ stage: 'SERVED', fine: '100.00', paid: '99.99', servedAt: '2026-06-15' }, true],
    [{ stage: 'SERVED', fine: '100.00', servedAt: '2026-06-16' }, false],
    [{ stage: 'SERVED', fine: '100.00', paid: '100.00', servedAt: '2026-06-15' }, false],
    [{ stage: 'SERVED', fine: '100.00', servedAt: '2026-06-15', postponed: true }, false],
    [{ stage: 'CLOSED', fine: '100.00', servedAt: '2026-06-15' }, false],
    // Not dated as served: seven days after the decision.
    [{ stage: 'DECIDED', fine: '100.00', decidedAt: '2026-06-08' }, true],
    [{ stage: 'DECIDED', fine: '100.00', decidedAt: '2026-06-09' }, false],
    [{ stage: 'DECIDED', fine: '0.00', decidedAt: '2026-01-01' }, false],
  ])('unpaid of %j is %s', async (values, expected) => {
    cases.rows = [{ key: ['1'], subject: null, values }];
    const { entities } = await resolve([{ __typename: 'Case', id: 'cases.punish:1' }]);
    expect(entities).toMatchObject([{ unpaid: expected }]);
  });

  it.each([
    [{ filedAt: '2026-04-01' }, 91, -1],
    [{ filedAt: '2026-04-01', decidedAt: '2026-04-11', closedAt: '2026-06-01' }, 10, 80],
    [{ filedAt: '2026-04-01', closedAt: '2026-04-21' }, 20, 70],
    [{ decidedAt: TODAY }, null, null],
  ])('days of %j are %s and %s', async (values, elapsedDays, remainingDays) => {
    cases.rows = [{ key: ['1'], subject: null, values }];
    const { entities } = await resolve([{ __typename: 'Case', id: 'cases.punish:1' }]);
    expect(entities).toMatchObject([{ elapsedDays, remainingDays }]);
  });

  it.each([
    [{ validTo: '2026-06-30' }, true],
    [{ validTo: TODAY }, false],
    [{ validTo: null }, false],
    [{ validTo: '2026-06-30', state: 'CANCELLED' }, false],
    [{ validTo: '2026-06-30', state: 'REVOKED' }, true],
  ])('expired of %j is %s', async (values, expired) => {
    certificates.rows = [{ key: ['1'], subject: null, values }];
    const { entities } = await resolve([{ __typename: 'Licence', id: 'marine.certificate:1' }]);
    expect(entities).toMatchObject([{ expired }]);
  });
});
