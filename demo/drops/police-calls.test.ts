import { type DecodedRow, decodedRows, textOf } from '../stores/testing/decoded-rows.js';
import { eventFacts, rowFacts } from '../stores/testing/expect-world.js';
import { namedRows } from '../stores/testing/surviving-rows.js';
import { generateWorld } from '../world/generate-world.js';
import { policeCallStore } from './police-calls.js';

const FILE = 'grassroots/police-call.yaml';
const TABLE = '110社会联动';
const counties = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = policeCallStore(world);
  const rows = decodedRows(store, FILE, TABLE);
  return { seed, world, rows, messages: namedRows(store, TABLE) };
});

describe.each(counties)('policeCallStore() after the mapping, seed $seed', ({ world, rows, messages }) => {
  const calls = [...world.events].filter(({ heldBy }) => heldBy === 'police');

  it('holds every call exactly once, as its newest message tells it', () => {
    const known = new Map(rows.map((row): [string, DecodedRow] => [textOf(row, 'jjdbh'), row]));
    expect(rows).toHaveLength(calls.length);
    for (const call of calls) {
      const row = known.get(call.number);
      if (row === undefined) throw new Error(`no row of ${call.number}`);
      const { source: _constant, place, ...facts } = eventFacts(call);
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(String(row.values.get('place')).replace('（近㟙头村）', '')).toBe(place);
    }
  });

  it('comes in messages of which some are doubled, late or taken back', () => {
    const ids = messages.map((row) => String(row.get('msgId')));
    expect(new Set(ids).size).toBeLessThan(ids.length);
    const sent = messages.map((row) => `${row.get('jjdbh')} ${row.get('sendTime')}`);
    const isLate = sent.some((text, place) =>
      sent.slice(0, place).some((before) => before.startsWith(text.slice(0, 27)) && before > text),
    );
    expect(isLate).toBe(true);
    const numbers = new Set(messages.map((row) => row.get('jjdbh')));
    expect(numbers.size).toBeGreaterThan(calls.length);
  });
});

describe('defects of the police line', () => {
  const rows = counties.flatMap((county) => county.rows);
  it.each<[string, (row: DecodedRow) => boolean]>([
    ['D4 a word for no outcome', (row) => row.quality.includes('NULL_WORD:outcome')],
    ['D10 an islet', (row) => textOf(row, 'sfdz').includes('㟙')],
    ['D16 another word for a category', (row) => ['劳资纠纷', '群众求助'].includes(textOf(row, 'bjlb'))],
    ['D18 township in words', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
  ])('%s', (_name, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });
});
