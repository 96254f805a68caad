import fc from 'fast-check';
import { type Input, nullableFieldsOf, openAskedHub, SHOP } from '../testing/asked-hub.js';

const { ask } = openAskedHub();

const LISTS = [
  { list: 'inspections', filter: 'InspectionFilter', where: { result: ['NO_ISSUE'] } },
  { list: 'cases', filter: 'CaseFilter', where: { stage: ['FILED'] } },
  { list: 'licences', filter: 'LicenceFilter', where: { state: ['VALID'] } },
  { list: 'complaints', filter: 'ComplaintFilter', where: { kind: ['COMPLAINT'] } },
] as const;

const listQuery = (list: string, filter: string): string =>
  `query ($where: ${filter}) { ${list}(where: $where) { nodes { id } totalCount coverage { interface state } } }`;

/** Where a filter may stand: alone, beside others, and below and, or, not. */
const PLACES: readonly ((filter: Input, beside: Input) => Input)[] = [
  (filter) => filter,
  (filter, beside) => ({ ...beside, ...filter }),
  (filter, beside) => ({ and: [filter, beside] }),
  (filter, beside) => ({ or: [beside, { ...filter, department: ['MARKET'] }] }),
  (filter, beside) => ({ not: { ...filter, ...beside } }),
  (filter, beside) => ({ not: { or: [{ and: [filter, beside] }] } }),
];

describe.each(LISTS)('in $filter', ({ list, filter, where }) => {
  const query = listQuery(list, filter);
  const names = nullableFieldsOf(filter).filter((name) => !(name in where));

  it('a field that is null is like one that is not there, wherever the filter stands', async () => {
    expect(names.length).toBeGreaterThan(5);
    for (const place of PLACES) {
      const without = await ask(query, { where: place({}, where) });
      expect(without.refused).toEqual([]);
      for (const name of names) {
        const asked = await ask(query, { where: place({ [name]: null }, where) });
        expect({ name, ...asked }).toEqual({ name, ...without });
      }
    }
  });

  it('every field may be null at once', async () => {
    const nothing = Object.fromEntries(nullableFieldsOf(filter).map((name) => [name, null]));
    expect(await ask(query, { where: nothing })).toEqual(await ask(query, {}));
    expect(await ask(query, { where: null })).toEqual(await ask(query, {}));
    const { data } = await ask(query, { where: nothing });
    expect(data?.[list]).toMatchObject({ totalCount: 4 });
  });

  it.each([
    ['{}', {}, 4],
    ['and: [{}]', { and: [{}] }, 4],
    ['or: [{}]', { or: [{}] }, 4],
    ['or: [{}, …]', { or: [{}, where] }, 4],
    ['not: {}', { not: {} }, 0],
    ['not: {not: {}}', { not: { not: {} } }, 4],
    ['and: [{}, {not: {}}]', { and: [{}, { not: {} }] }, 0],
  ])('%s leaves as many rows as logic says', async (_text, filterOf, rows) => {
    const { data, refused } = await ask(query, { where: filterOf });
    expect(refused).toEqual([]);
    expect(data?.[list]).toMatchObject({ nodes: { length: rows } });
  });

  it('identifiers of subjects that are null are passed over beside others, and refused alone', async () => {
    const refs = nullableFieldsOf('SubjectRefFilter');
    const given = { id: [SHOP] };
    const without = await ask(query, { where: { subject: given } });
    expect(without.data?.[list]).toMatchObject({ nodes: { length: 2 } });
    for (const name of refs.filter((one) => one !== 'id')) {
      const asked = await ask(query, { where: { subject: { ...given, [name]: null } } });
      expect({ name, ...asked }).toEqual({ name, ...without });
    }
    const nobody = Object.fromEntries(refs.map((name) => [name, null]));
    const { refused, calls } = await ask(query, { where: { subject: nobody } });
    expect(refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument: 'where.subject' }]);
    expect(calls).toEqual([]);
  });
});

describe('a range', () => {
  it.each([
    ['cases', 'CaseFilter', 'filedAt', { from: null, to: '2026-06-01' }, { to: '2026-06-01' }],
    ['cases', 'CaseFilter', 'filedAt', { from: '2026-06-01', to: null }, { from: '2026-06-01' }],
    ['cases', 'CaseFilter', 'fine', { from: null, to: '0' }, { to: '0' }],
    ['cases', 'CaseFilter', 'fine', { from: '0', to: null }, { from: '0' }],
    ['licences', 'LicenceFilter', 'validTo', { from: null, to: '2026-06-01' }, { to: '2026-06-01' }],
  ])('of %s may have one end that is null: %s %s %j', async (list, filter, field, range, same) => {
    const query = listQuery(list, filter);
    const asked = await ask(query, { where: { [field]: range } });
    expect(asked.calls).not.toEqual([]);
    expect(asked).toEqual(await ask(query, { where: { [field]: same } }));
  });

  it('without any end is refused with its place', async () => {
    const query = listQuery('cases', 'CaseFilter');
    for (const field of ['filedAt', 'fine']) {
      const { refused } = await ask(query, { where: { or: [{ [field]: { from: null, to: null } }] } });
      expect(refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument: `where.or[0].${field}` }]);
    }
  });
});

describe('any filter of cases', () => {
  const leaf = fc.constantFrom<Input>(
    { stage: ['FILED', 'SERVED'] },
    { decided: true },
    { decided: false },
    { unpaid: true },
    { fine: { from: '1' } },
    { department: ['MARKET'] },
    { interface: ['marine.case'] },
    { filedAt: { to: '2026-06-01' } },
    { subject: { id: [SHOP] } },
    {},
  );
  const tree = fc.letrec<{ filter: Input }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
      tie('filter').map((not) => ({ not })),
    ),
  })).filter;

  /** The same filter with nulls strewn over every level of it. */
  const strewn = (filter: Input, dice: () => number): Input => ({
    ...Object.fromEntries(
      nullableFieldsOf('CaseFilter').flatMap((name) => (dice() % 4 === 0 ? [[name, null]] : [])),
    ),
    ...Object.fromEntries(
      Object.entries(filter).map(([name, value]) => [
        name,
        name === 'not'
          ? strewn(value as Input, dice)
          : name === 'and' || name === 'or'
            ? (value as readonly Input[]).map((part) => strewn(part, dice))
            : value,
      ]),
    ),
  });

  it('means the same with nulls strewn over it', async () => {
    const query = listQuery('cases', 'CaseFilter');
    await fc.assert(
      fc.asyncProperty(tree, fc.infiniteStream(fc.nat()), async (filter, stream) => {
        const dice = (): number => stream.next().value ?? 0;
        expect(await ask(query, { where: strewn(filter, dice) })).toEqual(
          await ask(query, { where: filter }),
        );
      }),
      { numRuns: 60 },
    );
  });
});
