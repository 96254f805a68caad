import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { cleanProductionOf, creditRatingsOf } from '../../world/environment/environment-ratings.js';
import { readingsOf } from '../../world/environment/make-readings.js';
import { managementLevelOf } from '../../world/environment/management-level.js';
import { generateWorld } from '../../world/generate-world.js';
import type { SubjectPointer, World } from '../../world/world.js';
import { type DecodedRow, decodedRows, refsOfSubject, tableRows, textOf } from '../testing/decoded-rows.js';
import { inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { isRegistrationNumber, itemAt } from '../world-lookups.js';
import { environmentStore } from './environment.js';
import { monitoringStore } from './monitoring.js';
import { wasteKilograms } from './waste-permit.js';

const COUNTIES = [1, 2, 3, 4, 5].map((seed) => readCounty(seed));

function readCounty(seed: number) {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = environmentStore(world);
  const monitoring = monitoringStore(world);
  return {
    seed,
    world,
    store,
    monitoring,
    permits: decodedRows(store, 'environment/pollution-permit.yaml'),
    wastes: decodedRows(store, 'environment/hazardous-waste-permit.yaml'),
    credit: decodedRows(store, 'environment/credit.yaml'),
    lists: decodedRows(store, 'environment/clean-production.yaml'),
    checks: decodedRows(store, 'environment/inspection.yaml'),
    readings: decodedRows(monitoring, 'environment/monitoring.yaml', 'HourData'),
  };
}

const byNumber = (rows: readonly DecodedRow[]) => new Map(rows.map((row) => [row.values.get('number'), row]));
const numberOf = (value: unknown): number | null => (value === null ? null : Number(value));

/** The row's own ref of whoever it is about, or what it should have been. */
const refOf = (world: World, row: DecodedRow, pointer: SubjectPointer): string | null => {
  const refs = refsOfSubject(world, pointer);
  return refs.includes(row.subject ?? '') ? row.subject : (refs[0] ?? 'nobody');
};

function rowOf<Key>(rows: ReadonlyMap<Key, DecodedRow>, key: Key): DecodedRow {
  const row = rows.get(key);
  if (row === undefined) throw new Error(`no row of ${String(key)}`);
  return row;
}

describe.each(COUNTIES)('the environment bureau of seed $seed', (county) => {
  const { world } = county;
  const issued = (type: string) => world.licences.filter((licence) => licence.type === type);

  it('holds every pollution permit once, with its level and the code within its number', () => {
    const permits = issued('POLLUTION_PERMIT');
    expect(county.permits).toHaveLength(permits.length);
    const rows = byNumber(county.permits);
    for (const licence of permits) {
      const row = rowOf(rows, licence.number);
      const { type: _constant, ...known } = licenceFacts(world, licence, row);
      const facts = {
        ...known,
        township: licence.township,
        level: managementLevelOf(licence.number),
        numberUscc: licence.number.slice(0, 18),
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      const held = row.values.get('holderUscc');
      const own = itemAt(world.organisations, licence.holder.index).uscc;
      expect([own, null]).toContain(held);
      const conflict = held !== null && held !== licence.number.slice(0, 18);
      expect(row.quality.includes('ID_CONFLICT:numberUscc')).toBe(conflict);
    }
  });

  it('holds every waste permit once, its amount in tonnes', () => {
    const permits = issued('HAZARDOUS_WASTE');
    expect(county.wastes).toHaveLength(permits.length);
    const rows = byNumber(county.wastes);
    for (const licence of permits) {
      const row = rowOf(rows, licence.number);
      const { type: _constant, ...known } = licenceFacts(world, licence, row);
      const facts = { ...known, township: licence.township };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(Number(row.values.get('approvedTonnes')) * 1000).toBe(wasteKilograms(world, licence));
    }
  });

  it('holds every rating and every entry in a list', () => {
    const rated = creditRatingsOf(world);
    expect(county.credit).toHaveLength(rated.length);
    for (const [place, { holder, year, grade, score, validTo }] of rated.entries()) {
      const row = itemAt(county.credit, place);
      expect(row.subject).toBe(refOf(world, row, holder));
      expect(rowFacts(row, { year, grade, validTo })).toEqual({ year, grade, validTo });
      expect(Number(row.values.get('score'))).toBe(Number(score));
    }
    const listed = cleanProductionOf(world);
    expect(county.lists).toHaveLength(listed.length);
    for (const [place, { holder, documentNumber, publishedAt }] of listed.entries()) {
      const row = itemAt(county.lists, place);
      expect(row.subject).toBe(refOf(world, row, holder));
      expect(row.values.get('publishedAt')).toBe(publishedAt);
      expect(normaliseDocumentNumber(String(row.values.get('listNumber')))).toBe(
        normaliseDocumentNumber(documentNumber),
      );
    }
  });

  it('holds every check once, and the decision that followed', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'environment');
    const cases = [...world.cases];
    expect(county.checks).toHaveLength(held.length);
    const rows = byNumber(county.checks);
    for (const inspection of held) {
      const row = rowOf(rows, inspection.number);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
      const followed = inspection.case === null ? null : itemAt(cases, inspection.case);
      const number = row.values.get('caseNumber') ?? null;
      expect(number === null ? null : normaliseDocumentNumber(String(number))).toBe(
        followed === null ? null : normaliseDocumentNumber(followed.decisionNo ?? followed.caseCode),
      );
    }
  });

  it('holds every reading once, at the time at which it was measured', () => {
    const known = new Map(
      [...readingsOf(world)].map((reading) => {
        const { outlet, pollutant, at } = reading;
        const moment = `${at.replace(' ', 'T')}+08:00`;
        return [`${outlet.works} ${outlet.code} ${pollutant.code} ${moment}`, reading];
      }),
    );
    expect(county.readings).toHaveLength(known.size);
    for (const row of county.readings) {
      const pollutant = textOf(row, 'PollutantCode').toLowerCase();
      const { works, outlet, monitoredAt } = Object.fromEntries(row.values);
      const reading = known.get(`${works} ${outlet} ${pollutant} ${monitoredAt}`);
      if (reading === undefined) throw new Error(`nobody measured ${works} ${outlet} at ${monitoredAt}`);
      expect(row.subject).toBe(refOf(world, row, reading.outlet.holder));
      expect(numberOf(row.values.get('average') ?? null)).toBe(numberOf(reading.average));
      expect(Number(row.values.get('limit'))).toBe(Number(reading.pollutant.limit));
      expect(row.values.get('exceeds') ?? null).toBe(reading.exceeds);
      expect(String(row.values.get('flag')).startsWith(WORDS_OF_FLAGS[reading.flag])).toBe(true);
    }
  });

  it('fits its columns', () => {
    expect([...cellsTooLong(county.store), ...cellsTooLong(county.monitoring)]).toEqual([]);
  });
});

