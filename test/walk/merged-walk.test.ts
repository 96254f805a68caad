import fc from 'fast-check';
import { testContext } from '../../subgraphs/engine/testing/small-department.js';
import { atDepth } from '../deep.js';
import { openThreeSources, type StoredRow, type ThreeSources } from './three-sources.js';

/** Runs of the property under concurrent writes, and of the one over data at rest. */
const RUNS_UNDER_WRITES = atDepth(50, 2000);
const RUNS_AT_REST = atDepth(20, 750);

const DAYS = ['2026-01-01', '2026-01-02', '2026-02-28', '2026-03-01', null] as const;

interface Node {
  readonly id: string;
  readonly interface: string;
  readonly date: string | null;
}

interface Page {
  readonly nodes: readonly Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly coverage: readonly { readonly interface: string; readonly state: string }[];
}

type Direction = 'ASC' | 'DESC';

const QUERY = `query Walk($direction: SortDirection!, $first: Int, $after: String, $last: Int, $before: String) {
  inspections(orderBy: [{ date: $direction }], first: $first, after: $after, last: $last, before: $before) {
    nodes { id interface date }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    coverage { interface state }
  }
}`;

let sources: ThreeSources;

beforeAll(async () => {
  sources = await openThreeSources();
}, 300_000);

afterAll(async () => {
  await sources?.close();
});

async function readPage(variables: Readonly<Record<string, unknown>>): Promise<Page> {
  const { data, errors } = await sources.hub.execute({ query: QUERY, variables }, testContext());
  if (errors !== undefined) throw new Error(errors.map((error) => error.message).join('; '));
  return (data as unknown as { readonly inspections: Page }).inspections;
}

const dayArb = fc.constantFrom(...DAYS);
const placeArb = fc.record({
  source: fc.constantFrom(0 as const, 1 as const, 2 as const),
  key: fc.integer({ min: 0, max: 11 }),
});
const rowsArb = fc.uniqueArray(
  fc.record({
    source: fc.constantFrom(0 as const, 1 as const, 2 as const),
    key: fc.integer({ min: 0, max: 11 }),
    day: dayArb,
  }),
  {
    maxLength: 16,
    selector: ({ source, key }) => `${source}/${key}`,
  },
);
const writeArb = fc.record({
  kind: fc.constantFrom('insert', 'remove', 'touch', 'move'),
  place: placeArb,
  day: dayArb,
});
const directionArb = fc.constantFrom<Direction>('ASC', 'DESC');
const sizeArb = fc.integer({ min: 1, max: 5 });

async function fill(rows: readonly StoredRow[]): Promise<void> {
  await Promise.all(
    sources.stores.map((store, index) => store.replaceAll(rows.filter(({ source }) => source === index))),
  );
}

const idOf = ({ source, key }: Pick<StoredRow, 'source' | 'key'>): string => sources.stores[source].idOf(key);

/** The order that the hub promises: date with nulls last, then interface and key in the date's direction. */
function compareRows(direction: Direction, left: StoredRow, right: StoredRow): number {
  const sign = direction === 'ASC' ? 1 : -1;
  if (left.day !== right.day) {
    if (left.day === null) return 1;
    if (right.day === null) return -1;
    return left.day < right.day ? -sign : sign;
  }
  if (left.source !== right.source) return (left.source - right.source) * sign;
  return sources.stores[left.source].compareKeys(left.key, right.key) * sign;
}

async function walkForwards(
  direction: Direction,
  size: number,
  betweenPages: () => Promise<void>,
): Promise<readonly Node[]> {
  const seen: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Page = await readPage({ direction, first: size, after });
    expect(page.coverage.map(({ state }) => state)).toEqual(['LIVE', 'LIVE', 'LIVE']);
    seen.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return seen;
    expect(page.nodes).toHaveLength(size);
    after = page.pageInfo.endCursor;
    await betweenPages();
  }
}

async function walkBackwards(direction: Direction, size: number): Promise<readonly Node[]> {
  const seen: Node[] = [];
  let before: string | null = null;
  for (;;) {
    const page: Page = await readPage({ direction, last: size, before });
    seen.unshift(...page.nodes);
    if (!page.pageInfo.hasPreviousPage) return seen;
    before = page.pageInfo.startCursor;
  }
}

