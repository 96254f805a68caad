import fc from 'fast-check';
import { SUBJECTS } from './subject-county.js';

interface Range {
  readonly gte?: number;
  readonly lte?: number;
}

/** A clause of the schema. Of `where`, only the forms in `WHERES` are made. */
export interface ClauseInput {
  readonly where?: object;
  readonly department?: readonly string[];
  readonly type?: readonly string[];
  readonly expired?: boolean;
  readonly departments?: Range;
  readonly sameMonth?: boolean;
  readonly count?: Range;
  readonly some?: boolean;
  readonly none?: boolean;
  readonly sum?: readonly { readonly of: string; readonly gte?: string; readonly lte?: string }[];
  readonly repeatVisits?: { readonly withinDays?: number };
}

export const CLAUSES = ['inspections', 'cases', 'licences', 'complaints'] as const;
export type ClauseName = (typeof CLAUSES)[number];

/** A `SubjectFilter` of the schema. */
export type SubjectWhere = { readonly [name in ClauseName]?: ClauseInput } & {
  readonly and?: readonly SubjectWhere[];
  readonly or?: readonly SubjectWhere[];
  readonly not?: SubjectWhere;
  readonly owner?: SubjectWhere;
  readonly id?: readonly string[];
  readonly kind?: readonly string[];
  readonly state?: readonly string[];
  readonly statePresent?: boolean;
  readonly township?: readonly string[];
  readonly townshipPresent?: boolean;
  readonly industry?: readonly string[];
  readonly industryStartsWith?: string;
  readonly industryPresent?: boolean;
  readonly name?: readonly string[];
  readonly nameContains?: string;
  readonly nameStartsWith?: string;
};

const range: fc.Arbitrary<Range> = fc.constantFrom(
  { gte: 1 },
  { gte: 2 },
  { lte: 1 },
  { gte: 1, lte: 2 },
  { lte: 0 },
  { gte: 0 },
);
const counts = {
  departments: range,
  sameMonth: fc.constant(true),
  count: range,
  some: fc.boolean(),
  none: fc.boolean(),
};
const sumOf = (...of: readonly string[]) =>
  fc.array(
    fc.record(
      {
        of: fc.constantFrom(...of),
        gte: fc.constantFrom('0.01', '2', '20.00'),
        lte: fc.constantFrom('20', '1000.05'),
      },
      { requiredKeys: ['of', 'gte'] },
    ),
    { minLength: 1, maxLength: 2 },
  );
const dated = fc.constant({ date: { from: '2026-01-01' } });

type Model = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Some of the fields of a record: filters of many fields hold for nobody. */
function someOf<T>(model: Model, least: number, most: number): fc.Arbitrary<T> {
  return fc
    .subarray(Object.keys(model), { minLength: least, maxLength: most })
    .chain((keys) =>
      fc.record(Object.fromEntries(keys.map((key) => [key, model[key] ?? fc.constant(null)]))),
    ) as unknown as fc.Arbitrary<T>;
}

/** A same-month clause needs a number of departments. */
function clause(model: Model): fc.Arbitrary<ClauseInput> {
  return someOf<ClauseInput>(model, 0, 3).map((input) =>
    input.sameMonth === true && input.departments === undefined
      ? { ...input, departments: { gte: 2 } }
      : input,
  );
}

const clauses = {
  inspections: clause({
    ...counts,
    where: dated,
    repeatVisits: fc.record({ withinDays: fc.constantFrom(0, 1, 26, 3660) }, { requiredKeys: [] }),
  }),
  cases: clause({ ...counts, department: fc.constant(['MARKET']), sum: sumOf('FINE', 'PAID') }),
  licences: clause({ ...counts, type: fc.constant(['FISHING_PERMIT']), expired: fc.boolean() }),
  complaints: clause({ ...counts, where: dated, sum: sumOf('SATISFACTION') }),
};

const several = <T>(...values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const register = {
  id: fc.uniqueArray(fc.constantFrom(...SUBJECTS.flatMap(({ keys }) => keys)), {
    minLength: 1,
    maxLength: 9,
  }),
  kind: several('VESSEL', 'ORGANISATION', 'PERSON'),
  state: several('ACTIVE', 'CANCELLED'),
  statePresent: fc.boolean(),
  township: several('330922100', '330922101'),
  townshipPresent: fc.boolean(),
  industry: several('A0412', 'F5210'),
  industryStartsWith: fc.constantFrom('A', 'F52'),
  industryPresent: fc.boolean(),
  name: several('东升', '海晏', '没有'),
  nameContains: fc.constantFrom('渔业', '东'),
  nameStartsWith: fc.constantFrom('东', '海晏渔'),
};

/** Filters of every form. */
export const subjectWheres: fc.Arbitrary<SubjectWhere> = fc.letrec<{
  where: SubjectWhere;
  nested: SubjectWhere;
}>((tie) => ({
  where: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 2, arbitrary: someOf<SubjectWhere>(clauses, 1, 2) },
    { weight: 2, arbitrary: someOf<SubjectWhere>(register, 1, 2) },
    { weight: 4, arbitrary: tie('nested') },
  ),
  nested: fc
    .record({
      own: fc.oneof(fc.constant({}), someOf<SubjectWhere>({ ...clauses, ...register }, 1, 2)),
      parts: someOf<SubjectWhere>(
        {
          and: fc.array(tie('where'), { minLength: 1, maxLength: 2 }),
          or: fc.array(tie('where'), { minLength: 1, maxLength: 3 }),
          not: tie('where'),
          owner: tie('where'),
        },
        1,
        2,
      ),
    })
    .map(({ own, parts }) => ({ ...own, ...parts })),
})).where;

/** What a filter can be taken from: nothing, the register, ids, or rows. */
export const subjectBases: fc.Arbitrary<SubjectWhere> = fc.constantFrom<SubjectWhere>(
  {},
  { kind: ['VESSEL', 'ORGANISATION', 'PERSON'] },
  { id: SUBJECTS.map(({ id }) => id) },
  { inspections: { some: true } },
);
