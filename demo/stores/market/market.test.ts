import { generateWorld } from '../../world/generate-world.js';
import { inTenThousands } from '../dirt/dirt.js';
import {
  type DecodedRow,
  decodedRows,
  type NamedRow,
  refsOfSubject,
  tableRows,
} from '../testing/decoded-rows.js';
import { caseFacts, inspectionFacts, licenceFacts, rowFacts } from '../testing/expect-world.js';
import { isRegistrationNumber } from '../world-lookups.js';
import { marketStore } from './market.js';

const world = generateWorld({ seed: 5, size: 'small' });
const store = marketStore(world);
const all = new Map(store.tables.map(({ name }) => [name, tableRows(store, name)]));
const rowsOf = (table: string): readonly NamedRow[] => all.get(table) ?? [];
const registrations = decodedRows(store, 'market/registration.yaml');
const licences = decodedRows(store, 'market/licence.yaml');
const inspections = decodedRows(store, 'market/inspection.yaml');
const penalties = decodedRows(store, 'market/penalty.yaml');
const abnormal = decodedRows(store, 'market/abnormal-entry.yaml');

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

describe('marketStore() after the mappings', () => {
  it('holds every inspection of the bureau exactly once, as the world knows it', () => {
    const held = [...world.inspections].filter(({ heldBy }) => heldBy === 'market');
    expect(held.length).toBeGreaterThan(500);
    expect(inspections.map((row) => text(row, 'CheckNO')).sort()).toEqual(
      held.map(({ number }) => number).sort(),
    );
    const byNumber = byColumn(inspections, 'CheckNO');
    for (const inspection of held) {
      const row = rowOf(byNumber, inspection.number);
      const facts = inspectionFacts(world, inspection, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every case of the bureau exactly once, as the world knows it', () => {
    const held = [...world.cases].filter(({ heldBy }) => heldBy === 'market');
    expect(held.length).toBeGreaterThan(100);
    expect(penalties.map((row) => text(row, 'CaseNO')).sort()).toEqual(
      held.map(({ caseCode }) => caseCode).sort(),
    );
    const byCode = byColumn(penalties, 'CaseNO');
    for (const penaltyCase of held) {
      const row = rowOf(byCode, penaltyCase.caseCode);
      const facts = caseFacts(world, penaltyCase, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('links cases and inspections both ways', () => {
    const numbers = new Map([...world.inspections].map(({ index, number }) => [index, number]));
    const codes = new Map([...world.cases].map(({ index, caseCode }) => [index, caseCode]));
    const byCode = byColumn(penalties, 'CaseNO');
    const byNumber = byColumn(inspections, 'CheckNO');
    for (const { heldBy, caseCode, inspection } of world.cases) {
      if (heldBy !== 'market') continue;
      const expected = inspection === null ? null : (numbers.get(inspection) ?? null);
      expect(rowOf(byCode, caseCode).values.get('inspectionNumber')).toBe(expected);
    }
    for (const { heldBy, number, case: caseIndex } of world.inspections) {
      if (heldBy !== 'market') continue;
      const expected = caseIndex === null ? null : (codes.get(caseIndex) ?? null);
      expect(rowOf(byNumber, number).values.get('caseNumber')).toBe(expected);
    }
  });

  it('holds every licence that the bureau issued exactly once, as the world knows it', () => {
    const issued = world.licences.filter(({ department }) => department === 'MARKET');
    expect(issued.length).toBeGreaterThan(100);
    expect(licences).toHaveLength(issued.length);
    const byId = byColumn(licences, 'xkid');
    for (const licence of issued) {
      const row = rowOf(byId, `XK${String(licence.index).padStart(10, '0')}`);
      const facts = licenceFacts(world, licence, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('registers every organisation once as it is now, under numbers that all name it', () => {
    const current = registrations.filter((row) => text(row, 'RECID').endsWith('-2'));
    expect(current).toHaveLength(world.organisations.length);
    const byId = byColumn(current, 'RECID');
    for (const [index, organisation] of world.organisations.entries()) {
      const row = rowOf(byId, `DJ${String(index).padStart(8, '0')}-2`);
      const { name, kind, township, industry, regState, established, opTo, regCapitalYuan } = organisation;
      const facts = { name, kind, township, industry, regState, established, operatingTo: opTo };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(row.values.get('registeredCapital')).toBe(regCapitalYuan);
      expect(row.subject).toBe(refsOfSubject(world, { kind: 'organisation', index })[0]);
    }
  });

  it('has earlier registrations, each tied by a number to the registration that replaced it', () => {
    const earlier = registrations.filter((row) => text(row, 'RECID').endsWith('-1'));
    const byId = byColumn(registrations, 'RECID');
    const owners = new Map<string, number>();
    for (const { index } of world.organisations) {
      for (const ref of refsOfSubject(world, { kind: 'organisation', index })) owners.set(ref, index);
    }
    expect(count(earlier, (row) => row.subject?.startsWith('regno:') === true)).toBeGreaterThan(10);
    expect(count(earlier, (row) => row.subject?.startsWith('uscc:') === true)).toBeGreaterThan(0);
    for (const row of earlier) {
      const index = Number(text(row, 'RECID').slice(2, -2));
      expect(owners.get(row.subject ?? '')).toBe(index);
      const current = byId.get(text(row, 'RECID').replace(/1$/, '2'));
      expect(['REGNO', 'PRIPID'].some((column) => text(current ?? row, column) === text(row, column))).toBe(
        true,
      );
      expect(text(row, 'APPRDATE') < text(current ?? row, 'APPRDATE')).toBe(true);
      // The register tells which code is the older one by calling the name under it a former one.
      const former = current?.values.get('formerNames') ?? [];
      const name = row.values.get('name') ?? null;
      if (row.subject?.startsWith('uscc:') === true) expect(former).toContain(name);
      else expect([current?.values.get('name'), ...[former].flat()]).toContain(name);
    }
  });

  it('lists abnormal operations of known subjects only', () => {
    expect(abnormal.length).toBeGreaterThan(10);
    const known = new Set(
      world.organisations.flatMap(({ index }) => refsOfSubject(world, { kind: 'organisation', index })),
    );
    expect(abnormal.filter((row) => !known.has(row.subject ?? ''))).toEqual([]);
  });
});

describe('tables of the market store', () => {
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
    const again = marketStore(generateWorld({ seed: 5, size: 'small' }));
    for (const { name } of again.tables) expect(tableRows(again, name)).toEqual(rowsOf(name));
  });

  it('was last delivered a few hours before noon', () => {
    for (const [, rows] of all) {
      expect(
        rows
          .map((row) => text(row, 'S_EXT_TIMESTAMP'))
          .sort()
          .at(-1),
      ).toBe(`${world.today} 06:30:00`);
    }
  });

  it('writes fines in 万元', () => {
    const byCode = byColumn(penalties, 'CaseNO');
    for (const { heldBy, caseCode, fine } of world.cases) {
      if (heldBy === 'market' && fine !== null) {
        expect(text(rowOf(byCode, caseCode), 'PenAm')).toBe(inTenThousands(fine));
      }
    }
  });
});

const WORDS_FOR_NOTHING = ['undefined', 'null', '暂无', '无', '\\N', '\\n', 'NULL'];

describe('defects among the rows that count', () => {
  it.each<[string, readonly DecodedRow[], (row: DecodedRow) => boolean]>([
    [
      'D1 old number in the column of codes',
      inspections,
      (row) => isRegistrationNumber(text(row, 'UniSCID')),
    ],
    [
      'D1 shop known by its old number alone',
      registrations,
      (row) => row.subject?.startsWith('regno:') === true,
    ],
    ['D2 lower case', inspections, (row) => /[a-z]/.test(text(row, 'UniSCID'))],
    ['D2 full width', inspections, (row) => /[０-９Ａ-Ｚ]/.test(text(row, 'UniSCID'))],
    [
      'D2 letters for digits',
      inspections,
      (row) => row.subject !== null && /^9[^*]*[OI]/.test(text(row, 'UniSCID')),
    ],
    ['D3 label before the code', inspections, (row) => text(row, 'UniSCID').startsWith('统一社会信用代码')],
    ['D4 words for nothing', penalties, (row) => WORDS_FOR_NOTHING.includes(text(row, 'UniSCID'))],
    ['D4 \\N in the register', registrations, (row) => text(row, 'REGNO') === '\\N'],
    ['D5 the name as a number', penalties, (row) => text(row, 'CerNO') === text(row, 'EntName')],
    ['D6 15-digit number', registrations, (row) => /^\d{15}$/.test(text(row, 'CERNO'))],
    ['D7 masked representative', registrations, (row) => text(row, 'CERNO').includes('***')],
    ['D7 masked code, PRIPID intact', inspections, (row) => text(row, 'UniSCID').includes('***')],
    ['D8 Chinese date', registrations, (row) => text(row, 'ESTDATE').includes('年')],
    ['D8 9999-9-9', registrations, (row) => text(row, 'OPTO') === '9999-9-9'],
    ['D8 长期', registrations, (row) => text(row, 'OPTO') === '长期'],
    ['D8 dates that are none', registrations, (row) => text(row, 'CANDATE') === '0000-00-00'],
    ['D8 served as typed', penalties, (row) => /[/年.]/.test(text(row, 'ServDate'))],
    ['D10 damaged', registrations, (row) => row.quality.includes('TEXT_DAMAGED:address')],
    ['D10 rare character', registrations, (row) => text(row, 'DOM').includes('㟙')],
    ['D11 blanks at an end', registrations, (row) => row.values.get('name') !== text(row, 'ENTNAME')],
    ['D15 several results', inspections, (row) => text(row, 'CheckResult').includes(',')],
    ['D15 leading empty place', inspections, (row) => text(row, 'LawCertNO').startsWith(',')],
    ['D15 joined sentences', inspections, (row) => text(row, 'DisposeMss').includes('；')],
    ['D16 old name of the procedure', penalties, (row) => text(row, 'CaseProc') === '一般程序'],
    ['D16 unknown result', inspections, (row) => row.quality.includes('CODE_UNKNOWN:result')],
    ['D16 results in words', inspections, (row) => text(row, 'CheckResult').includes('未发现问题')],
    ['D16 state as a word', registrations, (row) => text(row, 'REGSTATE') === '开业'],
    ['D16 state as a code', registrations, (row) => text(row, 'REGSTATE') === '1'],
    [
      'D17 capital numerals',
      penalties,
      (row) => /[壹贰叁肆伍陆柒捌玖]/.test(text(row, 'PayAm') + text(row, 'ForfAm')),
    ],
    ['D18 township in words', inspections, (row) => /[乡镇]/.test(text(row, 'DOMDISTRICT'))],
    ['D18 twelve digits', inspections, (row) => /^\d{12}$/.test(text(row, 'DOMDISTRICT'))],
    [
      'D21 industry in the column of individuals',
      registrations,
      (row) => text(row, 'INDV_ID') === '正餐服务',
    ],
    ['D22 reported before the check', inspections, (row) => text(row, 'ReportTime') < text(row, 'CheckTime')],
    ['decision numbers with other brackets', penalties, (row) => /[[【（(［]/.test(text(row, 'PenDecNo'))],
    ['former names', registrations, (row) => text(row, 'CYM').includes('海晏渔业合作社')],
  ])('%s', (_name, rows, claim) => {
    expect(count(rows, claim)).toBeGreaterThan(0);
  });
});

describe('rows that must never be shown', () => {
  it.each<[string, string, readonly DecodedRow[], (row: NamedRow) => boolean]>([
    ['D12 invalid registrations', 'e_baseinfo', registrations, (row) => text(row, 'RECID').endsWith('X')],
    [
      'D13 trials among registrations',
      'e_baseinfo',
      registrations,
      (row) => text(row, 'env_flag') === 'test',
    ],
    ['outdated registrations', 'e_baseinfo', registrations, (row) => text(row, 'ENTNAME').endsWith('（筹）')],
    ['D12 deleted licences', 'sp_xkz', licences, (row) => ['1', 'Y'].includes(text(row, 'sfsc'))],
    ['D13 trials among licences', 'sp_xkz', licences, (row) => text(row, 'licno') === 'JY00000000000000'],
    ['licences before renewal', 'sp_xkz', licences, (row) => text(row, 'jzrq') === '2019-12-31'],
    ['unaudited checks', 'cs_pub_entresult', inspections, (row) => text(row, 'auditState') !== '1'],
    ['D8 half a date', 'cs_pub_entresult', inspections, (row) => text(row, 'CheckDate').endsWith('-')],
    ['D12 deleted checks', 'cs_pub_entresult', inspections, (row) => text(row, 'delete_flag') === '1'],
    ['D12 invalid checks', 'cs_pub_entresult', inspections, (row) => text(row, 'S_EXT_VALIDFLAG') === '0'],
    ['D13 trial checks', 'cs_pub_entresult', inspections, (row) => text(row, 'env_flag') === 'test'],
    ['checks of others', 'cs_pub_entresult', inspections, (row) => text(row, 'S_EXT_FROMNODE') === '330000'],
    ['D12 deleted cases', 'cs_pub_otherpunish_gov', penalties, (row) => /d/i.test(text(row, 'opt_type'))],
    ['D12 invalid cases', 'cs_pub_otherpunish_gov', penalties, (row) => text(row, 'S_EXT_VALIDFLAG') === '0'],
    ['D13 trial cases', 'cs_pub_otherpunish_gov', penalties, (row) => text(row, 'CaseReason') === '测试案件'],
    [
      'D14 cases before the last step',
      'cs_pub_otherpunish_gov',
      penalties,
      (row) => text(row, 'FilDate') === '2020-01-01',
    ],
    ['unaudited revisions', 'cs_pub_otherpunish_gov', penalties, (row) => text(row, 'auditState') === '0'],
    ['refused cases', 'cs_pub_otherpunish_gov', penalties, (row) => text(row, 'auditState') === '2'],
    ['D12 invalid entries', 'busexclist', abnormal, (row) => text(row, 'S_EXT_VALIDFLAG') === '0'],
    ['D13 trial entries', 'busexclist', abnormal, (row) => text(row, 'env_flag') === 'test'],
  ])('%s', (_name, table, visible, claim) => {
    const shown = new Set(visible.map((row) => JSON.stringify([...row.cells])));
    const found = rowsOf(table).filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => shown.has(JSON.stringify([...row])))).toEqual([]);
  });
});
