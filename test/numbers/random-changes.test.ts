import { atDepth } from '../deep.js';
import { type Cells, type MarineTable, type NumberedCounty, openNumberedCounty } from './numbered-county.js';

const STEPS = atDepth(40, 300);
const SEED = Number(process.env.NUMBERS_SEED ?? Date.now() % 100_000);

const QUERY = `query ($number: String) {
  inspections(where: { number: $number }, first: 50) { totalCount nodes { id number caseNumber case { id } } }
  cases(where: { or: [{ caseCode: $number }, { decisionNo: $number }] }, first: 50) {
    totalCount nodes { id caseCode decisionNo inspection { id } }
  }
  named: inspections(where: { caseNumber: $number }, first: 50) { nodes { id case { id } } }
}`;

let county: NumberedCounty;

beforeAll(async () => {
  county = await openNumberedCounty(5);
}, 120_000);

afterAll(async () => {
  await county?.close();
});

/** A generator of numbers from 0 to `below` − 1 (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Few numbers, so that rows share them; each in several spellings. */
const SPELLINGS = [
  (number: number) => `嵊渔测字〔2026〕第0${number}号`,
  (number: number) => `嵊渔测字[2026]${number}号`,
  (number: number) => ` 嵊渔测字（２０２６）${number} `,
];
const NUMBERS = 12;

it(`answers as a search of all sources, whatever changes when (seed ${SEED})`, async () => {
  const random = randomFrom(SEED);
  const spell = (): string => (SPELLINGS[random(SPELLINGS.length)] ?? String)(random(NUMBERS));
  const rows: { readonly table: MarineTable; readonly key: string }[] = [];
  const cells = (table: MarineTable): Cells =>
    table === 'yz_dljc'
      ? { jcbh: spell(), ajbh: random(3) === 0 ? null : spell() }
      : { jdswh: spell(), jcbh: random(3) === 0 ? null : spell() };
  const done: string[] = [];
  const step = async (index: number): Promise<string> => {
    const choice = random(10);
    const at = random(Math.max(1, rows.length));
    const row = rows[at];
    if (choice < 4 || row === undefined) {
      const table = random(2) === 0 ? 'yz_dljc' : 'yz_aj';
      const key = table === 'yz_dljc' ? `R${index}` : `渔案-${index}-${random(NUMBERS)}`;
      county.insert(table, {
        ...cells(table),
        ...(table === 'yz_dljc' ? { jcid: key } : { ajbh: key, bbh: 1 }),
      });
      rows.push({ table, key });
      return `insert ${key}`;
    }
    if (choice < 7) {
      county.update(row.table, row.key, cells(row.table));
      return `update ${row.key}`;
    }
    if (choice === 7) {
      county.remove(row.table, row.key);
      rows.splice(at, 1);
      return `remove ${row.key}`;
    }
    const { registry } = county.indexed().county;
    if (choice === 8 && random(6) === 0) await registry.refresh();
    else if (choice === 9 && random(12) === 0) await county.restart();
    else await registry.renew();
    return 'renew';
  };
  let found = 0;
  for (let index = 0; index < STEPS; index += 1) {
    done.push(await step(index));
    const number = spell();
    const { indexed, plain } = await county.askBoth(QUERY, { number });
    if (indexed !== plain) throw new Error(`${number} after ${done.join(', ')}:\n${indexed}\n${plain}`);
    found += indexed.split('"id"').length - 1;
  }
  // Whatever the seed: a walk that finds hardly anything compares nothing.
  expect(found).toBeGreaterThan(STEPS / 4);
}, 300_000);
