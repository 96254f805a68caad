import { generateWorld } from '../../world/generate-world.js';
import { FISHING_GEARS } from '../../world/marine/gears.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { marineStore } from './marine.js';

const TABLE = 'yc_jcgbg';
const COUNTIES = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'small' });
  const store = marineStore(world);
  return { seed, world, store, calls: decodedRows(store, 'marine/port-call.yaml') };
});

describe.each(COUNTIES)('port calls of seed $seed', ({ world, store, calls }) => {
  it('tell every report once, at the time at which it was made, with the gear that was reported', () => {
    const made = [...world.portCalls];
    expect(calls).toHaveLength(made.length);
    const byId = new Map(calls.map((row) => [textOf(row, 'bgid'), row]));
    for (const { index, vessel, port, direction, reportedAt, onBoard, gear } of made) {
      const row = byId.get(`BG${String(index).padStart(12, '0')}`);
      if (row === undefined) throw new Error(`no row of report ${index}`);
      const facts = {
        port,
        direction,
        peopleOnBoard: onBoard,
        reportedAt: `${reportedAt.replace(' ', 'T')}+08:00`,
        date: reportedAt.slice(0, 10),
        gear: gear === null ? unreadable(row) : FISHING_GEARS.get(gear),
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, { kind: 'vessel', index: vessel })).toContain(row.subject);
    }
  });

  /** What is left of a gear that nobody can read: the code of the old form is in no list. */
  function unreadable(row: DecodedRow): string | null {
    const isOldCode = textOf(row, 'zylx') === '88';
    expect(row.quality.includes('CODE_UNKNOWN:gear')).toBe(isOldCode);
    return isOldCode ? 'UNKNOWN' : null;
  }

  it('fit their columns', () => {
    const table = store.tables.filter(({ name }) => name === TABLE);
    expect(cellsTooLong({ ...store, tables: table })).toEqual([]);
  });
});

describe('defects of port calls', () => {
  const all = COUNTIES.flatMap(({ calls }) => calls);

  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D2 a code in full width', (row) => /[０-９]/.test(textOf(row, 'zylx'))],
    ['D4 a word for nothing', (row) => row.quality.includes('NULL_WORD:gear')],
    [
      'D9 a time in UTC, of the day before',
      (row) => textOf(row, 'bgsj').slice(0, 10) !== row.values.get('date'),
    ],
    [
      'D11 a blank beside a code',
      (row) => textOf(row, 'zylx') !== textOf(row, 'zylx').trim() && row.values.get('gear') !== null,
    ],
    ['D16 a word instead of a code', (row) => textOf(row, 'zylx') === '蟹笼'],
    ['D16 a code of an old form', (row) => row.quality.includes('CODE_UNKNOWN:gear')],
    ['a code without its nought', (row) => textOf(row, 'zylx') === '1'],
    ['a vessel by its name alone', (row) => row.subject?.startsWith('vesselname:') === true],
  ])('%s', (_name, claim) => {
    expect(all.filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, string, (cell: string) => boolean]>([
    ['reports sent twice', 'cfbz', (cell) => cell === '1'],
    ['D13 trial reports', 'cs_bz', (cell) => cell === '1' || cell === '测试'],
  ])('%s are never shown', (_name, column, claim) => {
    const held = COUNTIES.flatMap(({ store }) => tableRows(store, TABLE));
    expect(held.filter((row) => claim(String(row.get(column)))).length).toBeGreaterThan(0);
    expect(all.filter((row) => claim(textOf(row, column)))).toEqual([]);
  });
});
