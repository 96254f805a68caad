import fc from 'fast-check';
import { fieldNamesOf } from '../../kinds/kinds.js';
import type { ArrayRow } from '../testing/array-condition.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const tickets: ArrayInterface = { name: 'hotline.ticket', kind: 'Complaint', rows: [] };
const market: ArrayInterface = { name: 'market.inspection', kind: 'Inspection', rows: [] };
const health: ArrayInterface = { name: 'health.check', kind: 'Inspection', rows: [] };
const punished: ArrayInterface = { name: 'cases.case', kind: 'Case', rows: [] };
const ALL = [tickets, market, health, punished];
const feed = createArrayFeed('all', ALL);
const hub = openTestHub([feed], createArrayRegistry([]));

beforeEach(() => {
  for (const one of ALL) {
    one.rows = [];
    one.down = false;
  }
  feed.calls.length = 0;
});

const rowsOf = (list: readonly ArrayRow['values'][], subject: string | null = null): readonly ArrayRow[] =>
  list.map((values, index) => ({ key: [String(index)], subject, values }));

interface Bucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  readonly toInspection: number | null;
  readonly toInspectionRate: number | null;
  readonly toCase: number | null;
  readonly toCaseRate: number | null;
}
interface Stats {
  readonly buckets: readonly Bucket[];
  readonly coverage: readonly { readonly interface: string; readonly state: string }[];
}

async function readStats(
  args: string,
  fields = 'count toInspection toInspectionRate toCase toCaseRate',
): Promise<Stats> {
  const { data, errors } = await hub.ask(
    `{ complaintStats(${args}) { buckets { key ${fields} } coverage { interface state } } }`,
  );
  expect(errors).toEqual([]);
  return data?.complaintStats as Stats;
}

