import { checkItemsOf } from '../../../demo/world/supervision/check-items.js';
import type { StoredCounty } from '../stored-county.js';
import { byText } from './read-facet.js';
import { readList } from './read-list.js';

interface Item {
  readonly place: number;
  readonly problem: string | null;
  readonly quality: readonly string[];
}

interface Check {
  readonly number: string;
  readonly supervision: { readonly items: readonly Item[] };
}

/** A finding whose bytes were read in the wrong encoding cannot be compared. */
const DAMAGED = 'TEXT_DAMAGED:problem';
const PHONE = /，现场负责人电话1\d{2}\*{8}$/;

/** Rows below a check, in the platform's exchange table. */
export function describeCheckItems(county: () => StoredCounty): void {
  it('tells the items of every check of the platform, in their order, as the world knows them', async () => {
    const { world } = county();
    const checks = await readList<Check>(
      county(),
      'inspections',
      '{interface: ["supervision.inspection"]}',
      'number supervision { items { place code name result problem disposal quality } }',
    );
    const damaged = new Set<string>();
    const found = checks.map(({ number, supervision }) => ({
      number,
      items: supervision.items.map(({ problem, quality, ...item }) => {
        const unreadable = quality.includes(DAMAGED);
        if (unreadable) damaged.add(`${number} ${item.place}`);
        return { ...item, problem: unreadable ? null : (problem?.replace(PHONE, '') ?? null) };
      }),
    }));
    const expected = [...world.inspections]
      .filter(({ heldBy }) => heldBy === 'supervision')
      .map((inspection) => ({
        number: inspection.number,
        items: checkItemsOf(world.seed, inspection).map(
          ({ place, code, name, result, problem, disposal }) => ({
            ...{ place, code, name, result, disposal },
            problem: damaged.has(`${inspection.number} ${place}`) ? null : problem,
          }),
        ),
      }));
    expect(byText(found)).toEqual(byText(expected));
    expect(damaged.size).toBeGreaterThan(0);
  }, 60_000);
}
