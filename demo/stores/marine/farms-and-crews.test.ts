import { normaliseDocumentNumber } from '../../../subgraphs/values/texts/document-number.js';
import { generateWorld } from '../../world/generate-world.js';
import { type CrewMember, crewsOf } from '../../world/marine/crews.js';
import { seaFarmOf } from '../../world/marine/make-aquaculture-permits.js';
import {
  type DecodedRow,
  decodedRows,
  mappingOf,
  onlyRowOf,
  refsOfSubject,
  tableRows,
  textOf,
} from '../testing/decoded-rows.js';
import { licenceFacts, rowFacts } from '../testing/expect-world.js';
import { cellsTooLong } from '../testing/surviving-rows.js';
import { itemAt } from '../world-lookups.js';
import { crewId } from './crew-certificate.js';
import { marineStore } from './marine.js';

const COUNTIES = [1, 2, 3, 4, 5].map((seed) => {
  const world = generateWorld({ seed, size: 'tiny' });
  const store = marineStore(world);
  return {
    seed,
    world,
    store,
    permits: decodedRows(store, 'marine/aquaculture-permit.yaml'),
    crews: decodedRows(store, 'marine/crew-certificate.yaml'),
  };
});

/** A surname of one character or two, and a star for each further one. */
const masked = (name: string): string =>
  name.replace(/^(欧阳|.)(.+)$/u, (_, surname, given) => `${surname}${'*'.repeat([...given].length)}`);

