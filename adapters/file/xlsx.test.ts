import writeXlsxFile from 'write-excel-file/node';
import { DropReader } from './testing/drop-reader.js';
import {
  inline,
  listWorkbookParts,
  sheetData,
  type WorkbookParts,
  writeWorkbook,
} from './testing/write-workbook.js';
import { writeZip } from './testing/write-zip.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

async function rowsOf(bytes: Uint8Array, wanted = {}): Promise<readonly unknown[][]> {
  const { outcome, rows } = await reader.read('a.xlsx', bytes, wanted);
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return rows.map(({ _received, ...row }) => Object.values(row));
}

/** The values of one column `v`, of cells that are written by hand. */
async function valuesOf(
  cells: readonly string[],
  workbook: Omit<WorkbookParts, 'sheets'> = {},
  wanted = {},
): Promise<unknown[]> {
  const rows = [[inline('n'), inline('v')], ...cells.map((cell) => [inline('x'), cell])];
  const { outcome, rows: read } = await reader.read(
    'a.xlsx',
    writeWorkbook({ ...workbook, sheets: { S: sheetData(rows) } }),
    wanted,
  );
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return read.map((row) => row.v);
}

const faultsOf = (workbook: WorkbookParts, wanted = {}) =>
  reader.faults('a.xlsx', writeWorkbook(workbook), wanted);

