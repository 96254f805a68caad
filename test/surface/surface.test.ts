import type { DemoSize } from '../../demo/world/world.js';
import type { RowKind } from '../../subgraphs/kinds/kinds.js';
import { atDepth } from '../deep.js';
import type { Answer } from './ask/answer.js';
import { askCombinations } from './ask/ask-combinations.js';
import { type CanonicalRow, readCanonicalRows } from './canonical-rows.js';
import { expectedAnswer } from './expected-answer.js';
import { fedKinds } from './fed-kinds.js';
import { type Combination, combinationOf } from './generate/combination.js';
import { sampleFields } from './generate/field-samples.js';
import { deriveValues } from './naive/derive-values.js';
import { openSurfaceCounties, type SurfaceCounties, type SurfaceCounty } from './open-surface-counties.js';

/** Another one each time, unless `SURFACE_SEED` fixes it. */
const SEED = Number(process.env.SURFACE_SEED ?? Date.now() % 2 ** 31);
/** Combinations of (kind, filter, group-by, order). */
const COMBINATIONS = atDepth(1000, 10_000);
/** Each is asked of so many counties, in turn. */
const COUNTIES_ASKED = atDepth(1, 3);
const SIZE = atDepth<DemoSize>('tiny', 'small');
const TIMEOUT_MS = atDepth(600_000, 4 * 3_600_000);
/** Kinds that interfaces of the demo feed: of the others there is nothing to find. */
const KINDS = fedKinds();
const PER_KIND = Math.ceil(COMBINATIONS / KINDS.length);
/** Combinations of one request. */
const TOGETHER = 24;
/** Failures that are told in full, and how much of each answer around the first difference. */
const TOLD = 3;
const TOLD_CHARACTERS = 300;
/** A kind with fewer rows has few different values. */
const FEW_ROWS = 40;
/** Of all combinations, in percent. */
const MOST_REFUSED = 2;

let surface: SurfaceCounties;
const rowsOf = new Map<RowKind, readonly CanonicalRow[]>();

beforeAll(async () => {
  surface = await openSurfaceCounties({ seed: 5, size: SIZE });
  // Read once, through the gateway, without any filter: that the values are those of the world is proven in
  // test/county and in demo/oracle; here it is filters, orders, groups and measures.
  const [first] = surface.counties.values();
  if (first === undefined) throw new RangeError('Cannot read rows: there must be a county');
  for (const kind of KINDS) rowsOf.set(kind, await readCanonicalRows(first, kind));
}, TIMEOUT_MS);

afterAll(async () => {
  await surface?.close();
});

describe.each(KINDS)(`%s, seed ${SEED}:`, (kind) => {
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

  it(
    'lists and statistics are those of a plain evaluation over all rows',
    async () => {
      const rows = rowsOf.get(kind) ?? [];
      const samples = sampleFields(kind, rows);
      const combinations = Array.from({ length: PER_KIND }, (_, index) =>
        combinationOf(SEED, samples, index),
      );
      expectWeight(
        combinations.map((combination) => expectedAnswer(rows, combination)),
        rows.length,
      );
      const compared = await Promise.all(
        [...surface.counties].map(([name, county], place) =>
          compare(
            name,
            county,
            rows,
            combinations.filter((_, index) => (index + place) % surface.counties.size < COUNTIES_ASKED),
          ),
        ),
      );
      const failures = compared.flatMap((each) => each.failures);
      expect(
        failures.length > TOLD ? [`${failures.length} in all`, ...failures.slice(0, TOLD)] : failures,
      ).toEqual([]);
      const sum = (numbers: readonly number[]): number =>
        numbers.reduce((total, number) => total + number, 0);
      const share = sum(compared.map(({ refused }) => refused)) / sum(compared.map(({ asked }) => asked));
      expect(100 * share).toBeLessThan(MOST_REFUSED);
    },
    TIMEOUT_MS,
  );
});

interface Compared {
  readonly failures: readonly string[];
  readonly asked: number;
  readonly refused: number;
}

async function compare(
  name: string,
  { ask, interfaces }: SurfaceCounty,
  rows: readonly CanonicalRow[],
  combinations: readonly Combination[],
): Promise<Compared> {
  const asked = combinations.flatMap((combination) => withinInterfaces(combination, rows, interfaces) ?? []);
  const failures: string[] = [];
  let refused = 0;
  for (let start = 0; start < asked.length; start += TOGETHER) {
    const some = asked.slice(start, start + TOGETHER);
    for (const [index, answer] of (await askCombinations(ask, some)).entries()) {
      const combination = some[index];
      if (combination === undefined) continue;
      if (answer.is === 'refused') refused += 1;
      if (isTooMuch(answer)) continue;
      failures.push(...differenceOf(name, combination, expectedAnswer(rows, combination), answer));
    }
  }
  return { failures, asked: asked.length, refused };
}

/** A combination asked of some interfaces alone; null when none of them has the kind. */
function withinInterfaces(
  combination: Combination,
  rows: readonly CanonicalRow[],
  interfaces: SurfaceCounty['interfaces'],
): Combination | null {
  if (interfaces === 'all') return combination;
  const own = new Set(rows.map((row) => row.interface).filter((name) => interfaces(name)));
  if (own.size === 0) return null;
  return { ...combination, where: { and: [combination.where ?? {}, { interface: [...own] }] } };
}

/** A documented answer: more rows than a source may be scanned for. */
function isTooMuch(answer: Answer): boolean {
  return answer.is === 'refused' && answer.code === 'SOURCE_TOO_LARGE';
}

/** Filters that find nothing, or everything, prove little; of a kind with few rows many do. */
function expectWeight(expected: readonly Answer[], rows: number): void {
  const part = rows < FEW_ROWS ? 0.5 : 1;
  const found = expected.flatMap((answer) => (answer.is === 'list' ? [answer.totalCount] : []));
  const some = found.filter((count) => count > 0 && count < rows);
  expect(some.length / found.length).toBeGreaterThan(0.3 * part);
  const several = expected.filter((answer) => answer.is === 'stats' && answer.bucketCount > 1);
  expect(several.length / expected.length).toBeGreaterThan(0.2 * part);
}

function differenceOf(
  county: string,
  combination: Combination,
  expected: Answer,
  actual: Answer,
): readonly string[] {
  const [wanted = '', got = ''] = [expected, actual].map((answer) => JSON.stringify(answer) ?? '');
  if (wanted === got) return [];
  const at = [...wanted.split('')].findIndex((unit, index) => unit !== got[index]);
  const told = (text: string): string => text.slice(Math.max(0, at - TOLD_CHARACTERS), at + TOLD_CHARACTERS);
  return [
    `${county}: ${JSON.stringify(combination)}\nexpected … ${told(wanted)} …\nbut got  … ${told(got)} …`,
  ];
}
