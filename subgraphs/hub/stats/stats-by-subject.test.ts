import { createArrayFeed } from '../testing/array-feed.js';
import { type ArraySubject, createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

const subject = (id: string, rest: Partial<ArraySubject>): ArraySubject => ({
  id,
  keys: [id],
  kind: 'ORGANISATION',
  name: null,
  township: null,
  industry: null,
  state: null,
  owners: [],
  ...rest,
});
const registry = createArrayRegistry([
  subject('uscc:A', { keys: ['uscc:A', 'regno:1'], township: '330922100', industry: 'H62' }),
  subject('uscc:B', { kind: 'INDIVIDUAL_BUSINESS', industry: 'H62' }),
  subject('vessel:V', { kind: 'VESSEL', township: '330922101' }),
]);

/** `A` is held under two keys; a row is about nobody, and one about somebody whom nobody registered. */
const ROWS: readonly (readonly [subject: string | null, stage: string, fine: string])[] = [
  ['uscc:A', 'FILED', '1.00'],
  ['regno:1', 'FILED', '2.00'],
  ['regno:1', 'CLOSED', '4.00'],
  ['uscc:B', 'FILED', '8.00'],
  ['vessel:V', 'FILED', '16.00'],
  ['uscc:STRANGER', 'FILED', '32.00'],
  [null, 'CLOSED', '64.00'],
];
const rows = ROWS.map(([ref, stage, fine], index) => ({
  key: [String(index)],
  subject: ref,
  values: { department: 'MARKET', stage, fine, date: '2026-06-01', kind: 'DAILY' },
}));
const feed = createArrayFeed('market', [
  { name: 'market.case', kind: 'Case', rows },
  { name: 'market.inspection', kind: 'Inspection', rows },
]);
const hub = openTestHub([feed], registry);

beforeEach(() => {
  feed.calls.length = 0;
});

async function buckets(field: string): Promise<unknown> {
  const { data, errors } = await hub.ask(`{ stats: ${field} }`);
  expect(errors).toEqual([]);
  return (data?.stats as { readonly buckets: unknown } | undefined)?.buckets;
}

/** Dimensions of what the department was asked. */
function askedBy(): unknown {
  return feed.calls.map(({ request }) => ('by' in request ? request.by : null));
}

describe('statistics by an attribute of the subject', () => {
  it('do not need the number of subjects to be asked for', async () => {
    expect(
      await buckets(
        'caseStats(by: [SUBJECT_KIND], measures: [COUNT, FINE]) { buckets { key count fine subjects } }',
      ),
    ).toEqual([
      { key: ['INDIVIDUAL_BUSINESS'], count: 1, fine: '8.00', subjects: null },
      { key: ['ORGANISATION'], count: 3, fine: '7.00', subjects: null },
      { key: ['UNKNOWN'], count: 1, fine: '32.00', subjects: null },
      { key: ['VESSEL'], count: 1, fine: '16.00', subjects: null },
      { key: [null], count: 1, fine: '64.00', subjects: null },
    ]);
    expect(await buckets('inspectionStats(by: [SUBJECT_TOWNSHIP]) { buckets { key count } }')).toEqual([
      { key: ['330922100'], count: 3 },
      { key: ['330922101'], count: 1 },
      { key: [null], count: 3 },
    ]);
    expect(askedBy()).toEqual([[{ subject: true }], [{ subject: true }]]);
  });

  it('keep the order of dimensions, whichever of them come from rows', async () => {
    const bothWays = await Promise.all([
      buckets('caseStats(by: [SUBJECT_INDUSTRY, STAGE]) { buckets { key count } }'),
      buckets('caseStats(by: [STAGE, SUBJECT_INDUSTRY]) { buckets { key count } }'),
    ]);
    expect(bothWays).toEqual([
      [
        { key: ['H62', 'CLOSED'], count: 1 },
        { key: ['H62', 'FILED'], count: 3 },
        { key: [null, 'CLOSED'], count: 1 },
        { key: [null, 'FILED'], count: 2 },
      ],
      [
        { key: ['CLOSED', 'H62'], count: 1 },
        { key: ['CLOSED', null], count: 1 },
        { key: ['FILED', 'H62'], count: 3 },
        { key: ['FILED', null], count: 2 },
      ],
    ]);
  });

  it('of several attributes tell every combination apart', async () => {
    expect(
      await buckets(
        'caseStats(by: [SUBJECT_KIND, SUBJECT_TOWNSHIP], measures: [SUBJECTS]) { buckets { key subjects } }',
      ),
    ).toEqual([
      { key: ['INDIVIDUAL_BUSINESS', null], subjects: 1 },
      { key: ['ORGANISATION', '330922100'], subjects: 1 },
      { key: ['UNKNOWN', null], subjects: 1 },
      { key: ['VESSEL', '330922101'], subjects: 1 },
      { key: [null, null], subjects: 0 },
    ]);
  });
});

describe('statistics by rows', () => {
  it('ask for no subjects unless these are counted', async () => {
    expect(await buckets('caseStats(by: [STAGE]) { buckets { key count subjects } }')).toEqual([
      { key: ['CLOSED'], count: 2, subjects: null },
      { key: ['FILED'], count: 5, subjects: null },
    ]);
    expect(
      await buckets('caseStats(by: [STAGE], measures: [SUBJECTS]) { buckets { key subjects } }'),
    ).toEqual([
      { key: ['CLOSED'], subjects: 1 },
      { key: ['FILED'], subjects: 4 },
    ]);
    expect(askedBy()).toEqual([[{ field: 'stage' }], [{ field: 'stage' }, { subject: true }]]);
  });

  it.each([
    ['[]', null],
    ['[COUNT]', []],
    ['[FINE]', ['fine']],
    ['[PAID, FINE]', ['fine', 'paid']],
    ['[SUBJECTS]', []],
  ])('ask for the amounts of %s alone', async (measures, sums) => {
    const { errors } = await hub.ask(`{ caseStats(by: [], measures: ${measures}) { buckets { count } } }`);
    if (sums === null) expect(errors).toMatchObject([{ extensions: { argument: 'measures' } }]);
    expect(
      feed.calls.map(({ request }) =>
        'measures' in request
          ? request.measures.map((one) => ('field' in one ? one.field : null)).sort()
          : null,
      ),
    ).toEqual(sums === null ? [] : [sums]);
  });

  it('give each amount its own column, whatever order they are asked in', async () => {
    const own = { ...rows[0], key: ['1'], values: { fine: '1.00', confiscated: '20.00', paid: '300.00' } };
    const amounts = openTestHub(
      [createArrayFeed('market', [{ name: 'market.case', kind: 'Case', rows: [{ subject: null, ...own }] }])],
      registry,
    );
    for (const [measures, expected] of [
      ['PAID, FINE', { fine: '1.00', confiscated: null, paid: '300.00', overdue: null }],
      ['CONFISCATED', { fine: null, confiscated: '20.00', paid: null, overdue: null }],
      ['OVERDUE, PAID', { fine: null, confiscated: null, paid: '300.00', overdue: '0.00' }],
      [
        'PAID, CONFISCATED, FINE, OVERDUE',
        { fine: '1.00', confiscated: '20.00', paid: '300.00', overdue: '0.00' },
      ],
    ] as const) {
      const { data } = await amounts.ask(
        `{ caseStats(by: [], measures: [${measures}]) { buckets { fine confiscated paid overdue } } }`,
      );
      expect({ measures, stats: data?.caseStats }).toEqual({ measures, stats: { buckets: [expected] } });
    }
  });
});
