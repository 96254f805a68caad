import { generateWorld } from '../../world/generate-world.js';
import { cellsTooLong, type NamedRow, namedRows, survivingRows } from '../testing/surviving-rows.js';
import { isRegistrationNumber } from '../world-lookups.js';
import { casesStore } from './cases.js';

const CASES = 'dw_shl_cfjbxx';
const PUBLICATIONS = 'dw_shl_sgs_xzcf';
const world = generateWorld({ seed: 11, size: 'small' });
const store = casesStore(world);
const rows = namedRows(store, CASES);
const surviving = survivingRows(store, 'cases/case.yaml');
const publicationRows = namedRows(store, PUBLICATIONS);
const publications = survivingRows(store, 'cases/publication.yaml');

const text = (row: NamedRow, column: string): string => String(row.get(column) ?? '');
const count = (among: readonly NamedRow[], claim: (row: NamedRow) => boolean): number =>
  among.filter(claim).length;

describe('casesStore()', () => {
  it('holds every case of the system exactly once after the mapping’s filters', () => {
    const held = [...world.cases].filter((penaltyCase) => penaltyCase.heldBy === 'cases');
    expect(held.length).toBeGreaterThan(50);
    expect(surviving.map((row) => text(row, 'punish_case_code')).sort()).toEqual(
      held.map((penaltyCase) => penaltyCase.caseCode).sort(),
    );
  });

  it('survivors are the right version: dates that sort are those of the world', () => {
    const byCode = new Map(surviving.map((row) => [text(row, 'punish_case_code'), row]));
    for (const penaltyCase of world.cases) {
      if (penaltyCase.heldBy !== 'cases') continue;
      const row = byCode.get(penaltyCase.caseCode);
      expect(row?.get('filing_date')).toBe(penaltyCase.filedAt.replaceAll('-', ''));
      if (penaltyCase.decidedAt === null) expect([null, '', '0000-00-00']).toContain(row?.get('set_time'));
      else expect(row?.get('set_time')).toBe(penaltyCase.decidedAt);
    }
  });

  it('holds every published decision of the county exactly once', () => {
    const published = [...world.cases].filter((penaltyCase) => penaltyCase.publishedAt !== null);
    expect(published.length).toBeGreaterThan(50);
    expect(publications.map((row) => [row.get('CF_JLBH'), row.get('CF_GSRQ')])).toEqual(
      published.map(({ index, publishedAt }) => [`SGS330922${String(index).padStart(10, '0')}`, publishedAt]),
    );
  });

  it('has unique primary keys', () => {
    expect(new Set(rows.map((row) => row.get('cd_id'))).size).toBe(rows.length);
    const keys = publicationRows.map((row) => `${text(row, 'CF_JLBH')} ${text(row, 'CF_SJC')}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('walks again to the very same rows', () => {
    const again = casesStore(generateWorld({ seed: 11, size: 'small' }));
    expect(namedRows(again, CASES)).toEqual(rows);
    expect(namedRows(again, PUBLICATIONS)).toEqual(publicationRows);
  });

  it('was last delivered a few hours before noon', () => {
    expect(
      surviving
        .map((row) => text(row, 'cd_time'))
        .sort()
        .at(-1),
    ).toBe(`${world.today} 06:30:00`);
    expect(
      publications
        .map((row) => text(row, 'CF_SJC'))
        .sort()
        .at(-1),
    ).toBe(`${world.today} 06:30:00`);
  });

  it('fits every cell into its column', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects among the cases that count', () => {
  const uscc = (row: NamedRow): string => text(row, 'admin_cp_uscc');
  const certNo = (row: NamedRow): string => text(row, 'admin_cp_cert_no');
  it.each<[string, (row: NamedRow) => boolean]>([
    ['D1 registration number in the column of codes', (row) => isRegistrationNumber(uscc(row))],
    ['D2 D3 D11 code as typed', (row) => uscc(row).length > 1 && /[a-z０-９\s（(]/.test(uscc(row))],
    ['D4 words for nothing', (row) => ['undefined', 'null', '暂无', '无', '\\N'].includes(uscc(row))],
    [
      'D5 the name as document number',
      (row) => certNo(row) !== '' && certNo(row) === text(row, 'admin_cp_name'),
    ],
    [
      'D7 masked code, the document number intact',
      (row) => uscc(row).includes('*') && /^9/.test(certNo(row)),
    ],
    ['D8 dates with Chinese words', (row) => /年/.test(text(row, 'serve_date'))],
    [
      'D8 dates without zeros',
      (row) =>
        /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/.test(text(row, 'serve_date')) &&
        text(row, 'serve_date').length < 10,
    ],
    ['D8 days that are none', (row) => ['0000-00-00', '1900-1-1 0:00:00'].includes(text(row, 'close_date'))],
    ['D8 no end', (row) => text(row, 'public_end_date') === '长期'],
    ['D10 wrong encoding', (row) => /锟斤拷|\ufffd|ÖÜÉ½/.test(text(row, 'illegal_fact'))],
    ['D10 rare character', (row) => text(row, 'illegal_fact').includes('㟙')],
    ['D11 blanks at an end', (row) => /^[\s\u200b]|[\s\u200b]$/.test(text(row, 'punish_action_name'))],
    [
      'D15 an empty place among certificate numbers',
      (row) => text(row, 'punish_personnel_code').startsWith(','),
    ],
    ['D15 several penalties in one cell', (row) => text(row, 'punish_type').includes(',')],
    ['D16 the procedure’s old name', (row) => text(row, 'case_process_type') === '一般程序'],
    ['D16 stages in words', (row) => !/^\d\d$/.test(text(row, 'case_stage'))],
    [
      'D17 amounts in capital numerals',
      (row) => /[壹贰叁肆伍陆柒捌玖]/.test(text(row, 'fine') + text(row, 'paid_amount')),
    ],
    [
      'D17 amounts with separators or unit',
      (row) => /,|元/.test(text(row, 'fine') + text(row, 'paid_amount')),
    ],
    ['D18 township in words', (row) => /乡|镇|嵊山|菜园/.test(text(row, 'district_code'))],
    [
      'D21 name of the body in the column of its code',
      (row) => /局|政府/.test(text(row, 'implement_institution_code')),
    ],
    ['D23 extracts of the old system', (row) => text(row, 'cd_source') === '330922_zhzf_old'],
    ['D23 extracts of the new one', (row) => text(row, 'cd_id').startsWith('cfba-')],
    ['document numbers with other brackets', (row) => /[[【（(［]/.test(text(row, 'punish_document_code'))],
    ['D8 end of a review as typed', (row) => /年|[/.]|^\d{8,}$/.test(text(row, 'reconsideration_date'))],
    ['D8 end of a lawsuit as typed', (row) => /年|[/.]|^\d{8,}$/.test(text(row, 'litigation_date'))],
    ['D16 outcome of a review in words', (row) => /维持|撤销|驳回/.test(text(row, 'reconsideration_result'))],
    [
      'D16 outcome of a lawsuit in words',
      (row) => /维持|撤|驳回|确认|变更/.test(text(row, 'litigation_result')),
    ],
    ['D16 ticks in words', (row) => text(row, 'is_legal_review') === '是'],
    ['hearing: not entered', (row) => row.get('is_hearing') === null],
    ['publication: none yet', (row) => row.get('publicstatus') === null],
    ['publication: withdrawn', (row) => ['1', '撤销'].includes(text(row, 'publicstatus'))],
  ])('%s', (_name, claim) => {
    expect(count(surviving, claim)).toBeGreaterThan(0);
  });

  it('D6 15-digit citizen numbers, and numbers that strayed into the column of codes', () => {
    const persons = surviving.filter((row) => row.get('admin_cp_cert_type') === '111');
    expect(count(persons, (row) => /^\d{15}$/.test(certNo(row)))).toBeGreaterThan(0);
    expect(count(persons, (row) => /^\d{17}[\dX]$/.test(uscc(row)))).toBeGreaterThan(0);
  });
});

describe('rows that must never be shown', () => {
  const survivors = new Set(surviving.map((row) => row.get('cd_id')));
  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 deleted', (row) => row.get('opt_type') === 'D'],
    ['D12 deleted, in lower case', (row) => row.get('opt_type') === 'd'],
    ['D12 flagged as deleted', (row) => row.get('delete_flag') === '1'],
    ['D13 test', (row) => row.get('env_flag') === 'test'],
    ['D13 test, by number', (row) => row.get('env_flag') === '1'],
    ['D14 extracts before the last', (row) => row.get('filing_date') === '20200101'],
    ['cases of the market bureau', (row) => row.get('source_dept_code') === '330922_scjg'],
    ['cases of the marine bureau', (row) => row.get('source_dept_code') === '330922_hyyy'],
  ])('%s', (_name, claim) => {
    const found = rows.filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => survivors.has(row.get('cd_id')))).toEqual([]);
  });
});

describe('publications', () => {
  it('D17 fines are in 万元, full width now and then', () => {
    const fines = new Map(
      [...world.cases].map(({ index, fine }) => [`SGS330922${String(index).padStart(10, '0')}`, fine]),
    );
    const written = publications.filter((row) => row.get('CF_NR_FK') !== null);
    expect(written.length).toBeGreaterThan(50);
    expect(count(written, (row) => /[０-９]/.test(text(row, 'CF_NR_FK')))).toBeGreaterThan(0);
    for (const row of written) {
      const yuan = Number(text(row, 'CF_NR_FK').normalize('NFKC')) * 10_000;
      expect(yuan).toBeCloseTo(Number(fines.get(text(row, 'CF_JLBH')) ?? Number.NaN), 2);
    }
  });

  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 deleted', (row) => row.get('SFSC') === '1'],
    ['D13 test', (row) => ['1', 'test'].includes(text(row, 'env_flag'))],
    ['D14 outdated', (row) => row.get('CF_NR_FK') === '9.99'],
  ])('%s rows exist and are not shown', (_name, claim) => {
    expect(count(publicationRows, claim)).toBeGreaterThan(0);
    expect(count(publications, claim)).toBe(0);
  });

  it.each<[string, (row: NamedRow) => boolean]>([
    ['D8 no end of the penalty', (row) => text(row, 'CF_YXQ') === '无处罚期限'],
    ['D8 dates as typed', (row) => !/^\d{4}-\d{2}-\d{2}$/.test(text(row, 'CF_JDRQ'))],
    ['kinds of penalty in words', (row) => text(row, 'CF_CFLB').includes('罚款')],
  ])('%s', (_name, claim) => {
    expect(count(publications, claim)).toBeGreaterThan(0);
  });
});