describe('an xlsx drop', () => {
  it('of townships, one sheet each, under stacked and merged headings, is one table', async () => {
    const sheet = (township: string, count: number) => [
      [{ value: `${township}民宿台账`, columnSpan: 4 }, null, null, null],
      [{ value: '许可证号', rowSpan: 2 }, { value: '基本信息', columnSpan: 2 }, null, { value: '证照' }],
      [null, { value: '名称' }, { value: '房间数' }, { value: '有效期' }],
      ...Array.from({ length: count }, (_, index) => [
        { value: `${township}${index}` },
        { value: '「听海」😀 ' },
        { value: 3 + index, type: Number },
        index === 0
          ? null
          : { value: new Date(Date.UTC(2021, 2, 5)), type: Date, format: 'yyyy"年"m"月"d"日"' },
      ]),
    ];
    const file = await writeXlsxFile([
      { sheet: '菜园镇', data: sheet('菜园', 2) },
      { sheet: '嵊山镇', data: sheet('嵊山', 1) },
      { sheet: '黄龙乡', data: [] },
    ]);
    const wanted = {
      header: { row: 2, rows: 2 },
      columns: ['基本信息/名称', '证照/有效期'],
      key: ['许可证号'],
    };
    expect(await rowsOf(await file.toBuffer(), wanted)).toEqual([
      ['菜园镇', 4, '菜园0', '「听海」😀 ', '3', null],
      ['菜园镇', 5, '菜园1', '「听海」😀 ', '4', '2021-03-05'],
      ['嵊山镇', 4, '嵊山0', '「听海」😀 ', '3', null],
    ]);
  });

  it('may order the columns of its sheets differently, and have more of them', async () => {
    const workbook = writeWorkbook({
      sheets: {
        A: sheetData([
          [inline('a'), inline('b')],
          [inline('1'), inline('2')],
        ]),
        B: sheetData([
          [inline('c'), inline('b'), inline('a')],
          [inline('3'), inline('2'), inline('1')],
        ]),
      },
    });
    expect(await rowsOf(workbook)).toEqual([
      ['A', 2, '1', '2', null],
      ['B', 2, '1', '2', '3'],
    ]);
  });

  it('is read by the sheets that the mapping names, and else by those that can be seen', async () => {
    const sheet = sheetData([[inline('a')], [inline('1')]]);
    const other = sheetData([[inline('choices')], [inline('x')]]);
    const workbook = {
      sheets: { 台账: sheet, 字典: other, 暗: other },
      sheetAttributes: { 字典: 'state="hidden"', 暗: 'state="veryHidden"' },
    };
    expect(await rowsOf(writeWorkbook(workbook), { columns: ['a'] })).toEqual([['台账', 2, '1']]);
    expect(await rowsOf(writeWorkbook(workbook), { sheets: ['字典'], columns: ['choices'] })).toEqual([
      ['字典', 2, 'x'],
    ]);
    expect(await faultsOf(workbook, { sheets: ['台账', '字典2'] })).toEqual(['missing-sheet@字典2!']);
  });

  it('has texts in place, shared, in runs, calculated and escaped, exactly', async () => {
    const cells = [
      inline(' a&#10;b&lt; '),
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c t="str"><f>A1</f><v>公式 </v></c>',
      '<c t="str"><f>""</f><v></v></c>',
      inline('_x0041__x005F_x0042_'),
      inline('<![CDATA[<b>]]>c'),
      '<c/>',
    ];
    const sharedStrings =
      '<si><t xml:space="preserve"> 共享 </t></si><si><r><t>红</t></r><r><rPr><b/></rPr><t>黑</t></r><rPh><t>hóng</t></rPh></si>';
    expect(await valuesOf(cells, { sharedStrings })).toEqual([
      ...[' a\nb< ', ' 共享 ', '红黑', '公式 ', '', 'A_x0042_', '<b>c', null],
    ]);
  });

  it('has numbers in their shortest digits, of more than 15 as a spreadsheet shows them, and truths as words', async () => {
    const numbers = [
      '0.1',
      '1.1000000000000001',
      '1E-7',
      '1e21',
      '-5',
      '330922000012345000',
      '1.5E+3',
      '0',
      '.5',
    ];
    const cells = [
      ...numbers.map((number) => `<c><v>${number}</v></c>`),
      '<c t="b"><v>1</v></c>',
      '<c t="b"><v>0</v></c>',
    ];
    expect(await valuesOf(cells)).toEqual([
      ...['0.1', '1.1', '0.0000001', '1E+21', '-5', '3.30922000012345E+17', '1500', '0', '0.5'],
      ...['true', 'false'],
    ]);
  });

  const styles = [
    'yyyy"年"m"月"d"日"',
    'yyyy-mm-dd hh:mm:ss',
    'h:mm',
    '[h]:mm',
    '0.00E+00',
    '[Red]#,##0.00;"欠"0',
    '[$-804]m"月"',
    'aaaa',
    '0"天"',
    'General',
    '"d"0',
    '\\h0',
  ];
  const styleSheet = `<numFmts>${styles
    .map(
      (code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
    )
    .join('')}</numFmts><cellXfs>${styles.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}${[
    14, 22, 31, 21, 46,
  ]
    .map((id) => `<xf numFmtId="${id}"/>`)
    .join('')}</cellXfs>`;
  const styled = (style: number, value: string) => `<c s="${style}"><v>${value}</v></c>`;

  it('has dates, moments and times where its formats show them', async () => {
    const cells = [
      styled(0, '44260'),
      styled(0, '44260.75'),
      styled(1, '44260'),
      styled(1, '44260.33333333333'),
      styled(1, '44260.999999999'),
      styled(2, '0.5'),
      styled(2, '44260.5'),
      styled(3, '1.0625'),
      styled(4, '44260'),
      styled(5, '44260'),
      styled(6, '44260'),
      styled(7, '44260'),
      styled(8, '44260'),
      styled(9, '44260'),
      styled(10, '44260'),
      styled(11, '44260'),
      styled(12, '44260'),
      styled(13, '44260.5'),
      styled(14, '44260'),
      styled(15, '0.25'),
      styled(16, '2'),
      '<c t="d"><v>2021-03-05T00:00:00</v></c>',
      '<c t="d"><v>2021-03-05T08:00:00.000Z</v></c>',
    ];
    expect(await valuesOf(cells, { styles: styleSheet }, { numbers: ['v'] })).toEqual([
      ...[
        '2021-03-05',
        '2021-03-05 18:00:00',
        '2021-03-05 00:00:00',
        '2021-03-05 08:00:00',
        '2021-03-06 00:00:00',
      ],
      ...[
        '12:00:00',
        '2021-03-05 12:00:00',
        '25:30:00',
        '44260',
        '44260',
        '2021-03-05',
        '2021-03-05',
        '44260',
      ],
      ...[
        '44260',
        '44260',
        '44260',
        '2021-03-05',
        '2021-03-05 12:00:00',
        '2021-03-05',
        '06:00:00',
        '48:00:00',
      ],
      ...['2021-03-05', '2021-03-05 08:00:00'],
    ]);
  });

  it('counts days from 1900, with its 29 February, or from 1904', async () => {
    const cells = ['1', '59', '60', '61', '2958465', '2958466', '-1'].map((day) => styled(0, day));
    expect(await valuesOf(cells, { styles: styleSheet })).toEqual([
      ...['1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01', '9999-12-31', '2958466', '-1'],
    ]);
    const properties = '<workbookPr date1904="1"/>';
    expect(await valuesOf([styled(0, '0'), styled(0, '42798')], { styles: styleSheet, properties })).toEqual([
      ...['1904-01-01', '2021-03-05'],
    ]);
  });

  it('has cells and rows where they say they are', async () => {
    const data = `<sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>a</t></is></c><c r="D2" t="inlineStr"><is><t>b</t></is></c></row>
      <row r="5"><c r="D5"><v>2</v></c></row><row r="7" hidden="1"><c r="B7"><v>1</v></c></row><row r="9"><c r="B9" s="0"/></row></sheetData>`;
    expect(await rowsOf(writeWorkbook({ sheets: { S: data } }), { header: { row: 2, rows: 1 } })).toEqual([
      ['S', 5, null, '2'],
      ['S', 7, '1', null],
    ]);
  });

  it('repeats what is merged down a column, and rejects what is merged across', async () => {
    const rows = [
      [inline('乡镇'), inline('名称')],
      [inline('菜园镇'), inline('甲')],
      ['<c/>', inline('乙')],
      ['<c/>', '<c/>'],
      [inline('嵊山镇'), inline('丙')],
    ];
    const merged = (ref: string, data = rows) => ({
      sheets: { S: `${sheetData(data)}<mergeCells><mergeCell ref="${ref}"/></mergeCells>` },
    });
    expect(await rowsOf(writeWorkbook(merged('A2:A4')))).toEqual([
      ['S', 2, '菜园镇', '甲'],
      ['S', 3, '菜园镇', '乙'],
      ['S', 5, '嵊山镇', '丙'],
    ]);
    // The rows below end before the merge's column, with one column between.
    const short = [
      [inline('乡镇'), inline('备注'), inline('名称')],
      [inline('菜园镇'), inline('无'), inline('甲')],
      [inline('嵊山镇')],
      [inline('洋山镇')],
    ];
    expect(await rowsOf(writeWorkbook(merged('C2:C4', short)))).toEqual([
      ['S', 2, '菜园镇', '无', '甲'],
      ['S', 3, '嵊山镇', null, '甲'],
      ['S', 4, '洋山镇', null, '甲'],
    ]);
    const wide = [short[0] ?? [], [inline('菜园镇'), inline('甲')]];
    expect(await faultsOf(merged('B2:C2', wide), { key: ['备注'] })).toEqual(['wide-merge@S!2=菜园镇']);
  });

  it('is drafted without what is merged across below it, as long as no key tells', async () => {
    const rows = [
      [inline('乡镇'), inline('名称')],
      [inline('菜园镇'), inline('甲')],
      [inline('填表人：张三')],
    ];
    const data = `${sheetData(rows)}<mergeCells><mergeCell ref="A3:B3"/></mergeCells>`;
    const { outcome, rows: read } = await reader.read('a.xlsx', writeWorkbook({ sheets: { S: data } }));
    expect([read.map((row) => row.名称), outcome]).toMatchObject([
      ['甲'],
      { kind: 'accepted', notes: [{ code: 'remark-row', row: 3 }] },
    ]);
  });

  it('says once that its headings are a title', async () => {
    const rows = [[inline('船舶台账')], [inline('船名'), inline('吨位')], [inline('嵊翔1'), inline('9')]];
    const titled = (ref: string) => ({
      sheets: { S: `${sheetData(rows)}<mergeCells><mergeCell ref="${ref}"/></mergeCells>` },
    });
    expect(await faultsOf(titled('A1:B1'))).toEqual(['title-heading@S!1=船舶台账']);
    // Above different headings it is their group.
    expect(await faultsOf(titled('A1:B1'), { header: { row: 1, rows: 2 } })).toEqual(['accepted']);
  });

  it('may be of the strict standard, with prefixes and absolute paths', async () => {
    const parts = listWorkbookParts({ sheets: { S: sheetData([[inline('a')], [inline('1')]]) } }).map(
      (part) => ({
        ...part,
        content: String(part.content)
          .replaceAll(
            'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
            'http://purl.oclc.org/ooxml/officeDocument/relationships',
          )
          .replaceAll('xmlns=', 'xmlns:x=')
          .replaceAll(/<(\/?)(?=[a-z])/gi, '<$1x:')
          .replace('Target="worksheets', 'Target="/xl/worksheets'),
      }),
    );
    expect(await rowsOf(writeZip(parts))).toEqual([['S', 2, '1']]);
  });
});