describe('a walk over merged pages of SQLite, PostgreSQL and MariaDB', () => {
  it('gives the sorted whole in pages of any size, and backwards the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsArb,
        directionArb,
        sizeArb,
        sizeArb,
        async (rows, direction, forwards, backwards) => {
          await fill(rows);
          const expected = [...rows].sort((left, right) => compareRows(direction, left, right)).map(idOf);
          const walked = await walkForwards(direction, forwards, async () => undefined);
          expect(walked.map(({ id }) => id)).toEqual(expected);
          expect((await walkBackwards(direction, backwards)).map(({ id }) => id)).toEqual(expected);
        },
      ),
      { numRuns: RUNS_AT_REST },
    );
  }, 900_000);

  it('meets every row that stays put exactly once, in order, whatever is written meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsArb,
        fc.array(writeArb, { maxLength: 12 }),
        directionArb,
        sizeArb,
        async (rows, writes, direction, size) => {
          await fill(rows);
          const present = new Map(rows.map((row) => [idOf(row), row]));
          const steady = new Set(present.keys());
          const restless = new Set<string>();
          const pending = [...writes];
          const writeOne = async (): Promise<void> => {
            const write = pending.shift();
            if (write === undefined) return;
            const { place, day } = write;
            const store = sources.stores[place.source];
            const id = idOf(place);
            if (write.kind === 'insert' && !present.has(id)) {
              if (restless.has(id)) return;
              await store.insert({ ...place, day });
              present.set(id, { ...place, day });
            }
            if (write.kind === 'remove' && present.has(id)) {
              await store.remove(place.key);
              present.delete(id);
              steady.delete(id);
              restless.add(id);
            }
            if (write.kind === 'touch') await store.touch(place.key);
            if (write.kind === 'move' && present.has(id)) {
              await store.move(place.key, day);
              present.set(id, { ...place, day });
              steady.delete(id);
              restless.add(id);
            }
          };
          const seen = await walkForwards(direction, size, async () => {
            await writeOne();
            await writeOne();
          });
          const ids = seen.map(({ id }) => id);
          for (const id of steady) expect(ids.filter((other) => other === id)).toEqual([id]);
          const calm = ids.filter((id) => !restless.has(id));
          expect(new Set(calm).size).toBe(calm.length);
          const places = seen.map((node) => placeOf(node));
          for (const [index, place] of places.entries()) {
            const next = places[index + 1];
            if (next !== undefined) expect(compareRows(direction, place, next)).toBeLessThan(0);
          }
        },
      ),
      { numRuns: RUNS_UNDER_WRITES },
    );
  }, 900_000);

  it('refuses a cursor that was altered, or that belongs to another order', async () => {
    await fill([1, 2, 3, 4].map((key) => ({ source: 0 as const, key, day: '2026-01-01' })));
    const { pageInfo } = await readPage({ direction: 'ASC', first: 2 });
    const cursor = pageInfo.endCursor ?? '';
    const refused = async (after: string, direction: Direction): Promise<unknown> => {
      const { errors } = await sources.hub.execute(
        { query: QUERY, variables: { direction, first: 2, after } },
        testContext(),
      );
      return errors?.[0]?.extensions.code;
    };
    for (let index = 0; index < cursor.length; index++) {
      const other = cursor[index] === 'A' ? 'B' : 'A';
      expect(await refused(cursor.slice(0, index) + other + cursor.slice(index + 1), 'ASC')).toBe(
        'CURSOR_INVALID',
      );
    }
    expect(await refused(cursor, 'DESC')).toBe('CURSOR_INVALID');
    expect(await refused('', 'ASC')).toBe('CURSOR_INVALID');
    expect(await refused(cursor, 'ASC')).toBeUndefined();
  });
});

/** The stored row that a node shows. */
function placeOf({ id, interface: name, date }: Node): StoredRow {
  const source = sources.stores.findIndex((store) => store.name === name);
  if (source !== 0 && source !== 1 && source !== 2) throw new Error(`no store ${name}`);
  return { source, key: Number(/(\d+)$/.exec(id)?.[1]), day: date };
}
