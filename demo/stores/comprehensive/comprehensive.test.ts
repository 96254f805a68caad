import { patrolObjectsOf } from '../../world/comprehensive/patrol-objects.js';
import { generateWorld } from '../../world/generate-world.js';
import type { DemoSize, World } from '../../world/world.js';
import { inspectionNumbersByCase } from '../cases/case-links.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows } from '../testing/decoded-rows.js';
import { caseFacts, inspectionFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { comprehensiveStore, oldCaseStore } from './comprehensive.js';

/** Of 2022 and 2023 the cases of long ago lie on both sides of the day on which the states changed. */
const WORLDS: readonly { readonly seed: number; readonly size: DemoSize; readonly today?: string }[] = [
  { seed: 1, size: 'tiny', today: '2022-12-31' },
  { seed: 2, size: 'tiny', today: '2023-06-30' },
  { seed: 3, size: 'tiny', today: '2023-12-31' },
  { seed: 4, size: 'tiny' },
  { seed: 5, size: 'tiny' },
  { seed: 6, size: 'small', today: '2023-09-30' },
];
const worlds = WORLDS.map(generateWorld);

const casesOf = (world: World) => decodedRows(oldCaseStore(world), 'comprehensive/old-case.yaml', 't_ajxx');
const patrolsOf = (world: World) => decodedRows(comprehensiveStore(world), 'comprehensive/inspection.yaml');
const objectsOf = (world: World) =>
  decodedRows(comprehensiveStore(world), 'comprehensive/patrol-object.yaml');
const cases = worlds.flatMap(casesOf);
const patrols = worlds.flatMap(patrolsOf);

describe.each(worlds.map((world): [number, World] => [world.seed, world]))(
  'what the graph reads of the comprehensive bureau of seed %i',
  (_seed, world) => {
    it('is every case of long ago exactly once, under the right body', () => {
      const held = [...world.cases].filter(({ heldBy }) => heldBy === 'comprehensive');
      const numbers = inspectionNumbersByCase(world);
      const read = casesOf(world);
      const rows = new Map(read.map((row) => [row.values.get('caseCode'), row]));
      expect(held.length).toBeGreaterThan(0);
      expect(read.map(({ values }) => values.get('caseCode')).sort()).toEqual(
        held.map(({ caseCode }) => caseCode).sort(),
      );
      for (const penaltyCase of held) {
        const row = rows.get(penaltyCase.caseCode);
        if (row === undefined) throw new Error(`no row of ${penaltyCase.caseCode}`);
        const { department, index } = penaltyCase;
        const inspectionNumber = numbers.get(index) ?? null;
        const facts = { ...caseFacts(world, penaltyCase, row), department, inspectionNumber };
        expect(rowFacts(row, facts)).toEqual(facts);
      }
    });

    it('is every patrol exactly once', () => {
      const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'comprehensive');
      const read = patrolsOf(world);
      const rows = new Map(read.map((row) => [row.values.get('number'), row]));
      expect(read.map(({ values }) => values.get('number')).sort()).toEqual(
        held.map(({ number }) => number).sort(),
      );
      for (const inspection of held) {
        const row = rows.get(inspection.number);
        if (row === undefined) throw new Error(`no row of ${inspection.number}`);
        const facts = inspectionFacts(world, inspection, row);
        expect(rowFacts(row, facts)).toEqual(facts);
      }
    });

    it('is every firm on the list of patrols exactly once', () => {
      const listed = patrolObjectsOf(world);
      const read = objectsOf(world);
      expect(read).toHaveLength(listed.length);
      for (const [place, object] of listed.entries()) {
        const row = read[place] as DecodedRow;
        const { squad, section, everyDays, listedOn, removedOn, township, organisation } = object;
        const facts = { squad, section, everyDays, listedOn, removedOn, township };
        expect(rowFacts(row, facts)).toEqual(facts);
        expect(refsOfSubject(world, { kind: 'organisation', index: organisation })).toContain(row.subject);
      }
    });
  },
);

