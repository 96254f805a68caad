import fc from 'fast-check';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { atDepth } from '../../../test/deep.js';
import type { ArrayRow } from '../testing/array-condition.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { type ArraySubject, createArrayRegistry } from '../testing/array-registry.js';
import { type Answer, openTestHub, testContext } from '../testing/open-test-hub.js';

/** Six subjects with two refs each. */
const SUBJECTS: readonly ArraySubject[] = Array.from({ length: 6 }, (_, index) => ({
  id: `uscc:${index}`,
  keys: [`uscc:${index}`, `regno:${index}`],
  kind: 'ORGANISATION',
  name: null,
  township: null,
  industry: null,
  state: null,
  owners: index < 3 ? [`uscc:${index + 3}`] : [],
}));

const words = '';
/** All rows of a subject are shown. */
const reports: ArrayInterface = {
  name: 'publicity.annual-report',
  kind: null,
  fields: ['year', 'state'],
  rows: [],
  facet: {
    path: 'publicProfile.annualReports',
    list: true,
    shared: false,
    order: [{ field: 'year', direction: 'desc' }],
    fields: [
      { name: 'year', type: 'Integer', words, level: 'L1' },
      { name: 'state', type: 'Code', enum: 'ReportedState', words, level: 'L1' },
    ],
  },
};
/** The newest is shown. */
const vessels: ArrayInterface = {
  name: 'marine.vessel',
  kind: 'Subject',
  fields: ['homePort', 'updatedAt', 'mmsi'],
  rows: [],
  facet: {
    path: 'marine.vessel',
    list: false,
    shared: false,
    order: [{ field: 'updatedAt', direction: 'desc' }],
    fields: [
      { name: 'homePort', type: 'Text', words, level: 'L1' },
      { name: 'mmsi', type: 'Text', words, level: 'L3' },
    ],
  },
};
const positions: ArrayInterface = {
  name: 'marine.latest-position',
  kind: null,
  lookupOnly: true,
  fields: ['reportedName'],
  rows: [{ key: ['1'], subject: 'uscc:1', values: { reportedName: '甲' } }],
  facet: {
    path: 'marine.latestPosition',
    list: false,
    shared: false,
    order: [],
    fields: [{ name: 'reportedName', type: 'Text', words, level: 'L1' }],
  },
};
/** Its file cannot be read: nothing is known but where its rows would be. */
const broken: ArrayInterface = {
  name: 'marine.crew-certificate',
  kind: null,
  down: true,
  rows: [],
  facet: { path: 'marine.crew', list: true, shared: false, order: [], fields: [] },
};

const INTERFACES = [reports, vessels, positions, broken];
const feed = createArrayFeed('all', INTERFACES);
const hub = openTestHub([feed], createArrayRegistry(SUBJECTS));

beforeEach(() => {
  for (const one of [reports, vessels]) {
    one.rows = [];
    one.down = false;
  }
});

function subjects(where: string, more = ''): Promise<Answer> {
  return hub.ask(`{ subjects(where: ${where}) { nodes { ref } totalCount ${more} } }`);
}

const idsOf = ({ data }: Answer): readonly string[] | undefined =>
  (data as { subjects: { nodes: readonly { ref: string }[] } } | null)?.subjects?.nodes.map(({ ref }) => ref);

const codesOf = ({ errors }: Answer): readonly unknown[] => errors.map(({ extensions }) => extensions.code);

const ref = fc.option(
  fc.tuple(fc.nat(5), fc.boolean()).map(([index, old]) => SUBJECTS[index]?.keys[old ? 1 : 0] ?? null),
  { nil: null },
);
const rowsOf = (values: fc.Arbitrary<ArrayRow['values']>): fc.Arbitrary<readonly ArrayRow[]> =>
  fc
    .array(fc.record({ subject: ref, values }), { maxLength: 12 })
    .map((rows) => rows.map((row, index) => ({ ...row, key: [String(index)] })));

const STATES = ['OPEN', 'SUSPENDED', 'LIQUIDATING'] as const;
const reportRows = rowsOf(
  fc.record({ year: fc.constantFrom('2024', '2025'), state: fc.constantFrom(...STATES) }),
);
const vesselRows = rowsOf(
  fc.record({
    homePort: fc.constantFrom('嵊泗', '枸杞', null),
    updatedAt: fc.constantFrom('2026-01-01', '2026-02-01', null),
  }),
);

/** Rows of a subject, those first that are shown first. */
function ownRows({ rows }: ArrayInterface, { keys }: ArraySubject): readonly ArrayRow[] {
  const byNewest = (left: ArrayRow, right: ArrayRow): number => {
    const [a, b] = [left, right].map(({ values }) => values.updatedAt ?? null);
    if (a === b) return Number(right.key[0]) - Number(left.key[0]);
    if (a === null || b === null) return a === null ? 1 : -1;
    return String(a) < String(b) ? 1 : -1;
  };
  return rows.filter(({ subject }) => subject !== null && keys.includes(subject)).sort(byNewest);
}