const WORDS_OF_FLAGS = {
  N: 'NORMAL',
  F: 'OUT_OF_SERVICE',
  M: 'MAINTENANCE',
  C: 'CALIBRATION',
  D: 'FAULT',
} as const;

type Table = 'permits' | 'wastes' | 'credit' | 'lists' | 'checks' | 'readings';

describe('defects of the environment bureau', () => {
  it.each<[string, Table, (row: DecodedRow) => boolean]>([
    ['D1 object by the old number', 'checks', (row) => isRegistrationNumber(textOf(row, 'jcdxdm'))],
    ['D2 D3 holder as typed', 'permits', (row) => /[a-zOI０-９：()（]/.test(textOf(row, 'tyshxydm'))],
    ['D4 words for nothing', 'permits', (row) => row.quality.includes('NULL_WORD:industry')],
    ['D8 Chinese date', 'permits', (row) => textOf(row, 'yxqs').includes('年')],
    ['D9 UTC', 'readings', (row) => textOf(row, 'TimeBase') === 'UTC'],
    ['D9 a word for local time', 'readings', (row) => textOf(row, 'TimeBase') === '北京时间'],
    ['D9 no word for local time', 'readings', (row) => row.cells.get('TimeBase') === null],
    ['D10 damaged', 'checks', (row) => row.quality.includes('TEXT_DAMAGED:findings')],
    ['D15 leading empty place', 'checks', (row) => textOf(row, 'zfzh').startsWith(',')],
    ['D16 colours before letters', 'credit', (row) => textOf(row, 'cmnt_lvel').endsWith('牌')],
    ['D18 township in words', 'permits', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['D22 reported before the check', 'checks', (row) => textOf(row, 'sbsj') < textOf(row, 'jckssj')],
    ['decision of the city', 'checks', (row) => textOf(row, 'cfwsh').includes('舟环嵊')],
    ['another code in the number', 'permits', (row) => row.quality.includes('ID_CONFLICT:numberUscc')],
    ['kilograms', 'wastes', (row) => textOf(row, 'app_amount').endsWith('kg')],
    ['tonnes', 'wastes', (row) => textOf(row, 'app_amount').endsWith('吨')],
    ['micrograms', 'readings', (row) => textOf(row, 'Avg').endsWith('μg/L')],
    ...['1', 'Y', '有效'].map((state): [string, Table, (row: DecodedRow) => boolean] => [
      `state ${state}`,
      'wastes',
      (row) => textOf(row, 'use_state') === state,
    ]),
  ])('%s', (_name, table, claim) => {
    expect(COUNTIES.flatMap((county) => county[table]).filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, 'store' | 'monitoring', string, Table, (row: ReadonlyMap<string, unknown>) => boolean]>([
    ['deleted permits', 'store', 'hb_pwxkz', 'permits', (row) => row.get('cd_operation') === 'd'],
    ['permits before renewal', 'store', 'hb_pwxkz', 'permits', (row) => row.get('yxqz') === '2019-12-31'],
    ['trial permits', 'store', 'hb_pwxkz', 'permits', (row) => row.get('yxqz') === '2020-01-01'],
    [
      'deleted waste permits',
      'store',
      'hazardous_waste_lic',
      'wastes',
      (row) => row.get('lic_no') === '作废',
    ],
    ['deleted checks', 'store', 'hb_xcjc', 'checks', (row) => row.get('scbz') === '1'],
    ['trial checks', 'store', 'hb_xcjc', 'checks', (row) => row.get('xcqk') === '系统测试'],
    [
      'readings before they were sent again',
      'monitoring',
      'HourData',
      'readings',
      (row) => row.get('Avg') === '0',
    ],
  ])('never shows %s', (_name, store, tableName, table, claim) => {
    const hidden = COUNTIES.flatMap((county) => tableRows(county[store], tableName).filter(claim));
    expect(hidden.length).toBeGreaterThan(0);
    expect(COUNTIES.flatMap((county) => county[table].filter(({ cells }) => claim(cells)))).toEqual([]);
  });
});