describe('an xlsx drop is rejected', () => {
  const head = [inline('id'), inline('v')];
  const sheetOf = (...rows: string[][]): WorkbookParts => ({
    sheets: { 菜园镇: sheetData([head, ...rows]) },
  });

  it.each([
    [
      '#REF! and the like',
      sheetOf([inline('1'), '<c t="e"><v>#REF!</v></c>']),
      'error-cell@菜园镇!2:v=#REF!',
    ],
    [
      'a formula that nobody has calculated',
      sheetOf([inline('1'), '<c><f>A1</f></c>']),
      'uncalculated@菜园镇!2:v=',
    ],
    ['a cell beside the headings', sheetOf([inline('1'), '<c/>', inline('x')]), 'extra-cell@菜园镇!2:C=x'],
    ['half a character', sheetOf([inline('1'), inline('_xD83D_')]), 'undecodable@菜园镇!2:v=\ufffd'],
    ['a key twice', sheetOf([inline('1')], [inline('1')]), 'duplicate-key@菜园镇!3:id=1'],
    ['no rows', sheetOf(), 'no-rows@'],
    [
      'rows out of order',
      { sheets: { S: '<sheetData><row r="2"/><row r="1"/></sheetData>' } },
      'broken-xlsx@=',
    ],
    [
      'cells out of order',
      { sheets: { S: '<sheetData><row><c r="B1"/><c r="A1"/></row></sheetData>' } },
      'broken-xlsx@=',
    ],
    [
      'a cell of another row',
      { sheets: { S: '<sheetData><row r="1"><c r="A2"/></row></sheetData>' } },
      'broken-xlsx@=',
    ],
    [
      'a column beyond XFD',
      { sheets: { S: '<sheetData><row><c r="XFE1"/></row></sheetData>' } },
      'broken-xlsx@=',
    ],
    ['a shared text that is not there', sheetOf([inline('1'), '<c t="s"><v>9</v></c>']), 'broken-xlsx@='],
    ['a type of cell that is none', sheetOf([inline('1'), '<c t="q"><v>9</v></c>']), 'broken-xlsx@='],
    ['a number that is none', sheetOf([inline('1'), '<c><v>0x10</v></c>']), 'broken-xlsx@='],
    ['an entity that nobody declared', sheetOf([inline('&x;')]), 'broken-xlsx@='],
    [
      'a DOCTYPE',
      { ...sheetOf([inline('1')]), prolog: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' },
      'broken-xlsx@=',
    ],
  ])('with %s', async (_, workbook: WorkbookParts, fault) => {
    const [first = ''] = await faultsOf(workbook, { key: ['id'] });
    expect(first.slice(0, fault.length)).toBe(fault);
  });

  it('with a sheet of other headings, whose name is told', async () => {
    const workbook = {
      sheets: {
        菜园镇: sheetData([head, [inline('1')]]),
        说明: sheetData([[inline('填报说明')], [inline('x')]]),
      },
    };
    expect(await faultsOf(workbook, { columns: ['v'], key: ['id'] })).toEqual([
      'missing-heading@说明!1:v',
      'missing-heading@说明!1:id',
    ]);
  });

  it('with the same key on two sheets, naming both', async () => {
    const sheet = sheetData([head, [inline('1')]]);
    const { outcome } = await reader.read(
      'a.xlsx',
      writeWorkbook({ sheets: { 菜园镇: sheet, 嵊山镇: sheet } }),
      { key: ['id'] },
    );
    expect(outcome).toMatchObject({
      kind: 'rejected',
      faults: [{ code: 'duplicate-key', sheet: '嵊山镇', row: 2, known: ['2', '菜园镇'] }],
    });
  });

  const parts = listWorkbookParts(sheetOf([inline('1'), inline('x')]));
  const whole = writeZip(parts);

  it('when it is cut off, anywhere', async () => {
    expect(await reader.faults('a.xlsx', whole)).toEqual(['accepted']);
    for (let end = 4; end < whole.length; end += 97) {
      const [first = ''] = await reader.faults('a.xlsx', whole.subarray(0, end));
      expect(first).toMatch(/^broken-xlsx@=/);
    }
  });

  it('when a part is missing, twice there, changed, or encrypted', async () => {
    const change = (index: number, changed: object) =>
      reader.faults(
        'a.xlsx',
        writeZip(parts.map((part, place) => (place === index ? { ...part, ...changed } : part))),
      );
    for (let index = 0; index < parts.length; index += 1) {
      const [missing = ''] = await reader.faults(
        'a.xlsx',
        writeZip(parts.filter((_, place) => place !== index)),
      );
      expect(missing).toMatch(/^broken-xlsx@=/);
      expect((await change(index, { claimedSum: 1 }))[0]).toMatch(/^broken-xlsx@=the checksum/);
      expect((await change(index, { claimedSize: 5 }))[0]).toMatch(/^broken-xlsx@=/);
    }
    expect((await reader.faults('a.xlsx', writeZip([...parts, ...parts.slice(-1)])))[0]).toMatch(
      /^broken-xlsx@=there are two/,
    );
    expect(await change(0, { flags: 1 })).toEqual(['old-excel@']);
  });

  it('when it claims to unzip to too much, or does so without a word', async () => {
    const bomb = { name: 'xl/media/bomb', content: Buffer.alloc(80 << 20) };
    expect(await reader.faults('a.xlsx', writeZip([...parts, bomb]))).toEqual([
      expect.stringMatching(/^unzips-too-large@=/),
    ]);
    const huge = { name: 'xl/media/huge', content: '', claimedSize: 2 ** 31 };
    expect(await reader.faults('a.xlsx', writeZip([...parts, huge]))).toEqual([
      expect.stringMatching(/^unzips-too-large@=/),
    ]);
    const sheet = parts.map((part) =>
      part.name.includes('sheet1')
        ? { ...part, content: part.content + ' '.repeat(80 << 20), claimedSize: 500 }
        : part,
    );
    expect(await reader.faults('a.xlsx', writeZip(sheet))).toEqual([expect.stringMatching(/^broken-xlsx@=/)]);
  });
});
