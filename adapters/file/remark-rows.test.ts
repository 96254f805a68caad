import { DropReader } from './testing/drop-reader.js';
import { inline, listWorkbookParts, sheetData, writeWorkbook } from './testing/write-workbook.js';
import { writeZip } from './testing/write-zip.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

const HEAD = '案号,代码,罚款';
const wanted = { key: ['案号'] };

/** Keys of the rows that count, and what is noted as `code:row`. */
async function read(name: string, bytes: string | Uint8Array, more = {}): Promise<readonly unknown[]> {
  const { outcome, rows } = await reader.read(name, bytes, { ...wanted, ...more });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return [rows.map((row) => row.案号), outcome.notes.map(({ code, row }) => `${code}:${row}`)];
}

describe('a row that is none of the table', () => {
  it.each([
    '合计,,300',
    '合 计,,300',
    '总计：,,300',
    '合计2件,,300',
    '共60项,,',
    '以上共 3 家。,,',
    '菜园镇小计,,300',
    ',合计,300',
    ',,合计：300元',
    'Total,,300',
    'Grand total:,,300',
    '注：以上数据截至6月30日,,',
    '备注：,,',
    '*说明：不含简易程序,,',
    '制表人：张三,审核人：李四,',
    '填报单位：嵊泗县文广旅体局,填报日期：2026年6月30日,',
    '以下空白,,',
    '单位负责人（签字）：,经办人：王五,',
    ',单位（盖章）：,',
    '以上数据截至6月30日，不含简易程序。,,',
    '示例,x,100',
    '（样例）,x,100',
    '案号,代码,罚款',
    ' 案 号,,罚款',
    '——以下空白——,,',
  ])('is left out and noted: %s', async (line) => {
    expect(await read('a.csv', `${HEAD}\nA1,x,100\n${line}\nA2,x,200\n`)).toEqual([
      ['A1', 'A2'],
      ['remark-row:3'],
    ]);
  });

  it.each([
    '合记,x,300',
    '嵊泗县合计餐饮有限公司,x,3',
    '注2026-1,x,300',
    '总计办〔2026〕1号,x,300',
    '备注,x,1',
    '共60项目部,x,1',
  ])('is not what only begins like one: %s', async (line) => {
    expect(await read('a.csv', `${HEAD}\n${line}\n`)).toEqual([[line.split(',')[0]], []]);
  });

  it.each([
    [',x,300', 'x'],
    [',,300', '300'],
    [' ,x,,', ' '],
  ])('is rejected if nothing tells that it is none: %s', async (line, value) => {
    expect(await reader.faults('a.csv', `${HEAD}\n${line}\n`, wanted)).toEqual([
      `empty-key@2:案号=${value.trim() === '' ? 'x' : value}`,
    ]);
  });

  it.each([
    ['1,2,3', 0],
    ['甲,乙,1', 0],
    ['（1）,（2）,（3）', 0],
    ['7,2,300', 1],
    ['8,,3', 1],
  ])('may number the columns below the headings: %s', async (line, count) => {
    const [keys, notes] = await read('a.csv', `${HEAD}\n${line}\nA1,x,100\n1,2,3\n`);
    expect(keys).toHaveLength(2 + count);
    expect(notes).toEqual(count === 0 ? ['remark-row:2'] : []);
  });

  it('needs a part of a key of several columns to be missing', async () => {
    const key = { key: ['案号', '代码'] };
    expect(await read('a.csv', `${HEAD}\n合计,x,1\n合计,,1\n,小计,1\n`, key)).toEqual([
      ['合计'],
      ['remark-row:3', 'remark-row:4'],
    ]);
  });

  it('is ruled out by the mapping before its key is looked at, and anything else that is wrong with it', async () => {
    const where = [{ column: '案号', negated: true, values: ['本页', null] }];
    expect(await read('a.csv', `${HEAD}\nA1,x,100\n,\n,y,锟斤拷\n本页,,5\n本页,,5\n`, { where })).toEqual([
      ['A1'],
      [],
    ]);
    const only = [{ column: '代码', negated: false, values: ['x', 7] }];
    expect(await read('a.csv', `${HEAD}\nA1,x,100\nA1,y,1\nA2,7,3\n`, { where: only })).toEqual([
      ['A1', 'A2'],
      [],
    ]);
  });

  const head = [inline('案号'), inline('罚款')];
  const row = (key: string, fine: number): string[] => [inline(key), `<c><v>${fine}</v></c>`];

  it('may be merged across', async () => {
    const sheet = sheetData([head, row('A1', 1), [inline('合计：1 件')]]);
    const workbook = writeWorkbook({
      sheets: { S: `${sheet}<mergeCells><mergeCell ref="A3:B3"/></mergeCells>` },
    });
    expect(await read('a.xlsx', workbook)).toEqual([['A1'], ['remark-row:3']]);
  });

  it('may be the row of totals of a table object, whatever stands in it', async () => {
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const parts = [
      ...listWorkbookParts({
        sheets: { S: sheetData([head, row('A1', 1), row('A2', 2), row('两件', 3), row('A3', 9)]) },
      }),
      {
        name: 'xl/worksheets/_rels/sheet1.xml.rels',
        content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" Type="${relations}/table" Target="../tables/table1.xml"/></Relationships>`,
      },
      {
        name: 'xl/tables/table1.xml',
        content:
          '<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" ref="A1:B4" totalsRowCount="1"><tableColumns count="2"><tableColumn id="1" name="案号" totalsRowLabel="两件"/></tableColumns></table>',
      },
    ];
    expect(await read('a.xlsx', writeZip(parts))).toEqual([['A1', 'A2', 'A3'], ['table-total:4']]);
  });
});

describe('a key', () => {
  it('is bare of what exporters put around it, so that a row is the same in every drop', async () => {
    const csv = `${HEAD}\n"=""0012""",x,1\n="0013",x,1\n'0014,x,1\n\t0015\t,x,1\n　0016 ,x,1\n`;
    expect(await read('a.csv', csv)).toEqual([['0012', '0013', '0014', '0015', '0016'], []]);
    expect(await reader.faults('a.csv', `${HEAD}\n="0012",x,1\n0012,x,1\n`, wanted)).toEqual([
      'duplicate-key@3:案号=0012',
    ]);
  });
});