const seed = Number(process.env.FACETS_SEED ?? Date.now() % 1_000_000);

describe('conditions on facets of subjects', () => {
  it(`hold for those whose shown rows satisfy them (FACETS_SEED=${seed})`, async () => {
    let replaced = 0;
    await fc.assert(
      fc.asyncProperty(
        reportRows,
        vesselRows,
        fc.constantFrom(...STATES),
        fc.constantFrom('some: true', 'none: true', 'count: {gte: 2}', ''),
        fc.constantFrom('homePort: ["嵊泗"]', 'homePortPresent: false'),
        async (newReports, newVessels, state, test, port) => {
          reports.rows = newReports;
          vessels.rows = newVessels;
          const hasReports = (one: ArraySubject): boolean => {
            const { length } = ownRows(reports, one).filter(({ values }) => values.state === state);
            if (test === 'none: true') return length === 0;
            return length >= (test === 'count: {gte: 2}' ? 2 : 1);
          };
          const isOfPort = ({ values }: ArrayRow): boolean =>
            port === 'homePortPresent: false' ? values.homePort === null : values.homePort === '嵊泗';
          const hasVessel = (one: ArraySubject): boolean => {
            const [shown, ...others] = ownRows(vessels, one);
            if (shown !== undefined && !isOfPort(shown) && others.some(isOfPort)) replaced += 1;
            return shown !== undefined && isOfPort(shown);
          };
          const listed = `publicProfile: {annualReports: {where: {state: [${state}]}, ${test}}}`;
          const single = `marine: {vessel: {where: {${port}}}}`;
          const expectIds = async (where: string, holds: (one: ArraySubject) => boolean): Promise<void> => {
            const answer = await subjects(where);
            const ids = SUBJECTS.filter(holds).map(({ id }) => id);
            expect({ where, ids: idsOf(answer), codes: codesOf(answer) }).toEqual({ where, ids, codes: [] });
          };
          await expectIds(`{kind: [ORGANISATION], ${listed}}`, hasReports);
          await expectIds(`{${single}}`, hasVessel);
          await expectIds(`{${listed}, ${single}}`, (one) => hasReports(one) && hasVessel(one));
          await expectIds(
            `{kind: [ORGANISATION], or: [{kind: [ORGANISATION], ${listed}}, {${single}}]}`,
            (one) => hasReports(one) || hasVessel(one),
          );
          await expectIds(`{kind: [ORGANISATION], not: {${single}}}`, (one) => !hasVessel(one));
          await expectIds(`{owner: {${single}}}`, ({ owners }) =>
            SUBJECTS.some((one) => owners.includes(one.id) && hasVessel(one)),
          );
        },
      ),
      { numRuns: atDepth(40, 1000), seed },
    );
    expect(replaced).toBeGreaterThan(0);
  });

  it('count subjects in statistics as well', async () => {
    reports.rows = [row('1', 'uscc:1', { state: 'OPEN' }), row('2', 'regno:4', { state: 'OPEN' })];
    const { data, errors } = await hub.ask(
      '{ subjectStats(where: {publicProfile: {annualReports: {where: {state: [OPEN]}}}}, by: [KIND]) { buckets { key count } } }',
    );
    expect(errors).toEqual([]);
    expect(data).toEqual({ subjectStats: { buckets: [{ key: ['ORGANISATION'], count: 2 }] } });
  });

  it('name the interface in coverage, with the rows that counted', async () => {
    reports.rows = [row('1', 'uscc:1', { state: 'OPEN' }), row('2', 'uscc:1', { state: 'SUSPENDED' })];
    const { data } = await subjects(
      '{publicProfile: {annualReports: {where: {state: [OPEN]}}}}',
      'coverage { interface state rows }',
    );
    expect(data).toMatchObject({
      subjects: { coverage: [{ interface: 'publicity.annual-report', state: 'LIVE', rows: 1 }] },
    });
  });

  it.each([
    ['publicProfile: {annualReports: {where: {state: [OPEN]}}}', 'publicity.annual-report'],
    ['publicProfile: {annualReports: {where: {state: [OPEN]}, none: true}}', 'publicity.annual-report'],
    ['marine: {vessel: {where: {homePort: ["嵊泗"]}}}', 'marine.vessel'],
    ['not: {marine: {vessel: {where: {homePort: ["嵊泗"]}}}}', 'marine.vessel'],
    ['marine: {crew: {where: {certificateNo: ["1"]}}}', 'marine.crew-certificate'],
  ])('{%s} names nobody while the interface is away, and says so', async (where, name) => {
    reports.rows = [row('1', 'uscc:1', { state: 'OPEN' })];
    vessels.rows = [row('1', 'uscc:1', { homePort: '嵊泗' })];
    reports.down = true;
    vessels.down = true;
    const answer = await subjects(`{kind: [ORGANISATION], ${where}}`);
    expect(idsOf(answer)).toEqual([]);
    expect(answer.errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'INTERFACE_MISSING', interface: name },
    ]);
  });

  it('fail where nobody is known to fill the facet', async () => {
    const answer = await subjects('{culture: {scenicSpots: {where: {spotName: ["岛"]}}}}');
    expect(answer.data).toEqual({ subjects: null });
    expect(codesOf(answer)).toEqual(['INTERFACE_MISSING']);
    expect(answer.errors[0]?.message).toContain('where.culture.scenicSpots');
  });

  it('are told to lack a county that never said what it has, and one whose interface is broken', async () => {
    const unread = { path: 'publicProfile.annualReports', list: true, shared: false, order: [], fields: [] };
    const away: readonly ArrayInterface[] = [
      { name: 'putuo/subject', kind: 'Subject', down: true, rows: [] },
      { name: 'daishan/publicity.annual-report', kind: null, down: true, rows: [], facet: unread },
    ];
    const others = createArrayFeed('counties', away);
    const [standIn, broken] = others.interfaces();
    if (standIn === undefined || broken === undefined) throw new Error('no interfaces');
    const infos = [{ ...standIn, standsFor: 'putuo/' }, broken];
    const counties = openTestHub(
      [feed, { ...others, interfaces: () => infos }],
      createArrayRegistry(SUBJECTS),
    );
    reports.rows = [row('1', 'uscc:1', { state: 'OPEN' })];
    const missing = async (where: string): Promise<unknown> => {
      const { data, errors } = await counties.ask(`{ subjects(where: ${where}) { nodes { ref } } }`);
      return [data?.subjects, errors.map(({ extensions }) => extensions.interface)];
    };
    const clause = (more: string): string =>
      `{kind: [ORGANISATION], publicProfile: {annualReports: {where: {state: [OPEN]}${more}}}}`;
    const names = ['daishan/publicity.annual-report', 'putuo/subject'];
    // Who has such a row has it, whatever others have.
    expect(await missing(clause(''))).toEqual([{ nodes: [{ ref: 'uscc:1' }] }, names]);
    expect(await missing(clause(', none: true'))).toEqual([{ nodes: [] }, names]);
  });

  it('refuse a source that cannot list, unless the query names subjects', async () => {
    const clause = 'marine: {latestPosition: {where: {reportedName: ["甲"]}}}';
    reports.rows = [row('1', 'uscc:1', { state: 'OPEN' })];
    for (const where of [`{${clause}}`, `{${clause}, publicProfile: {annualReports: {some: true}}}`]) {
      const answer = await subjects(where);
      expect(answer.errors.map(({ extensions }) => extensions)).toMatchObject([
        { code: 'BAD_USER_INPUT', argument: 'where.marine.latestPosition' },
      ]);
    }
    expect(idsOf(await subjects(`{id: ["uscc:1", "uscc:2"], ${clause}}`))).toEqual(['uscc:1']);
  });

  it('by what tells of persons are refused to callers who must not see small counts', async () => {
    vessels.rows = [row('1', 'uscc:1', { mmsi: '412000001', homePort: '嵊泗' })];
    const ask = (where: string): Promise<Answer> =>
      hub.ask(
        `{ subjects(where: ${where}) { totalCount } }`,
        {},
        {
          ...testContext(),
          caller: { ...ANONYMOUS, smallCells: 5 },
        },
      );
    expect(codesOf(await ask('{marine: {vessel: {where: {not: {mmsi: ["1"]}}}}}'))).toEqual(['FORBIDDEN']);
    expect(codesOf(await ask('{marine: {vessel: {where: {homePort: ["嵊泗"]}}}}'))).toEqual([]);
  });

  it.each([
    [
      '{publicProfile: {annualReports: {where: {state: []}}}}',
      'where.publicProfile.annualReports.where.state',
    ],
    ['{publicProfile: {annualReports: {where: {or: []}}}}', 'where.publicProfile.annualReports.where.or'],
    [
      '{publicProfile: {annualReports: {count: {gte: 3, lte: 2}}}}',
      'where.publicProfile.annualReports.count',
    ],
    ['{marine: {vessel: {none: true}}}', 'where'],
  ])('%s is refused with its place: %s', async (where, argument) => {
    const answer = await subjects(where);
    expect(answer.errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'BAD_USER_INPUT', argument },
    ]);
  });
});

function row(key: string, subject: string, values: ArrayRow['values']): ArrayRow {
  return { key: [key], subject, values };
}
