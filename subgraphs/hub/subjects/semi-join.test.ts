import fc from 'fast-check';
import type { ArrayRow } from '../testing/array-condition.js';
import { type ArrayInterface, createArrayFeed } from '../testing/array-feed.js';
import { type ArraySubject, createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';

/** Eight subjects with two refs each; the first four are vessels owned by the others. */
const SUBJECTS: readonly ArraySubject[] = Array.from({ length: 8 }, (_, index) => ({
  id: `${index < 4 ? 'vessel' : 'uscc'}:${index}`,
  keys: [`${index < 4 ? 'vessel' : 'uscc'}:${index}`, `regno:${index}`],
  kind: index < 4 ? 'VESSEL' : 'ORGANISATION',
  name: index % 3 === 0 ? null : `名${index % 2}`,
  township: index % 2 === 0 ? '330922100' : null,
  industry: null,
  state: (['ACTIVE', 'CANCELLED', null] as const)[index % 3] ?? null,
  owners: index < 4 ? [`uscc:${4 + index}`, `uscc:${4 + ((index + 1) % 4)}`] : [],
}));
const registry = createArrayRegistry(SUBJECTS);

const INTERFACES: readonly ArrayInterface[] = [
  { name: 'market.inspection', kind: 'Inspection', rows: [] },
  { name: 'marine.inspection', kind: 'Inspection', rows: [] },
  { name: 'market.case', kind: 'Case', rows: [] },
  { name: 'marine.certificate', kind: 'Licence', rows: [] },
];
const feed = createArrayFeed('all', INTERFACES);
const hub = openTestHub([feed], registry);

const ref = fc.option(
  fc.tuple(fc.nat(7), fc.boolean()).map(([index, old]) => SUBJECTS[index]?.keys[old ? 1 : 0] ?? null),
  { nil: null },
);
const date = fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-27', '2025-02-01');
const department = fc.constantFrom('MARKET', 'MARINE', 'HEALTH', 'UNKNOWN');
const rowsOf = (values: fc.Arbitrary<ArrayRow['values']>): fc.Arbitrary<readonly ArrayRow[]> =>
  fc
    .array(fc.record({ subject: ref, values }), { maxLength: 14 })
    .map((rows) => rows.map((row, index) => ({ ...row, key: [String(index)] })));

const inspections = rowsOf(fc.record({ department, date }));
const cases = rowsOf(
  fc.record({
    department,
    decidedAt: date,
    fine: fc.constantFrom('1.50', '20.00'),
    stage: fc.constant('SERVED'),
    servedAt: date,
  }),
);
const licences = rowsOf(fc.record({ department, validTo: date, type: fc.constant('FISHING_PERMIT') }));
const rows = fc.tuple(inspections, inspections, cases, licences);

const range = fc.constantFrom({ gte: 1 }, { gte: 2 }, { lte: 1 }, { gte: 1, lte: 2 });
const clauses = fc.record(
  {
    inspections: fc.record(
      {
        departments: range,
        count: range,
        sameMonth: fc.constant(true),
        where: fc.constant({ date: { from: '2026-01-01' } }),
      },
      { requiredKeys: [] },
    ),
    cases: fc.record({ department: fc.constant(['MARKET']), count: range }, { requiredKeys: [] }),
    licences: fc.record({ count: range }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
interface Range {
  readonly gte?: number;
  readonly lte?: number;
}
interface ClauseInput {
  readonly departments?: Range;
  readonly count?: Range;
  readonly sameMonth?: boolean;
  readonly department?: readonly string[];
  readonly where?: object;
}
type Where = { readonly [name in 'inspections' | 'cases' | 'licences']?: ClauseInput } & {
  readonly owner?: Where;
  readonly and?: readonly Where[];
  readonly id?: readonly string[];
  readonly state?: readonly string[];
  readonly kind?: readonly string[];
};
const register = fc.record(
  {
    id: fc.uniqueArray(fc.constantFrom(...SUBJECTS.flatMap(({ keys }) => keys)), {
      minLength: 1,
      maxLength: 9,
    }),
    state: fc.constantFrom(['ACTIVE'], ['CANCELLED', 'ACTIVE']),
    kind: fc.constantFrom(['VESSEL'], ['ORGANISATION'], ['VESSEL', 'ORGANISATION']),
  },
  { requiredKeys: [] },
);
const plain: fc.Arbitrary<Where> = fc
  .record({ own: clauses, owner: fc.option(clauses, { nil: undefined }), register })
  .map(({ own, owner, register: fields }) =>
    repaired({ ...fields, ...own, ...(owner !== undefined && { owner: repaired(owner) }) }),
  );
const where: fc.Arbitrary<Where> = fc
  .record({ own: plain, and: fc.array(plain, { maxLength: 2 }) })
  .map(({ own, and }) => ({ ...own, ...(and.length > 0 && { and }) }));

/** A same-month clause needs a number of departments. */
function repaired(input: Where): Where {
  const { inspections: clause } = input;
  if (clause?.sameMonth !== true || clause.departments !== undefined) return input;
  return { ...input, inspections: { ...clause, departments: { gte: 2 } } };
}

const KIND = { inspections: 'Inspection', cases: 'Case', licences: 'Licence' } as const;
const inRange = ({ gte = 0, lte = 99 }: Range, number: number): boolean => number >= gte && number <= lte;

function clauseHolds(keys: readonly string[], name: keyof typeof KIND, clause: ClauseInput): boolean {
  const own = INTERFACES.filter(({ kind }) => kind === KIND[name])
    .flatMap((one) => one.rows)
    .filter(({ subject, values }) => {
      if (subject === null || !keys.includes(subject)) return false;
      if (clause.department !== undefined && values.department !== 'MARKET') return false;
      return clause.where === undefined || String(values.date) >= '2026-01-01';
    });
  const departments = (list: readonly ArrayRow[]): number =>
    new Set(list.map(({ values }) => values.department).filter((one) => one !== 'UNKNOWN')).size;
  const { count, departments: wanted } = clause;
  if (count === undefined && wanted === undefined) return own.length > 0;
  if (count !== undefined && !inRange(count, own.length)) return false;
  if (wanted === undefined) return true;
  if (clause.sameMonth !== true) return inRange(wanted, departments(own));
  const months = new Set(
    own
      .filter(({ values }) => values.department !== 'UNKNOWN')
      .map(({ values }) => String(values.date).slice(0, 7)),
  );
  return [...months].some((month) =>
    inRange(wanted, departments(own.filter(({ values }) => String(values.date).startsWith(month)))),
  );
}

function holdsFor(subject: ArraySubject, input: Where): boolean {
  const names = (['inspections', 'cases', 'licences'] as const).filter((name) => input[name] !== undefined);
  const { owner, and = [], id, state, kind } = input;
  return (
    and.every((part) => holdsFor(subject, part)) &&
    (id === undefined || subject.keys.some((key) => id.includes(key))) &&
    (state === undefined || (subject.state !== null && state.includes(subject.state))) &&
    (kind === undefined || kind.includes(subject.kind)) &&
    names.every((name) => clauseHolds(subject.keys, name, input[name] ?? {})) &&
    (owner === undefined ||
      subject.owners.some((id) => SUBJECTS.some((other) => other.id === id && holdsFor(other, owner))))
  );
}

/** Whether some clause requires rows, so that the question has a bounded answer. */
function requiresRows(input: Where): boolean {
  return (
    (['inspections', 'cases', 'licences'] as const).some((name) => {
      const clause = input[name];
      return clause !== undefined && !clauseHolds([], name, clause);
    }) ||
    (input.owner !== undefined && requiresRows(input.owner)) ||
    input.id !== undefined ||
    (input.and ?? []).some(requiresRows)
  );
}

/** Whether who owns what is asked of few enough subjects. */
function ownersBounded(input: Where, isBounded = requiresRows(input)): boolean {
  return (
    (input.owner === undefined || isBounded || requiresRows(input.owner)) &&
    (input.and ?? []).every((part) => ownersBounded(part, isBounded))
  );
}

async function ask(input: Where, more = ''): Promise<readonly string[]> {
  const { data, errors } = await hub.ask(
    `query ($where: SubjectFilter) { subjects(where: $where, first: 500) { nodes { ref } ${more} } }`,
    { where: input },
  );
  expect(errors).toEqual([]);
  const found = data?.subjects as { readonly nodes: readonly { readonly ref: string }[] } | undefined;
  return (found?.nodes ?? []).map((node) => node.ref);
}

describe('subjects(where:)', () => {
  it('equals looking at every subject and all its rows, handing subjects on or not', async () => {
    await fc.assert(
      fc.asyncProperty(rows, where, async (all, input) => {
        for (const [index, one] of INTERFACES.entries()) one.rows = all[index] ?? [];
        fc.pre(requiresRows(input) && ownersBounded(input));
        const expected = SUBJECTS.filter((subject) => holdsFor(subject, input)).map(({ id }) => id);
        expect(await ask(input)).toEqual([...expected].sort((a, b) => (a < b ? -1 : 1)));
        expect(await ask(input, 'unresolved { interface rows }')).toEqual(
          [...expected].sort((a, b) => (a < b ? -1 : 1)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('starts with the smallest clause and asks the next for its subjects only', async () => {
    const many = Array.from(
      { length: 50 },
      (_, index): ArrayRow => ({
        key: [String(index)],
        subject: `uscc:${4 + (index % 4)}`,
        values: { department: 'MARKET', date: '2026-01-01' },
      }),
    );
    const one: ArrayRow = { key: ['1'], subject: 'regno:5', values: { department: 'MARKET', fine: '1.00' } };
    for (const [index, rowsNow] of [many, [], [one], []].entries()) {
      const target = INTERFACES[index];
      if (target !== undefined) target.rows = rowsNow;
    }
    feed.calls.length = 0;
    expect(await ask({ inspections: {}, cases: {} })).toEqual(['uscc:5']);
    const joined = feed.calls.map(({ request }) => request).slice(-2);
    expect(joined.map(({ kind }) => kind)).toEqual(['Case', 'Inspection']);
    expect(joined[1]?.where).toMatchObject({ all: [{ subject: ['uscc:5', 'regno:5'] }, {}] });
  });

  it('tells why each subject is in the list, and which rows nobody could be found for', async () => {
    const inspection = (key: string, department: string, date: string, subject: string | null): ArrayRow => ({
      key: [key],
      subject,
      values: { department, date },
    });
    const contents: readonly (readonly ArrayRow[])[] = [
      [inspection('1', 'MARKET', '2026-02-01', 'vessel:0'), inspection('2', 'MARKET', '2026-05-01', null)],
      [
        inspection('1', 'MARINE', '2026-02-27', 'regno:0'),
        inspection('2', 'HEALTH', '2026-03-01', 'vessel:0'),
      ],
      [{ key: ['1'], subject: 'uscc:5', values: { department: 'MARKET', fine: '1.50' } }],
      [{ key: ['1'], subject: 'vessel:0', values: { department: 'MARINE', validTo: '2026-06-30' } }],
    ];
    for (const [index, one] of INTERFACES.entries()) one.rows = contents[index] ?? [];
    const { data, errors } = await hub.ask(`{
      subjects(where: {
        kind: [VESSEL]
        inspections: { departments: { gte: 2 }, sameMonth: true }
        licences: { expired: true }
        owner: { cases: { department: [MARKET] } }
      }) {
        totalCount
        edges {
          node { ref }
          match { inspectedBy months inspectionCount penalisedBy owners { ref } }
        }
        unresolved { interface rows }
        coverage { interface state rows }
      }
    }`);
    expect(errors).toEqual([]);
    expect(data?.subjects).toEqual({
      totalCount: 1,
      edges: [
        {
          node: { ref: 'vessel:0' },
          match: {
            inspectedBy: ['MARINE', 'MARKET'],
            months: ['2026-02'],
            inspectionCount: 3,
            penalisedBy: null,
            owners: [{ ref: 'uscc:5' }],
          },
        },
      ],
      unresolved: [{ interface: 'market.inspection', rows: 1 }],
      coverage: [
        { interface: 'marine.certificate', state: 'LIVE', rows: 1 },
        { interface: 'marine.inspection', state: 'LIVE', rows: 2 },
        { interface: 'market.case', state: 'LIVE', rows: 1 },
        { interface: 'market.inspection', state: 'LIVE', rows: 2 },
      ],
    });
  });

  it('adds up fines by subject', async () => {
    for (const one of INTERFACES) one.rows = [];
    const [, , penalties] = INTERFACES;
    if (penalties !== undefined) {
      penalties.rows = ['0.10', '0.20'].map((fine, index) => ({
        key: [String(index)],
        subject: index === 0 ? 'uscc:5' : 'regno:5',
        values: { department: index === 0 ? 'MARKET' : 'MARINE', fine },
      }));
    }
    const { data } = await hub.ask(
      '{ subjects(where: {cases: {departments: {gte: 2}}}) { edges { match { penalisedBy caseCount totalFine } } } }',
    );
    expect(data?.subjects).toEqual({
      edges: [{ match: { penalisedBy: ['MARINE', 'MARKET'], caseCount: 2, totalFine: '0.30' } }],
    });
  });

  it('joins several conditions on rows of one kind, and tells of the first', async () => {
    const [market, , , certificates] = INTERFACES;
    for (const one of INTERFACES) one.rows = [];
    const licence = (key: string, subject: string, type: string): ArrayRow => ({
      key: [key],
      subject,
      values: { department: 'MARKET', type, state: 'VALID' },
    });
    if (certificates !== undefined) {
      certificates.rows = [
        licence('1', 'uscc:4', 'HOMESTAY_PERMIT'),
        licence('2', 'regno:4', 'FOOD_TRADE'),
        licence('3', 'uscc:5', 'HOMESTAY_PERMIT'),
        licence('4', 'uscc:5', 'FOOD_TRADE'),
        licence('5', 'uscc:5', 'HYGIENE_PERMIT'),
        licence('6', 'uscc:6', 'HOMESTAY_PERMIT'),
      ];
    }
    if (market !== undefined) {
      market.rows = ['HEALTH', 'MARKET'].map((department, index) => ({
        key: [String(index)],
        subject: 'uscc:4',
        values: { department, date: '2026-01-31' },
      }));
    }
    const { data, errors } = await hub.ask(`{ subjects(where: {
      inspections: { count: { gte: 2 } }
      and: [
        { licences: { type: [HOMESTAY_PERMIT], valid: true } }
        { licences: { type: [FOOD_TRADE], valid: true }, inspections: { where: { department: [HEALTH] } } }
        { licences: { type: [HYGIENE_PERMIT], valid: true, count: { lte: 0 } } }
      ]
    }) { edges { node { ref } match { inspectionCount inspectedBy } } } }`);
    expect(errors).toEqual([]);
    expect(data?.subjects).toEqual({
      edges: [{ node: { ref: 'uscc:4' }, match: { inspectionCount: 2, inspectedBy: ['HEALTH', 'MARKET'] } }],
    });
  });

  it('lets different owners satisfy several conditions, and names all of them', async () => {
    for (const one of INTERFACES) one.rows = [];
    const [, , penalties, certificates] = INTERFACES;
    const row = (subject: string): ArrayRow => ({ key: ['1'], subject, values: { department: 'MARKET' } });
    if (penalties !== undefined) penalties.rows = [row('uscc:4')];
    if (certificates !== undefined) certificates.rows = [row('regno:5')];
    const { data, errors } = await hub.ask(`{ subjects(where: {
      and: [{ owner: { cases: {} } }, { owner: { licences: {} } }]
    }) { edges { node { ref } match { owners { ref } } } } }`);
    expect(errors).toEqual([]);
    expect(data?.subjects).toEqual({
      edges: [{ node: { ref: 'vessel:0' }, match: { owners: [{ ref: 'uscc:4' }, { ref: 'uscc:5' }] } }],
    });
  });

  it('binds a cursor to what stands below `and`', async () => {
    const page = async (state: string, after: string | null) =>
      hub.ask(
        `query ($after: String) {
          subjects(where: { and: [{ state: [${state}] }] }, first: 1, after: $after) {
            nodes { ref } pageInfo { endCursor }
          }
        }`,
        { after },
      );
    const { data } = await page('ACTIVE', null);
    const first = data?.subjects as { readonly pageInfo: { readonly endCursor: string } } | undefined;
    const endCursor = first?.pageInfo.endCursor ?? '';
    expect((await page('ACTIVE', endCursor)).errors).toEqual([]);
    const { errors } = await page('CANCELLED', endCursor);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['CURSOR_INVALID']);
  });

  it('gives the same pages forwards and backwards in every order', async () => {
    for (const field of ['name', 'id']) {
      for (const direction of ['ASC', 'DESC']) {
        const orderBy = [{ [field]: direction }];
        const forward = await walk({ orderBy }, 'first', 'after', 'endCursor', 'hasNextPage');
        const backward = await walk({ orderBy }, 'last', 'before', 'startCursor', 'hasPreviousPage');
        expect(forward.flat()).toHaveLength(8);
        expect([...backward].reverse().flat()).toEqual(forward.flat());
      }
    }
  });

  async function walk(
    base: object,
    size: string,
    from: string,
    cursorName: string,
    moreName: string,
  ): Promise<readonly (readonly string[])[]> {
    const pages: string[][] = [];
    let cursor: string | null = null;
    for (;;) {
      const { data, errors } = await hub.ask(
        `query ($orderBy: [SubjectOrder!], $cursor: String) {
          subjects(orderBy: $orderBy, ${size}: 3, ${from}: $cursor) { nodes { ref } pageInfo { ${cursorName} ${moreName} } }
        }`,
        { ...base, cursor },
      );
      expect(errors).toEqual([]);
      const page = data?.subjects as {
        readonly nodes: readonly { readonly ref: string }[];
        readonly pageInfo: Readonly<Record<string, unknown>>;
      };
      pages.push(page.nodes.map((node) => node.ref));
      if (page.pageInfo[moreName] !== true) return pages;
      cursor = String(page.pageInfo[cursorName]);
    }
  }

  it('fails with a code, and nothing else, while the registry is down', async () => {
    registry.down = true;
    const { data, errors } = await hub.ask(
      '{ subjects { nodes { ref } } caseStats(by: []) { buckets { count } } }',
    );
    registry.down = false;
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['subjects'], 'SUBGRAPH_UNAVAILABLE'],
    ]);
    expect(data).toMatchObject({ subjects: null, caseStats: {} });
  });
});
