import { uncertifiedCrews } from '../../demo/oracle/uncertified-crews.js';
import { type GuardedCounty, openGuardedCounty } from '../access/open-guarded-county.js';
import { PERSON_KEY } from '../county/open-test-county.js';

const PURPOSE = '许可-00225-001';
const NAMED = { headers: { 'x-purpose': encodeURIComponent(PURPOSE) } };

let guarded: GuardedCounty;
beforeAll(async () => {
  guarded = await openGuardedCounty(5);
}, 120_000);
afterAll(() => guarded?.close());

interface Answer {
  readonly data: { readonly subjects: { readonly totalCount: number } | null } | null;
  readonly errors?: readonly {
    readonly extensions: {
      readonly code: string;
      readonly coordinate?: string;
      readonly interface?: string;
    };
  }[];
}

async function ask(token: string, where: string, more = {}): Promise<Answer> {
  const query = `query ($where: SubjectFilter) { subjects(where: $where) { totalCount } }`;
  const literal = `{ subjects(where: ${where}) { totalCount } }`;
  const { text } = await guarded.ask(token, literal, more);
  // The same by a variable is answered the same.
  const byVariable = await guarded.ask(token, query, { ...more, variables: { where: plain(where) } });
  const [first, second] = [text, byVariable.text].map((one) => JSON.parse(one) as Answer);
  const codesIn = ({ errors = [] }: Answer) => errors.map(({ extensions }) => extensions.code);
  if (first === undefined || second === undefined) throw new Error('no answer');
  expect(codesIn(second)).toEqual(codesIn(first));
  return first;
}

/** `{a: {b: "x"}}` as a value. */
const plain = (literal: string): unknown => JSON.parse(literal.replace(/(?<=[{ ])(\w+):/g, '"$1":'));

const refusal = ({ errors = [] }: Answer) =>
  errors.map(({ extensions: { code, coordinate } }) => [code, coordinate]);

describe('who may not read a field of a facet', () => {
  const MMSI = '{marine: {vessel: {where: {mmsiStartsWith: "4"}}}}';
  const FIX = '{id: ["vessel:3309222008060012"], marine: {latestPosition: {where: {speedKnPresent: true}}}}';

  it('may not filter by it either, nor by what is shown to him masked', async () => {
    const engineer = await guarded.token({ role: 'department-engineer', departments: ['marine'] });
    expect(refusal(await ask(engineer, MMSI))).toEqual([
      ['FORBIDDEN', 'SubjectMarineVesselFilter.mmsiStartsWith'],
    ]);
    expect(
      refusal(await ask(engineer, '{not: {marine: {vessel: {where: {or: [{mmsiPresent: true}]}}}}}')),
    ).toEqual([['FORBIDDEN', 'SubjectMarineVesselFilter.mmsiPresent']]);
  });

  it('may filter by it once he may read it', async () => {
    const analyst = await guarded.token({ role: 'analyst', purposes: [PURPOSE] });
    expect(refusal(await ask(analyst, MMSI))).toEqual([]);
    expect(refusal(await ask(analyst, FIX))).toEqual([
      ['FORBIDDEN', 'SubjectMarineLatestPositionFilter.speedKnPresent'],
    ]);
    expect(refusal(await ask(analyst, FIX, NAMED))).toEqual([]);
  });
});

describe('who sees the rows of some townships alone', () => {
  const LONG = '{marine: {vessel: {where: {lengthM: {from: "12"}}}}}';
  const UNCERTIFIED = '{marine: {crew: {where: {certified: false}}}}';

  it('is told of the vessels of those, and that an interface without townships took no part', async () => {
    const { world } = guarded.county;
    const [first] = uncertifiedCrews(world, { personKey: PERSON_KEY, lengthM: 12 });
    const vessel = world.vessels.find(({ name }) => name === first?.name);
    const townships = [vessel?.township ?? ''];
    const token = await guarded.token({ role: 'township-analyst', townships, purposes: [PURPOSE] });
    const analyst = await guarded.token({ role: 'analyst', purposes: [PURPOSE] });
    const own = await ask(token, LONG);
    const expected = world.vessels.filter(
      (one) => Number(one.lengthM) >= 12 && townships.includes(one.township),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(own.data?.subjects?.totalCount).toBe(expected.length);
    const everywhere = await ask(analyst, LONG);
    expect(everywhere.data?.subjects?.totalCount).toBeGreaterThan(expected.length);
    const crews = await ask(token, UNCERTIFIED);
    expect(crews.data?.subjects?.totalCount).toBe(0);
    expect(crews.errors?.map(({ extensions }) => [extensions.code, extensions.interface])).toEqual([
      ['INTERFACE_MISSING', 'marine.crew-certificate'],
    ]);
  });
});

describe('what a condition on a facet costs', () => {
  it('is a call to its source, and another where one row of several is shown', async () => {
    const analyst = await guarded.token({ role: 'analyst', purposes: [PURPOSE] });
    const costOf = async (where: string): Promise<number> => {
      const { headers } = await guarded.ask(analyst, `{ subjects(where: ${where}) { totalCount } }`);
      return Number(/"?x-cost"?\W+(\d+)/.exec(headers)?.[1]);
    };
    const none = await costOf('{kind: [VESSEL]}');
    // The clause itself, and the objects around and within it.
    expect((await costOf('{kind: [VESSEL], marine: {crew: {where: {certified: false}}}}')) - none).toBe(12);
    expect((await costOf('{kind: [VESSEL], marine: {vessel: {where: {lengthMPresent: true}}}}')) - none).toBe(
      22,
    );
  });
});
