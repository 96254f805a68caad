import { CATALOGUE } from '../../world/catalogue/make-items.js';
import { generateWorld } from '../../world/generate-world.js';
import { checkItemsOf } from '../../world/supervision/check-items.js';
import { type DecodedRow, decodedRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts, withoutPersonalNumbers } from '../testing/expect-world.js';
import { cellsTooLong, type NamedRow, namedRows } from '../testing/surviving-rows.js';
import { supervisionStore } from './supervision.js';

const TABLE = 'dw_shl_xzjcjcx';
/** No finding at all, or nobody who could be looked at. */
const HARMLESS = new Set(['NO_ISSUE', 'NOT_APPLICABLE', 'UNREACHABLE', 'CLOSED', 'SUBJECT_GONE']);

const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const store = supervisionStore(world);
  const items = new Map<string, DecodedRow[]>();
  const rows = decodedRows(store, 'supervision/check-item.yaml');
  for (const row of rows) {
    const of = textOf(row, 'record_unique_identity');
    items.set(of, [...(items.get(of) ?? []), row]);
  }
  const checks = decodedRows(store, 'supervision/inspection.yaml');
  const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'supervision');
  return { seed, world, store, rows, items, checks, held };
});

describe.each(counties)(
  'items of the checks after the mappings, seed $seed',
  ({ world, store, items, checks, held }) => {
    const identities = new Map(
      checks.map((row) => [row.values.get('number'), textOf(row, 'record_unique_identity')]),
    );
    const itemsOf = (number: string): readonly DecodedRow[] =>
      [...(items.get(identities.get(number) ?? '') ?? [])].sort(
        (left, right) => Number(left.values.get('place')) - Number(right.values.get('place')),
      );

    it('hang at every check exactly once each, as the world knows them', () => {
      expect(held.length).toBeGreaterThan(100);
      for (const inspection of held) {
        const rows = itemsOf(inspection.number);
        const known = checkItemsOf(world.seed, inspection);
        expect(rows).toHaveLength(known.length);
        for (const [index, { problem, ...item }] of known.entries()) {
          const row = rows[index];
          if (row === undefined) throw new Error(`no item ${index} of ${inspection.number}`);
          expect(rowFacts(row, item)).toEqual(item);
          const told = row.values.get('checked') ?? null;
          const checked = item.result === 'PASS' || item.result === 'FAIL';
          expect(told).toBe(textOf(row, 'is_check') === '' ? null : checked);
          const shown = row.values.get('problem') ?? null;
          if (row.quality.includes('TEXT_DAMAGED:problem')) expect(problem).not.toBeNull();
          else if (problem === null) expect(shown).toBeNull();
          else expect(String(shown).replace(/，现场负责人电话1\d{2}\*{8}$/, '')).toBe(problem);
        }
      }
    });

    it('agree with the result, the summary and the disposals of their check', () => {
      const byNumber = new Map(checks.map((row) => [row.values.get('number'), row]));
      const words = { PASS: '合格', FAIL: '不合格', NOT_CHECKED: '未检查', NOT_APPLICABLE: '合理缺项' };
      for (const { number, results, disposals } of held) {
        const rows = itemsOf(number);
        const findings = results.filter((result) => !HARMLESS.has(result)).length;
        const problems = rows.filter((row) => (row.values.get('problem') ?? null) !== null);
        expect(problems).toHaveLength(findings);
        expect(rows.filter((row) => row.values.get('result') === 'FAIL')).toHaveLength(findings);
        for (const row of problems) expect(disposals).toContain(row.values.get('disposal'));
        const summary = rows.map((row) => {
          const result = row.values.get('result') as keyof typeof words;
          return `${String(row.values.get('name'))}:${words[result]}`;
        });
        expect(byNumber.get(number)?.values.get('itemSummary')).toEqual(summary);
        const codes = byNumber.get(number)?.values.get('implementationItems') ?? null;
        if (codes !== null) expect(codes).toEqual(rows.map((row) => row.values.get('code')));
      }
    });

    it('have codes of the implementation list in the catalogue of items', () => {
      const listed = new Set(
        CATALOGUE.filter(({ list }) => list === 'IMPLEMENTATION').map(({ code }) => code),
      );
      for (const { number } of held)
        for (const row of itemsOf(number)) expect(listed).toContain(row.values.get('code'));
    });

    it('show no telephone in a problem', () => {
      const phoned = [...items.values()].flat().filter((row) => /\d{11}/.test(textOf(row, 'problem')));
      expect(phoned.length).toBeGreaterThan(0);
      for (const row of phoned)
        expect(row.values.get('problem')).toBe(withoutPersonalNumbers(textOf(row, 'problem')));
    });

    it('fit their columns, and are the same when walked again', () => {
      expect(cellsTooLong(store)).toEqual([]);
      expect(namedRows(supervisionStore(world), TABLE)).toEqual(namedRows(store, TABLE));
    });
  },
);

describe('defects of the items', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D4 words for nothing', (row) => row.quality.includes('NULL_WORD:problem')],
    ['D10 wrong encoding', (row) => row.quality.includes('TEXT_DAMAGED:problem')],
    ['D11 a code with a blank', (row) => textOf(row, 'check_item_code') !== row.values.get('code')],
    ['D11 a name with a blank', (row) => textOf(row, 'check_item_name') !== row.values.get('name')],
    [
      'D16 a code that meant another result before',
      (row) => textOf(row, 'check_item_result') === '1' && row.values.get('result') === 'FAIL',
    ],
    [
      'D16 the same code as it is read since',
      (row) => textOf(row, 'check_item_result') === '1' && row.values.get('result') === 'PASS',
    ],
    ['D16 results in words', (row) => /^[^0-9]+$/.test(textOf(row, 'check_item_result'))],
    ['whether it was checked is not told', (row) => row.values.get('checked') === null],
    ['disposals in words', (row) => /^[^0-9]{3,}$/.test(textOf(row, 'dispose'))],
    ['D23 items of the old platform', (row) => textOf(row, 'item_record_identity').startsWith('330922JC')],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 deleted', (row) => row.get('cd_operation') === 'd'],
    ['D12 deleted, in upper case', (row) => row.get('cd_operation') === 'D'],
    ['D13 trials', (row) => row.get('problem') === '测试问题'],
    ['D13 trials of newer date', (row) => row.get('env_flag') === 'test'],
    ['D14 items before they were looked at', (row) => row.get('problem') === '待核实'],
  ])('%s never survive', (_name, claim) => {
    const shown = new Set(rows.map((row) => JSON.stringify([...row.cells])));
    const found = counties.flatMap(({ store }) => namedRows(store, TABLE)).filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => shown.has(JSON.stringify([...row])))).toEqual([]);
  });
});
