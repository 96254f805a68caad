import { generateWorld } from '../../world/generate-world.js';
import { cellsTooLong, type NamedRow, namedRows, survivingRows } from '../testing/surviving-rows.js';
import { isRegistrationNumber } from '../world-lookups.js';
import { supervisionStore } from './supervision.js';

const TABLE = 'dw_shl_xzjcxwxx';
const world = generateWorld({ seed: 11, size: 'small' });
const store = supervisionStore(world);
const rows = namedRows(store, TABLE);
const surviving = survivingRows(store, 'supervision/inspection.yaml');

const text = (row: NamedRow, column: string): string => String(row.get(column) ?? '');
const count = (among: readonly NamedRow[], claim: (row: NamedRow) => boolean): number =>
  among.filter(claim).length;

describe('supervisionStore()', () => {
  it('holds every check of the platform exactly once after the mapping’s filters', () => {
    const held = [...world.inspections].filter((inspection) => inspection.heldBy === 'supervision');
    expect(held.length).toBeGreaterThan(100);
    expect(surviving.map((row) => text(row, 'check_action_code')).sort()).toEqual(
      held.map((inspection) => inspection.number).sort(),
    );
  });

  it('survivors are the right version: day, time and officers are those of the world', () => {
    const byNumber = new Map(surviving.map((row) => [text(row, 'check_action_code'), row]));
    for (const inspection of world.inspections) {
      if (inspection.heldBy !== 'supervision') continue;
      const row = byNumber.get(inspection.number);
      expect([row?.get('check_date'), row?.get('check_time')]).toEqual([
        inspection.date,
        `${inspection.date} ${inspection.time}`,
      ]);
      expect(row?.get('check_personnel')).toBe(
        inspection.officers.map((index) => world.officers[index]?.name).join(';'),
      );
    }
  });

  it('has unique primary keys and, after the filters, unique record identities', () => {
    expect(new Set(rows.map((row) => row.get('cd_id'))).size).toBe(rows.length);
    expect(new Set(surviving.map((row) => row.get('record_unique_identity'))).size).toBe(surviving.length);
  });

  it('walks again to the very same rows', () => {
    expect(namedRows(supervisionStore(generateWorld({ seed: 11, size: 'small' })), TABLE)).toEqual(rows);
  });

  it('was delivered this morning at the latest, and last a few hours before noon', () => {
    const times = surviving.map((row) => text(row, 'cd_time')).sort();
    expect(times.at(-1)).toBe(`${world.today} 06:30:00`);
    expect(times.every((time) => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(time))).toBe(true);
  });

  it('fits every cell into its column', () => {
    expect(cellsTooLong(store)).toEqual([]);
  });
});