describe.each(COUNTIES)('sea farms and crews of seed $seed', ({ world, store, ...county }) => {
  it('holds every aquaculture permit once, with its area in 亩 whatever the unit was', () => {
    const issued = world.licences.filter(({ type }) => type === 'AQUACULTURE');
    expect(issued.length).toBeGreaterThan(2);
    expect(county.permits).toHaveLength(issued.length);
    for (const licence of issued) {
      const row = onlyRowOf(county.permits, 'djid', `YZ${String(licence.index).padStart(10, '0')}`);
      const { type: _constant, number, ...known } = licenceFacts(world, licence, row);
      const farm = seaFarmOf(world, licence);
      const facts = { ...known, township: licence.township, species: farm.species, method: farm.method };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(normaliseDocumentNumber(String(row.values.get('number')))).toBe(normaliseDocumentNumber(number));
      expect(Number(row.values.get('areaMu'))).toBeCloseTo(Number(farm.areaSqm) * 0.0015, 9);
      const [seaArea, isDamaged] = [
        row.values.get('seaArea') ?? null,
        row.quality.includes('TEXT_DAMAGED:seaArea'),
      ];
      if (seaArea === null) expect(textOf(row, 'hymc')).not.toBe(farm.seaArea);
      else if (isDamaged) expect(seaArea).toMatch(/锟斤拷|\ufffd|ÖÜ/);
      else expect(seaArea).toBe(farm.seaArea);
      expect(daysWithin(String(row.values.get('validityText')))).toEqual([
        licence.validFrom,
        licence.validTo,
      ]);
      expect(row.values.get('holderName')).toMatch(/^..?\*+$/u);
    }
  });

  it('holds everybody who serves on a vessel once, by the vessel, with the certificate', () => {
    const members = [...crewsOf(world)];
    expect(county.crews).toHaveLength(members.length);
    for (const member of members) {
      const row = onlyRowOf(county.crews, 'cyid', crewId(member));
      const facts = crewFacts(member, isTurned(row));
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.values.get('name')).toBe(masked(itemAt(world.persons, member.person).name));
      expect(refsOfSubject(world, { kind: 'vessel', index: member.vessel })).toContain(row.subject);
      const number = row.values.get('certificateNo') ?? null;
      expect(number).toBe(hasCitizenNumber(row) ? null : (member.certificate?.number ?? null));
      expect(row.quality.includes('TEXT_IMPLAUSIBLE:certificateNo')).toBe(hasCitizenNumber(row));
    }
  });

  it('shows no number of a citizen and no telephone of any member', () => {
    const read = [...mappingOf('marine/crew-certificate.yaml').fields.values()].map(({ column }) => column);
    expect(read).not.toContain('sfzh');
    expect(read).not.toContain('lxdh');
    const told = JSON.stringify(county.crews.map(({ values }) => [...values]));
    for (const { idNo, phone } of world.persons) {
      expect(told).not.toContain(idNo);
      expect(told).not.toContain(phone);
    }
  });

  it('has 浙嵊渔90007 with an engineer whose certificate ended and somebody without one', () => {
    const refs = ['vessel:3309222008060012', 'vesselname:浙嵊渔90007'];
    const own = county.crews.filter(({ subject }) => refs.includes(subject ?? ''));
    const of = (post: string) => own.filter(({ values }) => values.get('post') === post);
    const ended = ({ values }: DecodedRow) => String(values.get('validTo')) < world.today;
    expect(of('CAPTAIN').map((row) => [row.values.get('certified'), ended(row)])).toEqual([[true, false]]);
    expect(of('CHIEF_ENGINEER').map((row) => [row.values.get('certified'), ended(row)])).toEqual([
      [true, true],
    ]);
    expect(own.some(({ values }) => values.get('certified') === false)).toBe(true);
  });

  it('has unique primary keys and fits its columns', () => {
    for (const name of ['yz_yzz', 'yc_cyzs']) {
      const keys = tableRows(store, name).map(
        (row) => `${row.get('djid') ?? row.get('cyid')} ${row.get('bbh')}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(cellsTooLong(store)).toEqual([]);
  });
});

const hasCitizenNumber = (row: DecodedRow): boolean => textOf(row, 'zsbh') === textOf(row, 'sfzh');

/** D22: the days of a term the wrong way round, which the engine marks. */
const isTurned = ({ values }: DecodedRow): boolean =>
  values.get('validTo') !== null && String(values.get('validFrom')) > String(values.get('validTo'));

function crewFacts({ post, certificate, joinedOn }: CrewMember, turned: boolean) {
  const days = [certificate?.validFrom ?? null, certificate?.validTo ?? null];
  const [validFrom, validTo] = turned ? days.toReversed() : days;
  return {
    post: post ?? 'UNKNOWN',
    certified: certificate !== null,
    validFrom,
    validTo,
    state: certificate?.state ?? null,
    joinedOn,
  };
}

const NUMERALS = '〇一二三四五六七八九';

/** The days that a printed term names, read apart from the engine. */
function daysWithin(term: string): readonly string[] {
  const digits = term
    .replace(/[〇一二三四五六七八九]{4}(?=年)/gu, (year) =>
      [...year].map((each) => NUMERALS.indexOf(each)).join(''),
    )
    .replace(/[一二三四五六七八九]?十?[一二三四五六七八九]?(?=[月日])/gu, (word) =>
      word === '' ? '' : String(small(word)),
    );
  return [...digits.matchAll(/(\d{4})[-年.](\d{1,2})[-月.](\d{1,2})/gu)].map(([, year, month, day]) =>
    [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-'),
  );
}

/** 1 to 31 in words. */
function small(word: string): number {
  const [tens = '', ones = ''] = word.includes('十') ? word.split('十') : ['', word];
  const ten = word.includes('十') ? (tens === '' ? 1 : NUMERALS.indexOf(tens)) : 0;
  return ten * 10 + (ones === '' ? 0 : NUMERALS.indexOf(ones));
}

type Table = 'permits' | 'crews';

describe('defects of sea farms and crews', () => {
  it.each<[string, Table, (row: DecodedRow) => boolean]>([
    ['D2 D3 holder as typed', 'permits', (row) => /[a-z０-９：()（]/.test(textOf(row, 'cyrzjh'))],
    ['D6 15-digit holder', 'permits', (row) => /^\d{15}$/.test(textOf(row, 'cyrzjh'))],
    ['a person as holder', 'permits', (row) => row.subject?.startsWith('person:') === true],
    ['a firm as holder', 'permits', (row) => row.subject?.startsWith('uscc:') === true],
    ['D4 words for nothing', 'permits', (row) => row.quality.includes('NULL_WORD:seaArea')],
    ['D8 Chinese date', 'permits', (row) => textOf(row, 'qsrq').includes('年')],
    ['D10 damaged', 'permits', (row) => row.quality.includes('TEXT_DAMAGED:seaArea')],
    ['D15 several species', 'permits', (row) => textOf(row, 'yzpz').includes('，')],
    ['D16 method in words', 'permits', (row) => /[式箱播塘]/.test(textOf(row, 'yzfs'))],
    ['D18 township in words', 'permits', (row) => /[乡镇]/.test(textOf(row, 'xzqh'))],
    ['hectares', 'permits', (row) => textOf(row, 'hymj').endsWith('公顷')],
    ['square metres', 'permits', (row) => /(平方米|㎡)$/.test(textOf(row, 'hymj'))],
    ['亩 with its unit', 'permits', (row) => textOf(row, 'hymj').endsWith('亩')],
    ['亩 without one', 'permits', (row) => /^[\d.]+$/.test(textOf(row, 'hymj'))],
    ['other brackets', 'permits', (row) => /[[【［]|（\d|\(\d/.test(textOf(row, 'yzzbh'))],
    ['vessel by its name alone', 'crews', (row) => row.subject?.startsWith('vesselname:') === true],
    ['D2 vessel code full width', 'crews', (row) => /[０-９]/.test(textOf(row, 'ycbm'))],
    ['D3 a label before the number', 'crews', (row) => textOf(row, 'zsbh').startsWith('证书编号')],
    ['D4 words for nothing', 'crews', (row) => row.quality.includes('NULL_WORD:certificateNo')],
    ['a citizen for a certificate', 'crews', (row) => row.quality.includes('TEXT_IMPLAUSIBLE:certificateNo')],
    ['D8 Chinese date', 'crews', (row) => textOf(row, 'yxqz').includes('年')],
    ['D8 0000-00-00', 'crews', (row) => textOf(row, 'yxqz') === '0000-00-00'],
    ['D11 blanks at an end', 'crews', (row) => textOf(row, 'xm') !== textOf(row, 'xm').trim()],
    ['D16 post in words', 'crews', (row) => textOf(row, 'zw') === '船长'],
    ['D16 unknown post', 'crews', (row) => row.quality.includes('CODE_UNKNOWN:post')],
    ['D22 days turned round', 'crews', isTurned],
    ['no certificate', 'crews', (row) => row.values.get('certified') === false],
  ])('%s', (_name, table, claim) => {
    expect(COUNTIES.flatMap((county) => county[table]).filter(claim).length).toBeGreaterThan(0);
  });

  it.each<[string, Table, string, (row: ReadonlyMap<string, unknown>) => boolean]>([
    ['deleted permits', 'permits', 'yz_yzz', (row) => row.get('sfsc') === '1'],
    ['trial permits', 'permits', 'yz_yzz', (row) => row.get('yzzbh') === '测试'],
    ['permits before they were measured', 'permits', 'yz_yzz', (row) => row.get('hymj') === '1'],
    ['deleted members', 'crews', 'yc_cyzs', (row) => row.get('sfsc') === '1'],
    ['trial members', 'crews', 'yc_cyzs', (row) => row.get('xm') === '测试'],
    ['members who went ashore', 'crews', 'yc_cyzs', (row) => row.get('xm') === '离船人员'],
    ['certificates before renewal', 'crews', 'yc_cyzs', (row) => row.get('yxqz') === '2018-12-31'],
  ])('never shows %s', (_name, table, tableName, claim) => {
    const hidden = COUNTIES.flatMap(({ store }) => tableRows(store, tableName).filter(claim));
    expect(hidden.length).toBeGreaterThan(0);
    expect(COUNTIES.flatMap((county) => county[table].filter(({ cells }) => claim(cells)))).toEqual([]);
  });
});
