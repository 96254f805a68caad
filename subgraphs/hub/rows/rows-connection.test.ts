import fc from 'fast-check';
import { atDepth } from '../../../test/deep.js';
import { type ArrayRow, idOf } from '../testing/array-condition.js';
import type { ArrayInterface } from '../testing/array-feed.js';
import { createArrayRegistry } from '../testing/array-registry.js';
import { openTestHub } from '../testing/open-test-hub.js';
import { caseOrder, caseRows, feedsOf, openCaseCounty } from '../testing/random-county.js';
import { type CasePage, idsOf, readCases, sortedIds, walkCases } from '../testing/walk-cases.js';

const nobody = createArrayRegistry([]);
const county = openCaseCounty(nobody);
const { hub, interfaces } = county;
const size = fc.integer({ min: 1, max: 9 });

describe('a walk over a merged list', () => {
  it('gives slices of the sorted whole, forwards', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, caseOrder, size, async (rows, orderBy, first) => {
        county.fill(rows);
        const pages = await walkCases(hub, orderBy, first, 'forward');
        expect(idsOf(pages)).toEqual(sortedIds(interfaces, orderBy));
        expect(pages.slice(0, -1).every(({ edges }) => edges.length === first)).toBe(true);
        expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual(
          pages.map((_page, index) => index > 0),
        );
      }),
      { numRuns: atDepth(60, 600) },
    );
  });

  it('gives the same pages backwards when the whole is read from its end', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, caseOrder, size, async (rows, orderBy, last) => {
        county.fill(rows);
        const pages = await walkCases(hub, orderBy, last, 'backward');
        expect(idsOf([...pages].reverse())).toEqual(sortedIds(interfaces, orderBy));
      }),
      { numRuns: atDepth(60, 600) },
    );
  });

  it('resumes after any edge, in both directions', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, caseOrder, fc.nat(), async (rows, orderBy, seed) => {
        county.fill(rows);
        const whole = sortedIds(interfaces, orderBy);
        const { edges } = await readCases(hub, { orderBy, first: 500 });
        if (edges.length === 0) return;
        const at = seed % edges.length;
        const cursor = edges[at]?.cursor;
        const after = await readCases(hub, { orderBy, first: 3, after: cursor });
        const before = await readCases(hub, { orderBy, last: 3, before: cursor });
        expect(idsOf([after])).toEqual(whole.slice(at + 1, at + 4));
        expect(idsOf([before])).toEqual(whole.slice(Math.max(0, at - 3), at));
        expect(before.pageInfo.hasPreviousPage).toBe(at > 3);
      }),
      { numRuns: atDepth(60, 600) },
    );
  });

  it('shows rows that live through it exactly once, whatever is written meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        caseRows,
        caseOrder,
        size,
        fc.infiniteStream(fc.nat()),
        async (rows, orderBy, first, dice) => {
          county.fill(rows);
          const survivors = new Set(sortedIds(interfaces, orderBy));
          let inserted = 0;
          const pages = await walkCases(hub, orderBy, first, 'forward', (seen) => {
            if (seen.length > 40) return;
            for (const one of interfaces) disturb(one, dice, survivors, () => `new${inserted++}`);
          });
          const shown = idsOf(pages);
          expect(new Set(shown).size).toBe(shown.length);
          expect([...survivors].filter((id) => !shown.includes(id))).toEqual([]);
          const order = sortedIds(interfaces, orderBy);
          const alive = shown.filter((id) => order.includes(id));
          expect(alive).toEqual(order.filter((id) => alive.includes(id)));
        },
      ),
      { numRuns: atDepth(60, 600) },
    );
  });
});

/** Inserts, deletes and updates a row of an interface, as the dice say. */
function disturb(
  one: ArrayInterface,
  dice: fc.Stream<number>,
  survivors: Set<string>,
  newKey: () => string,
): void {
  const roll = (): number => dice.next().value ?? 0;
  const victim = one.rows[roll() % Math.max(1, one.rows.length)];
  if (victim === undefined) return;
  switch (roll() % 4) {
    case 0: {
      const clone: ArrayRow = { ...victim, key: [newKey()] };
      one.rows = [...one.rows, clone];
      return;
    }
    case 1:
      survivors.delete(idOf(one.name, victim));
      one.rows = one.rows.filter((row) => row !== victim);
      return;
    case 2:
      one.rows = one.rows.map((row) =>
        row === victim ? { ...row, values: { ...row.values, stage: 'CLOSED', fine: '1.00' } } : row,
      );
  }
}

