import { ROW_KINDS, type RowKind } from '../../subgraphs/kinds/kinds.js';
import type { Answer } from './ask/answer.js';
import { askCombinations } from './ask/ask-combinations.js';
import { type CanonicalRow, readCanonicalRows } from './canonical-rows.js';
import { expectedAnswer } from './expected-answer.js';
import { type Combination, combinationOf } from './generate/combination.js';
import { sampleFields } from './generate/field-samples.js';
import { deriveValues } from './naive/derive-values.js';
import { openSurfaceCounties, type SurfaceCounties } from './open-surface-counties.js';

/** Another one each time, unless `SURFACE_SEED` fixes it. */
const SEED = Number(process.env.SURFACE_SEED ?? Date.now() % 2 ** 31);
/** Combinations of (kind, filter, group-by, order); each is asked of every county. */
const COMBINATIONS = Number(process.env.SURFACE_COMBINATIONS ?? 1000);
const PER_KIND = Math.ceil(COMBINATIONS / ROW_KINDS.length);
/** Combinations of one request. */
const TOGETHER = 12;
/** Failures that are told in full, and how much of each answer. */
const TOLD = 3;
const TOLD_CHARACTERS = 1500;
/** Of all combinations, in percent. */
const MOST_REFUSED = 2;

let surface: SurfaceCounties;
const rowsOf = new Map<RowKind, readonly CanonicalRow[]>();

beforeAll(async () => {
  surface = await openSurfaceCounties({
    seed: 5,
    size: process.env.SURFACE_SIZE === 'small' ? 'small' : 'tiny',
  });
  // Read once, through the gateway, without any filter: that the values are those of the world is proven in
  // test/county and in demo/oracle; here it is filters, orders, groups and measures.
  const [first] = surface.counties.values();
  if (first === undefined) throw new RangeError('Cannot read rows: there must be a county');
  for (const kind of ROW_KINDS) rowsOf.set(kind, await readCanonicalRows(first, kind));
}, 600_000);

afterAll(async () => {
  await surface?.close();
});

describe.each(ROW_KINDS)(`%s, seed ${SEED}:`, (kind) => {
  it('every row is the same from every database', async () => {
    for (const county of surface.counties.values()) {
      expect(await readCanonicalRows(county, kind)).toEqual(rowsOf.get(kind));
    }
  }, 120_000);

  it('derived values are what the law says', () => {
    for (const { id, values } of rowsOf.get(kind) ?? []) {
      const derived = deriveValues(kind, values, surface.world.today);
      const shown = new Map([...derived.keys()].map((name) => [name, values.get(name)]));
      expect({ id, derived: shown }).toEqual({ id, derived });
    }
  });

  it('lists and statistics are those of a plain evaluation over all rows', async () => {
    const rows = rowsOf.get(kind) ?? [];
    const samples = sampleFields(kind, rows);
    const combinations = Array.from({ length: PER_KIND }, (_, index) => combinationOf(SEED, samples, index));
    const expected = combinations.map((combination) => expectedAnswer(rows, combination));
    expectWeight(expected, rows.length);
    const failures: string[] = [];
    let refused = 0;
    await Promise.all(
      [...surface.counties].map(async ([name, { ask }]) => {
        for (let start = 0; start < combinations.length; start += TOGETHER) {
          const some = combinations.slice(start, start + TOGETHER);
          for (const [index, answer] of (await askCombinations(ask, kind, some)).entries()) {
            if (answer.is === 'refused') refused += 1;
            if (isTooMuch(answer)) continue;
            failures.push(...differenceOf(name, some[index], expected[start + index], answer));
          }
        }
      }),
    );
    expect(
      failures.length > TOLD ? [`${failures.length} in all`, ...failures.slice(0, TOLD)] : failures,
    ).toEqual([]);
    expect((100 * refused) / (combinations.length * surface.counties.size)).toBeLessThan(MOST_REFUSED);
  }, 600_000);
});

/** A documented answer: more rows than a source may be scanned for. */
function isTooMuch(answer: Answer): boolean {
  return answer.is === 'refused' && answer.code === 'SOURCE_TOO_LARGE';
}

/** Filters that find nothing, or everything, prove little. */
function expectWeight(expected: readonly Answer[], rows: number): void {
  const found = expected.flatMap((answer) => (answer.is === 'list' ? [answer.totalCount] : []));
  const some = found.filter((count) => count > 0 && count < rows);
  expect(some.length / found.length).toBeGreaterThan(0.5);
  const several = expected.filter((answer) => answer.is === 'stats' && answer.bucketCount > 1);
  expect(several.length / expected.length).toBeGreaterThan(0.25);
}

function differenceOf(
  county: string,
  combination: Combination | undefined,
  expected: Answer | undefined,
  actual: Answer,
): readonly string[] {
  const [wanted, got] = [expected, actual].map((answer) => JSON.stringify(answer) ?? '');
  if (wanted === got) return [];
  return [
    [
      `${county}: ${JSON.stringify(combination)}`,
      `expected ${wanted?.slice(0, TOLD_CHARACTERS)}`,
      `but got  ${got?.slice(0, TOLD_CHARACTERS)}`,
    ].join('\n'),
  ];
}
