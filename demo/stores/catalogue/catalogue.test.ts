import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { itemsOf, publishedListsStore } from '../../drops/published-lists.js';
import type { CatalogueItem } from '../../world/catalogue/item.js';
import { CATALOGUE } from '../../world/catalogue/make-items.js';
import { DEPARTMENTS } from '../../world/departments.js';
import { generateWorld } from '../../world/generate-world.js';
import { decodedRows } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { catalogueStore } from './catalogue.js';
import { itemsInTable } from './item-table.js';

describe.each([1, 2, 3, 4, 5])('catalogueStore() after the mappings, seed %i', (seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = catalogueStore(world);

  it('holds every item of the lists that stand in the table', () => {
    const facts = itemsInTable().map(
      ({ dutyBoundary: _boundary, township: _township, scope: _scope, ...item }) => item,
    );
    const rows = decodedRows(store, 'catalogue/item.yaml');
    const shown = rows.map((row) => rowFacts(row, facts[0] ?? {}));
    // Numbers are shown as they were written, and compared in any spelling.
    expect(shown.map((row) => ({ ...row, code: normaliseDocumentNumber(String(row.code)) }))).toEqual(facts);
    const flags = new Set(rows.flatMap(({ quality }) => quality));
    expect([...flags].filter((flag) => flag !== 'OPEN_ENDED:validTo')).toEqual([]);
  });

  it.each([
    ['COMPREHENSIVE', 'catalogue/comprehensive-item.yaml', '县综合行政执法事项目录'],
    ['TOWNSHIP', 'catalogue/township-item.yaml', '乡镇赋权事项目录'],
  ])('publishes every item of the list %s', (list, file, table) => {
    const rows = decodedRows(publishedListsStore(world), file, table);
    const facts = itemsOf(list).map(
      ({ code, name, field, township, legalBasis, edition, validFrom, validTo, ...rest }) => ({
        ...{ code, name, field, legalBasis, edition, validFrom, validTo },
        ...(list === 'TOWNSHIP' ? { township } : withoutConstants(rest)),
      }),
    );
    expect(rows.map((row) => rowFacts(row, facts[0] ?? {}))).toEqual(facts);
    const flags = new Set(rows.flatMap(({ quality }) => quality));
    expect([...flags].filter((flag) => flag !== 'NULL_WORD:dutyBoundary')).toEqual([]);
  });

  it('fits its columns', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

/** What only the county's list says, without what every row of it says. */
function withoutConstants({ scope, dutyBoundary, transferredFrom }: Partial<CatalogueItem>) {
  return { scope, dutyBoundary, transferredFrom };
}

describe('the catalogue', () => {
  const inForce = (day: string) =>
    CATALOGUE.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo));

  it('gives every penalty item to one body on every day', () => {
    for (const day of [
      '2020-06-30',
      '2021-11-30',
      '2021-12-01',
      '2022-11-01',
      '2023-12-31',
      '2024-01-01',
      '2026-06-30',
    ]) {
      const powers = inForce(day).filter(
        ({ list, powerKind }) => list === 'POWER' && powerKind === 'PENALTY',
      );
      expect(powers).toHaveLength(487);
      expect(new Set(powers.map(({ code }) => code)).size).toBe(487);
      const bureau = powers
        .filter(({ enforcedBy }) => enforcedBy === 'COMPREHENSIVE')
        .map(({ code }) => code);
      const listed = inForce(day)
        .filter(({ list }) => list === 'COMPREHENSIVE')
        .map(({ code }) => code);
      expect(listed.sort()).toEqual(bureau.sort());
    }
  });

  it('reaches a fifth of all penalty items with its second edition', () => {
    const count = (day: string): number => inForce(day).filter(({ list }) => list === 'COMPREHENSIVE').length;
    expect([count('2021-11-30'), count('2022-06-30'), count('2022-12-31'), count('2026-06-30')]).toEqual([
      0, 60, 110, 134,
    ]);
  });

  it('names whatever departments punish and inspect by', () => {
    const codes = new Set(CATALOGUE.map(({ code }) => code));
    for (const { digits, causes } of DEPARTMENTS) {
      for (const place of causes.keys())
        expect(codes).toContain(`3302${digits}${String(place + 1).padStart(3, '0')}000`);
      expect(codes).toContain(`00330922${digits}0040`);
    }
  });

  it('empowers the township for items of the county list alone', () => {
    const county = new Set(
      inForce('2026-06-30').flatMap(({ list, code }) => (list === 'COMPREHENSIVE' ? [code] : [])),
    );
    const town = inForce('2026-06-30').filter(({ list }) => list === 'TOWNSHIP');
    expect(town).toHaveLength(41);
    expect(town.filter(({ code }) => !county.has(code))).toEqual([]);
  });
});