describe('a list whose interfaces fail', () => {
  it('shows all rows of the others and says which page lacks what', async () => {
    await fc.assert(
      fc.asyncProperty(caseRows, caseOrder, size, fc.nat(4), async (rows, orderBy, first, victim) => {
        county.fill(rows);
        const failing = interfaces[victim];
        if (failing === undefined) return;
        const pages = await walkCases(hub, orderBy, first, 'forward', () => {
          failing.down = true;
        });
        const shown = idsOf(pages);
        const own = (id: string): boolean => id.startsWith(`${failing.name}:`);
        expect(shown.filter((id) => !own(id))).toEqual(
          sortedIds(interfaces, orderBy).filter((id) => !own(id)),
        );
        for (const page of pages.slice(1)) {
          const coverage = page.coverage.find((one) => one.interface === failing.name);
          expect(coverage).toMatchObject({ state: 'MISSING', rows: 0 });
          expect(coverage?.reason).toContain('SOURCE_UNAVAILABLE');
        }
      }),
      { numRuns: atDepth(40, 400) },
    );
  });

  it('brings rows of one that was away when it began, and says that they are late', async () => {
    const row = (key: string, filedAt: string): ArrayRow => ({
      key: [key],
      subject: null,
      values: { filedAt },
    });
    const late: ArrayInterface = {
      name: 'marine.case',
      kind: 'Case',
      rows: [row('1', '2025-05-01'), row('2', '2026-05-02')],
      down: true,
    };
    const steady: ArrayInterface = {
      name: 'market.case',
      kind: 'Case',
      rows: ['1', '2', '3'].map((key) => row(key, '2026-01-01')),
    };
    const hub = openTestHub(feedsOf([late, steady]), nobody);
    const pages = await walkCases(hub, [{ filedAt: 'ASC' }], 1, 'forward', () => {
      late.down = false;
    });
    expect(idsOf(pages)).toEqual([
      'market.case:1',
      'marine.case:1',
      'market.case:2',
      'market.case:3',
      'marine.case:2',
    ]);
    expect(pages[0]?.coverage).toMatchObject([{ state: 'MISSING', late: false }, { state: 'LIVE' }]);
    expect(pages[1]?.coverage).toMatchObject([
      { interface: 'marine.case', state: 'LIVE', rows: 1, late: true, reason: null },
      { interface: 'market.case', state: 'LIVE', rows: 0, late: false },
    ]);
    expect(pages[2]?.coverage).toMatchObject([{ late: false }, { late: false }]);
  });

  it('loses no row through any outages, and shows each once by the time that a page lacks nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        caseRows,
        caseOrder,
        size,
        fc.constantFrom('forward' as const, 'backward' as const),
        fc.infiniteStream(fc.nat(2)),
        async (rows, orderBy, per, direction, dice) => {
          county.fill(rows);
          const shown: string[] = [];
          let cursor: string | null = null;
          for (let turn = 0; ; turn++) {
            // In the end the sources stay up, so that the walk can finish.
            for (const one of interfaces) one.down = turn < 30 && dice.next().value === 0;
            const window: Readonly<Record<string, unknown>> =
              direction === 'forward' ? { first: per, after: cursor } : { last: per, before: cursor };
            const page: CasePage = await readCases(hub, { orderBy, ...window });
            shown.push(...idsOf([page]));
            const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
            const isWhole = page.coverage.every(({ state }) => state === 'LIVE');
            if (isWhole && !(direction === 'forward' ? hasNextPage : hasPreviousPage)) break;
            cursor = direction === 'forward' ? endCursor : startCursor;
          }
          expect([...shown].sort()).toEqual([...sortedIds(interfaces, orderBy)].sort());
        },
      ),
      { numRuns: atDepth(150, 10_000) },
    );
  });
});