describe('complaints', () => {
  it('are merged, filtered and give every field that they hold', async () => {
    const values = {
      department: 'MARKET',
      number: 'ZJ330922202507010001',
      kind: 'COMPLAINT',
      source: 'HOTLINE_12345',
      category: 'CATERING',
      createdAt: '2025-07-01T09:00:00+08:00',
      date: '2025-07-01',
      acceptedAt: null,
      deadline: '2025-07-08T09:00:00+08:00',
      repliedAt: null,
      closedAt: null,
      state: 'PROCESSING',
      satisfaction: 4,
      township: '330922100',
      place: '菜园镇沙河路',
      content: '饭店后厨脏',
      targetName: '海晏饭店',
    };
    const later = { ...values, date: '2025-07-02', category: 'FISHERY' };
    tickets.rows = rowsOf([values, later], 'uscc:A');
    const names = fieldNamesOf('Complaint').filter((name) => name in values);
    const { data, errors } = await hub.ask(
      `{ complaints(where: { category: [CATERING], state: [PROCESSING], number: "ZJ330922202507010001" }) {
        totalCount nodes { id ${names.join(' ')} subject { ref } inspection { id } }
      } newest: complaints(first: 1) { nodes { date } } }`,
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({
      complaints: {
        totalCount: 1,
        nodes: [{ id: 'hotline.ticket:0', ...values, subject: { ref: 'uscc:A' }, inspection: null }],
      },
      newest: { nodes: [{ date: '2025-07-02' }] },
    });
  });

  it('lead to the inspection and the case whose numbers they give', async () => {
    tickets.rows = rowsOf([
      { department: 'MARKET', date: '2025-07-01', inspectionNumber: '嵊检（2025）第7号' },
      { department: 'MARKET', date: '2025-06-01', caseNumber: '嵊综执罚决字〔2025〕第001号' },
    ]);
    market.rows = rowsOf([{ department: 'MARKET', date: '2025-07-05', number: '嵊检〔2025〕7号' }]);
    health.rows = rowsOf([{ department: 'HEALTH', date: '2025-07-05', number: '嵊检〔2025〕7号' }]);
    punished.rows = rowsOf([{ department: 'MARKET', decisionNo: '嵊综执罚决字[2025]1号' }]);
    const { data, errors } = await hub.ask('{ complaints { nodes { inspection { id } case { id } } } }');
    expect(errors).toEqual([]);
    expect(data?.complaints).toEqual({
      nodes: [
        { inspection: { id: 'market.inspection:0' }, case: null },
        { inspection: null, case: { id: 'cases.case:0' } },
      ],
    });
  });

  it('are listed per subject', async () => {
    tickets.rows = rowsOf([{ department: 'MARKET', date: '2025-07-01' }], 'regno:A');
    const { data, errors } = await hub.ask(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) {
        ... on Subject { complaints { totalCount nodes { id } } }
        ... on Complaint { id date }
      } }`,
      {
        refs: [
          { __typename: 'Subject', id: 'uscc:A', keys: ['uscc:A', 'regno:A'] },
          { __typename: 'Complaint', id: 'hotline.ticket:0' },
        ],
      },
    );
    expect(errors).toEqual([]);
    expect(data?._entities).toEqual([
      { complaints: { totalCount: 1, nodes: [{ id: 'hotline.ticket:0' }] } },
      { id: 'hotline.ticket:0', date: '2025-07-01' },
    ]);
  });
});

describe('complaintStats', () => {
  const day = fc.constantFrom('2025-06-28', '2025-07-01', '2025-07-08', '2025-07-11', '2025-07-12');
  const number = fc.option(fc.constantFrom('检〔2025〕1号', '检[2025]01号', '检〔2025〕2号'), { nil: null });
  const department = fc.constantFrom('MARKET', 'HEALTH');
  const township = fc.option(fc.constantFrom('330922100', '330922200'), { nil: null });
  const complaints = fc.array(
    fc.record({ department, date: day, township, inspectionNumber: number, caseNumber: number }),
    { maxLength: 12 },
  );
  const inspections = fc.array(fc.record({ department: fc.constant('MARKET'), date: day, number }), {
    maxLength: 4,
  });
  const cases = fc.array(
    fc.record({
      department: fc.constant('MARKET'),
      filedAt: fc.option(day, { nil: null }),
      caseCode: number,
      decisionNo: number,
    }),
    { maxLength: 4 },
  );
  /** The numbers above by what they mean. */
  const same = (left: unknown, right: unknown): boolean =>
    typeof left === 'string' && typeof right === 'string' && left.at(-2) === right.at(-2);

  it('counts each complaint once, however many rows bear its number, and no row that was before it', async () => {
    await fc.assert(
      fc.asyncProperty(
        complaints,
        inspections,
        cases,
        fc.integer({ min: 0, max: 12 }),
        async (asked, inspected, filed, withinDays) => {
          tickets.rows = rowsOf(asked);
          market.rows = rowsOf(inspected);
          punished.rows = rowsOf(filed);
          const leadsToInspection = ({ date, inspectionNumber }: (typeof asked)[number]): boolean =>
            inspected.some((one) => {
              const days = (Date.parse(one.date) - Date.parse(date)) / 86_400_000;
              return same(one.number, inspectionNumber) && days >= 0 && days <= withinDays;
            });
          const leadsToCase = ({ date, caseNumber }: (typeof asked)[number]): boolean =>
            filed.some(
              (one) =>
                (same(one.caseCode, caseNumber) || same(one.decisionNo, caseNumber)) &&
                (one.filedAt === null || one.filedAt >= date),
            );
          const keys = ['330922100', '330922200', null].filter((key) =>
            asked.some((one) => one.township === key),
          );
          const { buckets } = await readStats(
            `by: [TOWNSHIP], measures: [TO_INSPECTION, TO_CASE], inspectedWithinDays: ${withinDays}`,
          );
          expect(buckets).toEqual(
            keys.map((key) => {
              const own = asked.filter((one) => one.township === key);
              const toInspection = own.filter(leadsToInspection).length;
              const toCase = own.filter(leadsToCase).length;
              return {
                key: [key],
                count: own.length,
                toInspection,
                toInspectionRate: toInspection / own.length,
                toCase,
                toCaseRate: toCase / own.length,
              };
            }),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes the inspection of the department that has the complaint, and none where several others share a number', async () => {
    const asked = { date: '2025-07-01', inspectionNumber: '检1' };
    tickets.rows = rowsOf([
      { ...asked, department: 'MARKET' },
      { ...asked, department: 'FIRE_RESCUE' },
      { ...asked, department: 'HEALTH' },
    ]);
    market.rows = rowsOf([{ department: 'MARKET', date: '2025-06-01', number: '检1' }]);
    health.rows = rowsOf([{ department: 'HEALTH', date: '2025-07-02', number: '检1' }]);
    const { buckets } = await readStats('by: [DEPARTMENT], measures: [TO_INSPECTION]', 'toInspection');
    // Only one inspection of that number came in time.
    expect(buckets.map(({ toInspection }) => toInspection)).toEqual([1, 1, 1]);
    market.rows = rowsOf([{ department: 'MARKET', date: '2025-07-30', number: '检1' }]);
    const wide = await readStats(
      'by: [DEPARTMENT], measures: [TO_INSPECTION], inspectedWithinDays: 30',
      'toInspection',
    );
    expect(wide.buckets).toEqual([
      { key: ['FIRE_RESCUE'], toInspection: 0 },
      { key: ['HEALTH'], toInspection: 1 },
      { key: ['MARKET'], toInspection: 1 },
    ]);
  });

  it('asks for nothing else when only complaints are to be counted', async () => {
    tickets.rows = rowsOf([{ date: '2025-07-01', inspectionNumber: '1', caseNumber: '1' }]);
    const { buckets, coverage } = await readStats('by: []');
    expect(buckets).toEqual([
      { key: [], count: 1, toInspection: null, toInspectionRate: null, toCase: null, toCaseRate: null },
    ]);
    expect(feed.calls.map(({ request }) => request.kind)).toEqual(['Complaint']);
    expect(coverage).toEqual([{ interface: 'hotline.ticket', state: 'LIVE' }]);
  });

  it('gives one bucket of nothing in total, and rates of nothing as null', async () => {
    const { buckets } = await readStats('by: [], measures: [TO_INSPECTION, TO_CASE]');
    expect(buckets).toEqual([
      { key: [], count: 0, toInspection: 0, toInspectionRate: null, toCase: 0, toCaseRate: null },
    ]);
  });

  it('says which interface is missing from what followed', async () => {
    tickets.rows = rowsOf([{ department: 'MARKET', date: '2025-07-01', inspectionNumber: '检1' }]);
    market.down = true;
    const { buckets, coverage } = await readStats('by: [], measures: [TO_INSPECTION]', 'count toInspection');
    expect(buckets).toEqual([{ key: [], count: 1, toInspection: null }]);
    expect(coverage).toEqual([
      { interface: 'health.check', state: 'LIVE' },
      { interface: 'hotline.ticket', state: 'LIVE' },
      { interface: 'market.inspection', state: 'MISSING' },
    ]);
  });

  it.each([-1, 3661])('refuses a window of %i days', async (days) => {
    const { errors } = await hub.ask(
      `{ complaintStats(by: [], inspectedWithinDays: ${days}) { buckets { count } } }`,
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'inspectedWithinDays' });
  });
});