describe('the stores of the comprehensive bureau', () => {
  const text = (row: DecodedRow, column: string): string => String(row.cells.get(column) ?? '');

  it.each<[string, readonly DecodedRow[], (row: DecodedRow) => boolean]>([
    ['D8 days as they are typed', cases, (row) => /[年/.]/.test(text(row, 'jdrq'))],
    ['D11 blanks at an end', cases, (row) => text(row, 'ay') !== text(row, 'ay').trim()],
    ['D16 a state of before 2022', cases, (row) => text(row, 'larq') < '2022' && text(row, 'ajzt') === '7'],
    ['D16 a state of 2022', cases, (row) => text(row, 'larq') >= '2022' && text(row, 'ajzt') === '9'],
    ['D16 the procedure by its old name', cases, (row) => text(row, 'ajcx') === '一般程序'],
    ['D17 an amount as typed', cases, (row) => /[,元仟佰]/.test(text(row, 'cfje'))],
    ['D18 a township as text', cases, (row) => ['洋山', '洋山镇政府'].includes(text(row, 'ssxz'))],
    ['D23 a case that was moved', cases, (row) => text(row, 'ybh').includes('立')],
    ['D1 an old registration number', patrols, (row) => /^\d{15}$/.test(text(row, 'dxzjhm'))],
    ['D10 damaged text', patrols, (row) => /锟|\ufffd|ÖÜ/.test(text(row, 'xcms'))],
    ['D15 a leading empty place', patrols, (row) => text(row, 'zfzh').startsWith(',')],
    ['D15 several results', patrols, (row) => text(row, 'xcjg').includes('；')],
  ])('hold %s', (_name, rows, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  it('hold the body of the town for the bureau and the reverse, and the row says so', () => {
    const bodies = (department: string, recorded: string): number =>
      cases.filter(
        (row) =>
          row.values.get('department') === department &&
          row.values.get('recordedBody') === recorded &&
          text(row, 'zfzt') === institutionOf(recorded).name,
      ).length;
    expect(bodies('YANGSHAN_TOWN', 'COMPREHENSIVE')).toBeGreaterThan(0);
    expect(bodies('COMPREHENSIVE', 'YANGSHAN_TOWN')).toBeGreaterThan(0);
  });

  it('hold two numbers of one case, and deleted and trial rows, which nobody sees', () => {
    for (const world of worlds) {
      const rows = tableRows(oldCaseStore(world), 't_ajxx');
      const moved = rows.filter((row) => row.get('ybh') !== null);
      expect(moved.length).toBeGreaterThan(0);
      expect(rows.length).toBeGreaterThan(casesOf(world).length);
    }
    const all = worlds.flatMap((world) => tableRows(oldCaseStore(world), 't_ajxx'));
    expect(all.filter((row) => row.get('sfsc') === '1').length).toBeGreaterThan(3);
    expect(all.filter((row) => row.get('ay') === '测试案件').length).toBeGreaterThan(0);
    expect(cases.filter((row) => /误删|测试/.test(text(row, 'ay')))).toEqual([]);
  });

  it('give all rows of one case the same party and day, by which they are asked for', () => {
    for (const world of worlds) {
      const asked = new Map<unknown, string>();
      for (const row of tableRows(oldCaseStore(world), 't_ajxx')) {
        const party = `${row.get('dsrzjh')} ${row.get('larq')}`;
        expect(asked.get(row.get('tyajbh')) ?? party).toBe(party);
        asked.set(row.get('tyajbh'), party);
      }
    }
  });

  it('fit their columns', () => {
    for (const world of worlds) {
      expect(cellsTooLong(oldCaseStore(world))).toEqual([]);
      expect(cellsTooLong(comprehensiveStore(world))).toEqual([]);
    }
  });
});
