import fc from 'fast-check';
import { overdue } from '../../kinds/case/payment.js';
import type { ArrayRow } from '../testing/array-condition.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { caseRows, openCaseCounty } from '../testing/random-county.js';
import { PRESENT } from '../testing/test-present.js';

/** `regno:1` and `uscc:A` are the same subject. */
const registry = createArrayRegistry([
  {
    id: 'uscc:A',
    keys: ['uscc:A', 'regno:1'],
    kind: 'ORGANISATION',
    name: '甲',
    township: '330922100',
    industry: 'H62',
    state: null,
    owners: [],
  },
  {
    id: 'uscc:B',
    keys: ['uscc:B'],
    kind: 'INDIVIDUAL_BUSINESS',
    name: null,
    township: null,
    industry: 'H62',
    state: null,
    owners: [],
  },
]);
const county = openCaseCounty(registry);
const CANONICAL_ID: Readonly<Record<string, string>> = { 'regno:1': 'uscc:A' };

beforeEach(() => {
  registry.down = false;
});

interface Bucket {
  readonly key: readonly (string | null)[];
  readonly count: number;
  readonly subjects: number;
  readonly fine: string;
  readonly overdue: string;
}

async function readStats(by: readonly string[]): Promise<readonly Bucket[]> {
  const { data, errors } = await county.hub.ask(
    `query ($by: [CaseDimension!]!) {
      caseStats(by: $by, measures: [COUNT, SUBJECTS, FINE, OVERDUE]) {
        buckets { key count subjects fine overdue paid }
        coverage { interface state rows }
      }
    }`,
    { by },
  );
  expect(errors).toEqual([]);
  const stats = data?.caseStats as { readonly buckets: readonly Bucket[] };
  return stats.buckets;
}

const READ: Readonly<Record<string, (row: ArrayRow, name: string) => unknown>> = {
  DEPARTMENT: (row) => row.values.department,
  INTERFACE: (_row, name) => name,
  YEAR: (row) => String(row.values.decidedAt ?? '').slice(0, 4) || null,
  QUARTER: (row) => {
    const date = row.values.decidedAt;
    return typeof date === 'string'
      ? `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
      : null;
  },
  STAGE: (row) => row.values.stage,
  SUBJECT_KIND: ({ subject }) =>
    subject === null
      ? null
      : subject === 'uscc:B'
        ? 'INDIVIDUAL_BUSINESS'
        : subject === 'vessel:V'
          ? 'UNKNOWN'
          : 'ORGANISATION',
};

const cents = (text: unknown): bigint => BigInt(String(text ?? '0.00').replace('.', ''));
const yuan = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;

function bruteForce(by: readonly string[]): readonly Bucket[] {
  const all = county.interfaces.flatMap(({ name, rows }) => rows.map((row) => ({ row, name })));
  const groups = new Map<string, { readonly row: ArrayRow }[]>();
  for (const { row, name } of all) {
    const text = JSON.stringify(by.map((dimension) => READ[dimension]?.(row, name) ?? null));
    groups.set(text, [...(groups.get(text) ?? []), { row }]);
  }
  return [...groups].map(([text, members]) => ({
    key: JSON.parse(text),
    count: members.length,
    subjects: new Set(
      members.flatMap(({ row }) => (row.subject === null ? [] : (CANONICAL_ID[row.subject] ?? row.subject))),
    ).size,
    fine: yuan(members.reduce((sum, { row }) => sum + cents(row.values.fine), 0n)),
    overdue: yuan(
      members.reduce(
        (sum, { row }) => sum + cents(String(overdue.value(new Map(Object.entries(row.values)), PRESENT))),
        0n,
      ),
    ),
    paid: null,
  }));
}

describe('caseStats', () => {
  it('equals counting and adding up all rows one by one', async () => {
    const by = fc.uniqueArray(fc.constantFrom(...Object.keys(READ)), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(caseRows, by, async (rows, dimensions) => {
        county.fill(rows);
        const buckets = await readStats(dimensions);
        expect(new Set(buckets.map(({ key }) => JSON.stringify(key))).size).toBe(buckets.length);
        const sorted = (list: readonly Bucket[]): readonly string[] =>
          list.map((one) => JSON.stringify(one)).sort();
        expect(sorted(buckets.map(({ key, ...rest }) => ({ key, ...rest })))).toEqual(
          sorted(bruteForce(dimensions)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('orders buckets by key, null last, and adds beyond 64 bits of cents exactly', async () => {
    const row = (key: string, stage: string | null, fine: string): ArrayRow => ({
      key: [key],
      subject: null,
      values: { department: 'MARKET', stage, fine },
    });
    county.fill([
      [row('1', 'FILED', '90071992547409931234.01'), row('2', null, '0.10')],
      [row('1', 'CLOSED', '0.02'), row('2', 'FILED', '90071992547409931234.02')],
    ]);
    expect((await readStats(['STAGE'])).map(({ key, fine }) => [...key, fine])).toEqual([
      ['CLOSED', '0.02'],
      ['FILED', '180143985094819862468.03'],
      [null, '0.10'],
    ]);
  });

  it('has one bucket of everything without dimensions, even of nothing', async () => {
    county.fill([]);
    expect(await readStats([])).toMatchObject([{ key: [], count: 0, subjects: 0, fine: '0.00' }]);
  });

  it('leaves out an interface that fails, and says so', async () => {
    const row: ArrayRow = { key: ['1'], subject: 'uscc:A', values: { department: 'MARKET' } };
    county.fill([[row], [row]]);
    const [failing] = county.interfaces;
    if (failing !== undefined) failing.down = true;
    const { data } = await county.hub.ask(
      '{ caseStats(by: [DEPARTMENT]) { buckets { count fine } coverage { interface state rows } } }',
    );
    expect(data?.caseStats).toMatchObject({
      buckets: [{ count: 1, fine: null }],
      coverage: expect.arrayContaining([
        { interface: 'market.case', state: 'MISSING', rows: 0 },
        { interface: 'marine.case', state: 'LIVE', rows: 1 },
      ]),
    });
  });

  it('tells subjects apart by their refs while the registry is down, and says so', async () => {
    county.fill([
      [
        { key: ['1'], subject: 'uscc:A', values: { department: 'MARKET' } },
        { key: ['2'], subject: 'regno:1', values: { department: 'MARKET' } },
      ],
    ]);
    registry.down = true;
    const { data, errors } = await county.hub.ask(
      '{ caseStats(by: [SUBJECT_KIND], measures: [SUBJECTS]) { buckets { key count subjects } coverage { interface state } } }',
    );
    expect(errors).toEqual([]);
    expect(data?.caseStats).toMatchObject({
      buckets: [{ key: [null], count: 2, subjects: 2 }],
      coverage: expect.arrayContaining([{ interface: 'registry', state: 'MISSING' }]),
    });
  });
});
