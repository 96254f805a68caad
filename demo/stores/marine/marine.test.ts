import { generateWorld } from '../../world/generate-world.js';
import {
  type DecodedRow,
  decodedRows,
  type NamedRow,
  refsOfSubject,
  tableRows,
} from '../testing/decoded-rows.js';
import { caseFacts, inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { isRegistrationNumber, itemAt } from '../world-lookups.js';
import { marineStore } from './marine.js';

const world = generateWorld({ seed: 5, size: 'small' });
const store = marineStore(world);
const all = new Map(store.tables.map(({ name }) => [name, tableRows(store, name)]));
const rowsOf = (table: string): readonly NamedRow[] => all.get(table) ?? [];
const vessels = decodedRows(store, 'marine/vessel.yaml');
const certificates = decodedRows(store, 'marine/certificate.yaml');
const inspections = decodedRows(store, 'marine/inspection.yaml');
const cases = decodedRows(store, 'marine/case.yaml');

const text = (row: NamedRow | DecodedRow, column: string): string =>
  String(('cells' in row ? row.cells : row).get(column) ?? '');
const count = <Row>(among: readonly Row[], claim: (row: Row) => boolean): number =>
  among.filter(claim).length;
const byColumn = (rows: readonly DecodedRow[], column: string): ReadonlyMap<string, DecodedRow> =>
  new Map(rows.map((row) => [text(row, column), row]));
const rowOf = (rows: ReadonlyMap<string, DecodedRow>, key: string): DecodedRow => {
  const row = rows.get(key);
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
};

describe('marineStore() after the mappings', () => {
  it('holds every inspection of the department exactly once, as the world knows it', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'marine');
    expect(held.length).toBeGreaterThan(200);
    expect(inspections.map((row) => text(row, 'jcbh')).sort()).toEqual(
      held.map(({ number }) => number).sort(),
    );
    const byNumber = byColumn(inspections, 'jcbh');
    for (const inspection of held) {
      const row = rowOf(byNumber, inspection.number);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every case of the department exactly once, as the world knows it', () => {
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'marine');
    expect(held.length).toBeGreaterThan(40);
    expect(cases.map((row) => text(row, 'ajbh')).sort()).toEqual(held.map(({ caseCode }) => caseCode).sort());
    const byCode = byColumn(cases, 'ajbh');
    for (const penaltyCase of held) {
      const row = rowOf(byCode, penaltyCase.caseCode);
      const facts = caseFacts(world, penaltyCase, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every certificate exactly once, as the world knows it', () => {
    const issued = world.licences.filter(
      ({ department, type }) => department === 'MARINE' && type !== 'AQUACULTURE',
    );
    expect(issued.length).toBeGreaterThan(400);
    expect(certificates).toHaveLength(issued.length);
    const byId = byColumn(certificates, 'zsid');
    for (const licence of issued) {
      const row = rowOf(byId, `ZS${String(licence.index).padStart(10, '0')}`);
      const facts = licenceFacts(world, licence, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('registers every vessel exactly once, with its measures and all its owners', () => {
    expect(vessels).toHaveLength(world.vessels.length);
    const byId = byColumn(vessels, 'cbid');
    for (const [index, vessel] of world.vessels.entries()) {
      const row = rowOf(byId, `CB${String(index).padStart(8, '0')}`);
      const { name, township, formerNames, lengthM, homePort, mmsi, beidouId, built } = vessel;
      const facts = {
        name,
        township,
        formerNames,
        lengthM,
        homePort,
        mmsi,
        beidouTerminal: beidouId,
        builtAt: built,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.subject).toBe(`vessel:${vessel.vesselCode}`);
      expect(row.values.get('vesselType')).not.toBe('UNKNOWN');
      const owners = vessel.owners.map(({ subject, share }) => {
        const [ref] = refsOfSubject(world, subject);
        return `OWNER ${ref} ${share}`;
      });
      expect([...new Set(row.related)].sort()).toEqual([...new Set(owners)].sort());
    }
  });

  it('reads power in kilowatts from both columns', () => {
    for (const [index, { powerKw }] of world.vessels.entries()) {
      const row = itemAt(vessels, index);
      const kilowatts = row.values.get('enginePowerKw') ?? row.values.get('legacyEnginePowerKw');
      expect(Math.abs(Number(kilowatts) - Number(powerKw))).toBeLessThan(0.06);
    }
  });
});

describe('tables of the marine store', () => {
  it.each(store.tables.map((table) => [table.name, table] as const))(
    '%s has unique primary keys',
    (name, table) => {
      const keys = rowsOf(name).map((row) =>
        (table.primaryKey ?? []).map((column) => row.get(column)).join('\u0000'),
      );
      expect(new Set(keys).size).toBe(keys.length);
    },
  );

  it.each(store.tables.map((table) => [table.name, table] as const))('%s fits its columns', (name, table) => {
    const tooLong = rowsOf(name).flatMap((row) =>
      table.columns.filter(
        (column) => column.type === 'text' && text(row, column.name).length > (column.length ?? 0),
      ),
    );
    expect(tooLong).toEqual([]);
  });

  it('walks again to the very same rows', () => {
    const again = marineStore(generateWorld({ seed: 5, size: 'small' }));
    for (const { name } of again.tables) expect(tableRows(again, name)).toEqual(rowsOf(name));
  });

  it('was last changed a few hours before noon', () => {
    for (const [name, rows] of all) {
      const column = name === 'yc_jcgbg' ? 'rksj' : 'gxsj';
      const expected = name === 'yc_jcgbg' ? '2026-06-29 22:30:00' : '2026-06-30 06:30:00';
      expect(
        rows
          .map((row) => text(row, column))
          .sort()
          .at(-1),
      ).toBe(expected);
    }
  });
});

const WORDS_FOR_NOTHING = ['undefined', 'null', '暂无', '无', '\\N', '\\n', 'NULL'];

describe('defects among the rows that count', () => {
  it.each<[string, readonly DecodedRow[], (row: DecodedRow) => boolean]>([
    [
      'D1 owner by the old number',
      vessels,
      (row) => text(row, 'syr_tyxydm').split('、').some(isRegistrationNumber),
    ],
    ['D2 D3 owner as typed', vessels, (row) => /[a-z０-９（(]/.test(text(row, 'syr_tyxydm'))],
    ['D2 vessel code full width', inspections, (row) => /[０-９]/.test(text(row, 'ycbm'))],
    ['D3 label before the vessel code', inspections, (row) => text(row, 'ycbm').startsWith('渔船编码')],
    ['D4 words for nothing', inspections, (row) => WORDS_FOR_NOTHING.includes(text(row, 'ycbm'))],
    ['D6 15-digit owner', vessels, (row) => /(^|、)\d{15}(、|$)/.test(text(row, 'syr_sfzh'))],
    ['D7 masked owner, certificate intact', vessels, (row) => text(row, 'syr_sfzh').includes('***')],
    ['D7 masked skipper', inspections, (row) => text(row, 'sfzh').includes('***')],
    ['D8 长期', certificates, (row) => text(row, 'yxqz') === '长期'],
    ['D8 0000-00-00', certificates, (row) => text(row, 'yxqz') === '0000-00-00'],
    ['D8 null', certificates, (row) => text(row, 'yxqz') === 'null'],
    ['D8 Chinese date', cases, (row) => text(row, 'sdrq').includes('年')],
    ['D10 damaged', inspections, (row) => row.quality.includes('TEXT_DAMAGED:findings')],
    ['D10 rare character', inspections, (row) => text(row, 'qkms').includes('㟙')],
    ['D11 blanks at an end', vessels, (row) => row.values.get('name') !== text(row, 'cmh')],
    ['D15 three partners in one cell', vessels, (row) => text(row, 'syr').split('、').length === 3],
    ['D15 firm and person beside each other', vessels, (row) => /^[^、]+、、/.test(text(row, 'syr_tyxydm'))],
    ['D15 leading empty place', inspections, (row) => text(row, 'zfzh').startsWith(';')],
    ['D16 results in words', inspections, (row) => text(row, 'jcjg') === '正常'],
    ['D16 unknown result', inspections, (row) => row.quality.includes('CODE_UNKNOWN:result')],
    ['D16 old name of the procedure', cases, (row) => text(row, 'ajcx') === '一般程序'],
    [
      'D17 amounts as typed',
      cases,
      (row) => /[壹贰叁肆伍陆柒捌玖,元]/.test(text(row, 'fkje') + text(row, 'sjje')),
    ],
    ['D18 township in words', vessels, (row) => /[乡镇]/.test(text(row, 'ssxz'))],
    ['D22 reported before the check', inspections, (row) => text(row, 'sbsj') < text(row, 'jcsj')],
    ['power in 马力', vessels, (row) => text(row, 'gldw') === '马力'],
    ['name in pinyin', vessels, (row) => text(row, 'cm').startsWith('ZHE')],
    ['name with the typo 鱼', inspections, (row) => text(row, 'ycmc').includes('鱼')],
    ['name with 号', inspections, (row) => text(row, 'ycmc').endsWith('号')],
    ['vessel known by its name alone', inspections, (row) => row.subject?.startsWith('vesselname:') === true],
    ['three without: nobody', inspections, (row) => row.subject === null],
    [
      'one name, two vessels',
      vessels,
      (row) => count(vessels, (other) => text(other, 'cmh') === text(row, 'cmh')) === 2,
    ],
    ['decision numbers with other brackets', cases, (row) => /[[【（(［]/.test(text(row, 'jdswh'))],
  ])('%s', (_name, rows, claim) => {
    expect(count(rows, claim)).toBeGreaterThan(0);
  });
});

describe('rows that must never be shown', () => {
  it.each<[string, string, readonly DecodedRow[], (row: NamedRow) => boolean]>([
    ['D12 deleted vessels', 'yc_cb', vessels, (row) => text(row, 'sfsc') === '1'],
    ['D13 trial vessels', 'yc_cb', vessels, (row) => ['1', '测试'].includes(text(row, 'cs_bz'))],
    ['vessels before the last saving', 'yc_cb', vessels, (row) => text(row, 'cjg') === '待核'],
    ['D12 deleted certificates', 'yc_zs', certificates, (row) => text(row, 'sfsc') === '1'],
    ['D13 trial certificates', 'yc_zs', certificates, (row) => text(row, 'zsbh') === '测试'],
    ['certificates before endorsement', 'yc_zs', certificates, (row) => text(row, 'yxjzrq') === '2018-12-31'],
    ['D12 deleted checks', 'yz_dljc', inspections, (row) => text(row, 'sfsc') === '1'],
    ['D13 trial checks', 'yz_dljc', inspections, (row) => text(row, 'qkms') === '系统测试'],
    ['checks by the coast guard', 'yz_dljc', inspections, (row) => text(row, 'ly') === '海警'],
    ['checks by the port authority', 'yz_dljc', inspections, (row) => text(row, 'ly') === '港航'],
    ['D12 deleted cases', 'yz_aj', cases, (row) => text(row, 'sfsc') === '1'],
    ['D13 trial cases', 'yz_aj', cases, (row) => text(row, 'ay') === '测试'],
    ['D14 cases before the last saving', 'yz_aj', cases, (row) => text(row, 'larq') === '20200101'],
  ])('%s', (_name, table, visible, claim) => {
    const shown = new Set(visible.map((row) => JSON.stringify([...row.cells])));
    const found = rowsOf(table).filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => shown.has(JSON.stringify([...row])))).toEqual([]);
  });
});
