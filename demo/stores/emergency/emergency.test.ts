import { compileRowCheck } from '../../../subgraphs/engine/read/row/row-checks.js';
import { type Accident, accidentsOf } from '../../world/emergency/accidents.js';
import { type Hazard, hazardsOf } from '../../world/emergency/hazards.js';
import { generateWorld } from '../../world/generate-world.js';
import type { World } from '../../world/world.js';
import {
  type DecodedRow,
  decodedRows,
  mappingOf,
  refsOfSubject,
  tableRows,
} from '../testing/decoded-rows.js';
import { inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { isNameless } from './accident.js';
import { emergencyStore, hazchemStore } from './emergency.js';
import { isContradicted } from './major-hazard.js';
import { SECRET_MARK } from './secrets.js';

const worlds = [
  ...[1, 2, 3, 4, 5].map((seed) => generateWorld({ seed, size: 'tiny' })),
  generateWorld({ seed: 6, size: 'small' }),
];
const bySeed = worlds.map((world): [number, World] => [world.seed, world]);

const licencesOf = (world: World) =>
  decodedRows(hazchemStore(world), 'emergency/hazchem-licence.yaml', 'whpjyxkz');
const checksOf = (world: World) => decodedRows(emergencyStore(world), 'emergency/inspection.yaml');
const accidentRows = (world: World) => decodedRows(emergencyStore(world), 'emergency/accident.yaml');
const hazardRows = (world: World) => decodedRows(emergencyStore(world), 'emergency/major-hazard.yaml');

/** What is marked of a row, its dates compared with each other. */
function marksOf(file: string, { values, quality }: DecodedRow): readonly string[] {
  const marks = [...quality];
  compileRowCheck(mappingOf(file), [...values.keys()])(values, marks);
  return marks;
}

/** The first of a month for a day that was cut to it. */
const cut = (day: string, isCut: boolean): string => (isCut ? `${day.slice(0, 8)}01` : day);

describe.each(bySeed)('what the graph reads of the emergency bureau of seed %i', (_seed, world) => {
  it('is every licence exactly once', () => {
    const issued = world.licences.filter(({ type }) => type === 'HAZARDOUS_CHEMICALS');
    const read = licencesOf(world);
    expect(issued.length).toBeGreaterThan(1);
    expect(read.map(({ values }) => values.get('number'))).toEqual(issued.map(({ number }) => number));
    for (const [place, licence] of issued.entries()) {
      const row = read[place] as DecodedRow;
      const { type: _constant, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township };
      expect(rowFacts(row, facts)).toEqual(facts);
      const isCut = row.quality.includes('DATE_TRUNCATED:issuedAt');
      expect(row.values.get('issuedAt')).toBe(cut(licence.validFrom, isCut));
    }
  });

  it('is every check exactly once', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'emergency');
    const read = checksOf(world);
    expect(read.map(({ values }) => values.get('number'))).toEqual(held.map(({ number }) => number));
    for (const [place, inspection] of held.entries()) {
      const row = read[place] as DecodedRow;
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('is every accident exactly once, of nobody where a short form alone names the firm', () => {
    const happened = accidentsOf(world);
    const read = accidentRows(world);
    expect(read).toHaveLength(happened.length);
    for (const [place, accident] of happened.entries()) {
      const row = read[place] as DecodedRow;
      expectSubject(world, row, accident, isNameless(accident));
      const { kind, cause, deaths, injuries, lossYuan, township } = accident;
      const isCut = row.quality.includes('DATE_TRUNCATED:happenedOn');
      const happenedOn = cut(accident.happenedOn, isCut);
      const facts = { kind, cause, deaths, injuries, loss: lossYuan, township, happenedOn };
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('is every hazard exactly once, marked where it was closed before it was found', () => {
    const listed = hazardsOf(world);
    const read = hazardRows(world);
    expect(read).toHaveLength(listed.length);
    for (const [place, hazard] of listed.entries()) {
      const row = read[place] as DecodedRow;
      expectSubject(world, row, hazard, false);
      const isCut = row.quality.includes('DATE_TRUNCATED:foundOn');
      const foundOn = cut(hazard.foundOn, isCut);
      const state = hazard.closedOn === null ? 'OPEN' : 'CLOSED';
      const marked = marksOf('emergency/major-hazard.yaml', row).includes('TEMPORAL_INCONSISTENT:closedOn');
      expect(marked).toBe(isContradicted(hazard));
      const facts = { level: hazard.level, state, foundOn, ...(!marked && { closedOn: hazard.closedOn }) };
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });
});

function expectSubject(
  world: World,
  { subject }: DecodedRow,
  { organisation }: Pick<Accident | Hazard, 'organisation'>,
  isNobody: boolean,
): void {
  if (isNobody) expect(subject).toBeNull();
  else expect(refsOfSubject(world, { kind: 'organisation', index: organisation })).toContain(subject);
}

describe('the stores of the emergency bureau', () => {
  const licences = worlds.flatMap(licencesOf);
  const checks = worlds.flatMap(checksOf);
  const accidents = worlds.flatMap(accidentRows);
  const hazards = worlds.flatMap(hazardRows);
  const text = (row: DecodedRow, column: string): string => String(row.cells.get(column) ?? '');

  it.each<[string, readonly DecodedRow[], (row: DecodedRow) => boolean]>([
    ['D8 a day in Chinese', licences, (row) => /^\d{4}年\d+月\d+日$/.test(text(row, 'fzrq'))],
    ['D8 a day cut to the month', licences, (row) => /^\d{4}-\d+-$/.test(text(row, 'fzrq'))],
    ['D8 a day of finding cut to the month', hazards, (row) => /^\d{4}-\d+-$/.test(text(row, 'rdsj'))],
    ['D10 an islet outside GBK', licences, (row) => text(row, 'storaddr').includes('㟙')],
    ['D15 a leading empty place', checks, (row) => text(row, 'zfzjh').startsWith('/')],
    ['D17 damage in 万元', accidents, (row) => /^\d+\.\d{6}$/.test(text(row, 'ccss'))],
    ['D18 a township in words', licences, (row) => /[乡镇]/.test(text(row, 'xzqh'))],
    ['D22 a hazard closed before it was found', hazards, isMarked],
    ['a firm by its short form', licences, (row) => !text(row, 'qymc').startsWith('嵊泗县')],
    ['an accident of nobody', accidents, (row) => row.subject === null],
    ['nobody dead in a word', accidents, (row) => text(row, 'swrs') === '无'],
  ])('hold %s', (_name, rows, claim) => {
    expect(rows.filter(claim).length).toBeGreaterThan(0);
  });

  function isMarked(row: DecodedRow): boolean {
    return marksOf('emergency/major-hazard.yaml', row).includes('TEMPORAL_INCONSISTENT:closedOn');
  }

  it('hold deleted and trial rows, which nobody sees', () => {
    for (const world of worlds) {
      const held = tableRows(emergencyStore(world), 'aqscjc').length;
      expect(held).toBeGreaterThan(checksOf(world).length);
    }
    expect(hazards.some((row) => text(row, 'yhbh').endsWith('S'))).toBe(false);
  });

  it('hold secrets, in columns that no mapping reads', () => {
    const secret = new Set<string>();
    for (const store of worlds.flatMap((world) => [emergencyStore(world), hazchemStore(world)])) {
      for (const { name } of store.tables) {
        for (const row of tableRows(store, name)) {
          for (const [column, cell] of row) if (String(cell).includes(SECRET_MARK)) secret.add(column);
        }
      }
    }
    expect([...secret].sort()).toEqual(
      ['czzdaqyhnr', 'rdyj', 'zdwxydj', 'zdwxymc', 'zdwxywz', 'zdwxywzcl'].sort(),
    );
    for (const file of ['accident', 'hazchem-licence', 'inspection', 'major-hazard']) {
      const { fields, key, subject } = mappingOf(`emergency/${file}.yaml`);
      const read = [...[...fields.values()].map(({ column }) => column), ...subject.map((one) => one.column)];
      expect([...key, ...read].filter((column) => secret.has(column ?? ''))).toEqual([]);
    }
  });

  it('fit their columns', () => {
    for (const world of worlds) {
      expect([...cellsTooLong(emergencyStore(world)), ...cellsTooLong(hazchemStore(world))]).toEqual([]);
    }
  });
});
