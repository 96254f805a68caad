import { type Input, nullableFieldsOf, OWNER, openAskedHub, SHOP } from '../testing/asked-hub.js';

const { ask } = openAskedHub();

const QUERY = `query ($where: SubjectFilter) {
  subjects(where: $where) {
    edges { node { ref } match { inspectionCount caseCount penalisedBy totalFine owners { ref } } }
    totalCount
  }
}`;
/** Clauses of rows, by their input type. */
const CLAUSES = [
  { name: 'inspections', input: 'SubjectInspectionClause' },
  { name: 'cases', input: 'SubjectCaseClause' },
  { name: 'licences', input: 'SubjectLicenceClause' },
] as const;

async function found(where: Input | null): Promise<unknown> {
  const { data, refused } = await ask(QUERY, { where });
  expect(refused).toEqual([]);
  const subjects = data?.subjects as {
    readonly edges: readonly { readonly node: { readonly ref: string } }[];
  };
  return subjects.edges.map(({ node }) => node.ref);
}

describe('in SubjectFilter', () => {
  it('a field that is null is like one that is not there, at every level', async () => {
    const places: readonly ((filter: Input) => Input)[] = [
      (filter) => ({ cases: { count: { gte: 2 } }, ...filter }),
      (filter) => ({ and: [{ cases: { count: { gte: 2 } } }, filter] }),
      (filter) => ({ owner: { kind: ['PERSON'], ...filter } }),
      (filter) => ({ owner: { and: [{ kind: ['PERSON'] }, filter] } }),
    ];
    for (const place of places) {
      const without = await ask(QUERY, { where: place({}) });
      expect(without.data?.subjects).toMatchObject({ totalCount: 1, edges: [{ node: { ref: SHOP } }] });
      for (const name of nullableFieldsOf('SubjectFilter')) {
        // A name that the place itself gives must keep its value.
        if (name in place({}) || (name === 'kind' && 'owner' in place({}))) continue;
        const asked = await ask(QUERY, { where: place({ [name]: null }) });
        expect({ name, ...asked }).toEqual({ name, ...without });
      }
    }
  });

  it('every field may be null at once', async () => {
    const nothing = Object.fromEntries(nullableFieldsOf('SubjectFilter').map((name) => [name, null]));
    for (const where of [null, {}, nothing, { and: [{}, nothing] }]) {
      expect(await found(where)).toEqual([OWNER, SHOP]);
    }
  });

  it('an owner of whom nothing is asked is refused, also when that is said by nulls', async () => {
    const nothing = Object.fromEntries(nullableFieldsOf('SubjectFilter').map((name) => [name, null]));
    for (const owner of [{}, nothing]) {
      const { refused, calls } = await ask(QUERY, { where: { owner } });
      expect(refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument: 'where.owner' }]);
      expect(calls).toEqual([]);
    }
  });

  it.each(CLAUSES)('a field of $name that is null is like one that is not there', async ({ name, input }) => {
    for (const clause of [{}, { count: { gte: 2, lte: 2 } }, { where: { department: ['MARKET'] } }]) {
      const without = await ask(QUERY, { where: { [name]: clause } });
      expect(without.data?.subjects).toMatchObject({ edges: [{ node: { ref: SHOP } }] });
      for (const field of nullableFieldsOf(input)) {
        if (field in clause) continue;
        const asked = await ask(QUERY, { where: { [name]: { ...clause, [field]: null } } });
        expect({ field, ...asked }).toEqual({ field, ...without });
      }
    }
  });

  it('a range of numbers may have one end that is null, and must have one that is not', async () => {
    const count = (range: Input): Input => ({ cases: { count: range } });
    expect(await found(count({ gte: 2, lte: null }))).toEqual([SHOP]);
    expect(await found(count({ gte: 3, lte: null }))).toEqual([]);
    expect(await found(count({ gte: 1, lte: 2 }))).toEqual([SHOP]);
    expect(await found(count({ gte: 1, lte: 1 }))).toEqual([]);
    expect(await found({ id: [SHOP, OWNER], ...count({ gte: null, lte: 1 }) })).toEqual([OWNER]);
    const { refused } = await ask(QUERY, { where: count({ gte: null, lte: null }) });
    expect(refused).toMatchObject([{ code: 'BAD_USER_INPUT', argument: 'where.cases.count' }]);
  });
});