describe('defects among the checks that count', () => {
  const code = (row: NamedRow): string => text(row, 'administrative_cp_ui_code');
  it.each<[string, (row: NamedRow) => boolean]>([
    ['D1 registration number in the column of codes', (row) => isRegistrationNumber(code(row))],
    ['D2 lower case', (row) => /^9\d[0-9a-z]{16}$/.test(code(row)) && /[a-z]/.test(code(row))],
    ['D2 full width', (row) => /[０-９Ａ-Ｚ]/.test(code(row))],
    ['D2 letters for digits', (row) => /^9[\dA-Z]{17}$/.test(code(row)) && /[OI]/.test(code(row))],
    ['D3 text around the code', (row) => /信用代码|（1\/1）|\(\)/.test(code(row))],
    [
      'D4 words for nothing',
      (row) => ['undefined', 'null', '暂无', '无', '\\N'].includes(text(row, 'plan_id')),
    ],
    [
      'D5 the name in the column of codes',
      (row) => code(row) !== '' && code(row) === text(row, 'supervise_object'),
    ],
    [
      'D7 masked number, the vessel named beside it',
      (row) => code(row).includes('*') && /渔|YU|鱼/.test(text(row, 'supervise_object')),
    ],
    ['D9 report times before the check, being UTC', (row) => text(row, 'report_time').slice(11, 13) < '08'],
    [
      'D10 wrong encoding',
      (row) => /锟斤拷|\ufffd|ÖÜÉ½/.test(text(row, 'check_action_name') + text(row, 'address_operating')),
    ],
    ['D10 rare character', (row) => text(row, 'address_operating').includes('㟙')],
    [
      'D11 blanks at an end of a code',
      (row) => /^[\s\u200b]|[\s\u200b]$/.test(text(row, 'implement_institution_code')),
    ],
    [
      'D15 an empty place among certificate numbers',
      (row) => text(row, 'check_personnel_code').startsWith(';'),
    ],
    ['D15 several results in one cell', (row) => text(row, 'check_result').includes(',')],
    ['D16 code of the replaced list', (row) => text(row, 'check_result') === '1'],
    [
      'D16 codes that changed places, before',
      (row) => text(row, 'check_date') < '2024' && text(row, 'check_form') === '02',
    ],
    ['D16 a code that no list knows', (row) => text(row, 'check_mode') === '77'],
    ['D18 township in words', (row) => /乡|镇|嵊山|菜园/.test(text(row, 'district_code'))],
    ['D18 township in twelve digits', (row) => /^\d{12}$/.test(text(row, 'district_code'))],
    [
      'D21 name of the body in the column of its code',
      (row) => text(row, 'implement_institution_code').includes('局'),
    ],
    [
      'D22 reported before the check',
      (row) => text(row, 'report_time').slice(0, 10) < text(row, 'check_date'),
    ],
    ['D23 numbers of the old platform', (row) => text(row, 'record_unique_identity').startsWith('330922JC')],
    ['D23 numbers of the new one', (row) => /^[0-9a-f]{32}$/.test(text(row, 'record_unique_identity'))],
    [
      'vessels by code',
      (row) => /^\d{16}$/.test(code(row)) && text(row, 'administrative_cp_ce_type') === '099',
    ],
  ])('%s', (_name, claim) => {
    expect(count(surviving, claim)).toBeGreaterThan(0);
  });

  it('D6 15-digit citizen numbers, where persons were checked', () => {
    const persons = surviving.filter(
      (row) => row.get('administrative_cp_ce_type') === '111' && !code(row).includes('*'),
    );
    const checked = [...world.inspections].filter(
      ({ heldBy, subject }) => heldBy === 'supervision' && subject?.kind === 'person',
    );
    expect(persons).toHaveLength(checked.length);
    expect(count(persons, (row) => /^\d{15}$/.test(code(row))) > 0).toBe(checked.length >= 8);
  });
});

describe('rows that must never be shown', () => {
  const survivors = new Set(surviving.map((row) => row.get('cd_id')));
  it.each<[string, (row: NamedRow) => boolean]>([
    ['D12 deleted', (row) => row.get('cd_operation') === 'd'],
    ['D12 deleted, in upper case', (row) => row.get('cd_operation') === 'D'],
    ['D13 test', (row) => row.get('env_flag') === 'test'],
    ['D13 test, by number', (row) => row.get('env_flag') === '1'],
    ['D14 outdated versions', (row) => row.get('check_date') === '2020-01-01'],
    ['checks of the market bureau', (row) => row.get('source_dept_code') === '330922_scjg'],
    ['checks of the marine bureau', (row) => row.get('source_dept_code') === '330922_hyyy'],
  ])('%s', (_name, claim) => {
    const found = rows.filter(claim);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((row) => survivors.has(row.get('cd_id')))).toEqual([]);
  });

  it('D14 two versions within one second, told apart by the running number alone', () => {
    const seen = new Map<string, number>();
    for (const row of rows) {
      const moment = `${text(row, 'record_unique_identity')} ${text(row, 'cd_time')}`;
      seen.set(moment, (seen.get(moment) ?? 0) + 1);
    }
    expect(Math.max(...seen.values())).toBe(2);
  });

  it('a test row newer than the check it imitates', () => {
    const newest = new Map(surviving.map((row) => [row.get('record_unique_identity'), text(row, 'cd_time')]));
    expect(
      count(rows, (row) => {
        const real = newest.get(row.get('record_unique_identity') ?? null);
        return row.get('env_flag') === 'test' && real !== undefined && text(row, 'cd_time') > real;
      }),
    ).toBeGreaterThan(0);
  });
});
