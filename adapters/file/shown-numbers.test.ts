import { DropReader } from './testing/drop-reader.js';
import { inline, sheetData, writeWorkbook } from './testing/write-workbook.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

const escapeCode = (code: string): string =>
  code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** What comes of one cell by a format, read as a text and as a number. */
async function readCell(code: string, value: string, type = 'n'): Promise<readonly unknown[]> {
  const cell = type === 'n' ? `<c s="0"><v>${value}</v></c>` : `<c s="0" t="str"><v>${value}</v></c>`;
  const workbook = writeWorkbook({
    sheets: {
      S: sheetData([
        [inline('text'), inline('number')],
        [cell, cell],
      ]),
    },
    styles: `<numFmts><numFmt numFmtId="200" formatCode="${escapeCode(code)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs>`,
  });
  const { rows } = await reader.read('a.xlsx', workbook, { numbers: ['number'] });
  return [rows[0]?.text, rows[0]?.number];
}

describe('a number whose format adds to it', () => {
  it.each([
    ['000000', '123', '000123'],
    ['000000', '1234567', '1234567'],
    ['00', '0', '00'],
    ['"浙嵊渔"00000', '90007', '浙嵊渔90007'],
    ['"浙嵊渔"00000', '7', '浙嵊渔00007'],
    ['"JY2330922"0000000', '123', 'JY23309220000123'],
    ['0000"-"00000000', '58012345678', '0580-12345678'],
    ['0000\\-00000000', '58012345678', '0580-12345678'],
    ['"KZ"0', '12', 'KZ12'],
    ['K0', '12', 'K12'],
    ['"第"0"号"', '12', '第12号'],
    ['"No."#', '12', 'No.12'],
    ['000000;-000000', '-12', '-000012'],
    ['000000', '-12', '-000012'],
    ['[=1]"男";[=2]"女";0', '1', '男'],
    ['[=1]"男";[=2]"女";0', '2', '女'],
    ['[=1]"男";[=2]"女";0', '3', '3'],
    ['"是";;"否"', '1', '是'],
    ['"是";;"否"', '0', '否'],
    ['[Red]000;[Blue]-000;"-";@', '5', '005'],
    ['[$-804]000', '5', '005'],
  ])('by %s is %s → %s to who reads a text, and itself to who reads a number', async (code, value, shown) => {
    expect(await readCell(code, value)).toEqual([shown, String(Number(value))]);
  });

  it.each([
    ['General', '12'],
    ['0', '12'],
    ['@', '12'],
    ['#,##0', '12345'],
    ['0.00', '12'],
    ['#,##0.00"元"', '12.5'],
    ['0%', '0.5'],
    ['0.00E+00', '12'],
    ['# ?/?', '0.5'],
    ['[$¥-804]#,##0.00', '12'],
    ['[$¥-804]0', '12'],
    ['_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', '12'],
    ['[DBNum1][$-804]0', '12'],
    ['General"日"', '12'],
    ['G/通用格式', '12'],
    ['000', '12.5'],
    [';;;', '12'],
    ['Standard', '46203'],
  ])('by %s is %s to everybody', async (code, value) => {
    expect(await readCell(code, value)).toEqual([value, value]);
  });

  it.each([
    ['yyyy年m月d日', '46203', '2026-06-30'],
    ['e"年"m"月"', '46203', '2026-06-30'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy;@', '46203', '2026-06-30'],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日"', '46203', '2026-06-30'],
    ['yyyy/m/d aaaa', '46203', '2026-06-30'],
    ['yyyy\\-mm\\-dd\\ hh:mm:ss.000', '46203.5', '2026-06-30 12:00:00'],
    ['上午/下午h"时"mm"分"', '0.75', '18:00:00'],
    ['h:mm AM/PM', '0.75', '18:00:00'],
    ['[<1]hh:mm;yyyy/m/d', '0.5', '12:00:00'],
    ['[<1]hh:mm;yyyy/m/d', '46203', '2026-06-30'],
    ['[mm]:ss', '0.5', '12:00:00'],
  ])('by %s is the day or time %s → %s', async (code, value, moment) => {
    expect(await readCell(code, value)).toEqual([moment, moment]);
  });

  it.each([
    ['@"镇"', '菜园', '菜园镇'],
    ['0;-0;0;"浙嵊渔"@', '00012', '浙嵊渔00012'],
    ['@', '菜园', '菜园'],
    ['0.00', '菜园', '菜园'],
    [';;;', '菜园', '菜园'],
  ])('shows a text by %s: %s → %s', async (code, text, shown) => {
    expect(await readCell(code, text, 'str')).toEqual([shown, text]);
  });
});

describe('a number', () => {
  it.each([
    ['3.3000000000000003', '3.3'],
    ['0.30000000000000004', '0.3'],
    ['434.99999999999994', '435'],
    ['1234.5600000000002', '1234.56'],
    ['0.3333333333333333', '0.3333333333333333'],
    ['99999999999999.98', '99999999999999.98'],
    ['123456789012345', '123456789012345'],
    ['999999999999999', '999999999999999'],
    ['1000000000000000', '1E+15'],
    ['3309222008060012', '3.30922200806001E+15'],
    ['330922198001010000', '3.3092219800101E+17'],
    ['3.3092219800101E+17', '3.3092219800101E+17'],
  ])('of binary dust or too many digits: %s is %s', async (value, text) => {
    expect(await readCell('0', value)).toEqual([text, text]);
  });

  it('of more digits than a spreadsheet keeps is no key, in a workbook and in a CSV', async () => {
    const sheet = sheetData([
      [inline('id')],
      ['<c><v>330922198001010000</v></c>'],
      [inline('330922198001010009')],
    ]);
    expect(await reader.faults('a.xlsx', writeWorkbook({ sheets: { S: sheet } }), { key: ['id'] })).toEqual([
      'imprecise-key@S!2:id=3.3092219800101E+17',
    ]);
    expect(await reader.faults('a.csv', 'id\n3.30922E+17\n3E+17\n12\n', { key: ['id'] })).toEqual([
      'imprecise-key@2:id=3.30922E+17',
      'imprecise-key@3:id=3E+17',
    ]);
  });
});
