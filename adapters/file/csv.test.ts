import iconv from 'iconv-lite';
import { DropReader } from './testing/drop-reader.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

/** Cells by heading, without what the adapter adds. */
async function cellsOf(bytes: string | Uint8Array, wanted = {}): Promise<unknown[]> {
  const { outcome, rows } = await reader.read('a.csv', bytes, wanted);
  expect(outcome).toMatchObject({ kind: 'accepted' });
  return rows.map(({ _sheet, _row, _received, ...cells }) => cells);
}

describe('a CSV drop', () => {
  it('keeps texts as they are, tells "" from nothing, and counts rows as a spreadsheet does', async () => {
    const csv = 'id,名称\r\n1,"听海,\r\n""轩"" "\r\n\r\n2,\r\n,\r\n3,""\r\n 4 ,　x\u200b\r\n';
    const { rows } = await reader.read('a.csv', csv);
    expect(rows.map(({ id, 名称: name, _row: row }) => [row, id, name])).toEqual([
      [2, '1', '听海,\r\n"轩" '],
      [4, '2', null],
      [6, '3', ''],
      [7, ' 4 ', '　x\u200b'],
    ]);
  });

  it.each(['\r\n', '\n', '\r'])('may end its lines in %j, the last one in nothing', async (end) => {
    expect(await cellsOf(['a,b', '1,2', '3,4'].join(end))).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  it('may mix ends of lines', async () => {
    expect(await cellsOf('a,b\r\n1,2\n3,4\r\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ]);
  });

  const rare = 'a,b\r\n㟙山,𣗋😀\r\n嵊泗,€\r\n';
  it.each([
    ['UTF-8', Buffer.from(rare)],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${rare}`)],
    ['GB18030', iconv.encode(rare, 'gb18030')],
    ['GB18030 with its mark', iconv.encode(`\ufeff${rare}`, 'gb18030')],
  ])('of charset auto is read in %s', async (_, bytes) => {
    expect(await cellsOf(bytes)).toEqual([
      { a: '㟙山', b: '𣗋😀' },
      { a: '嵊泗', b: '€' },
    ]);
  });

  const HEAD = 'bh,dm,xb\r\n';
  it.each([
    ['GB18030 whose bytes are letters of UTF-8', '1,x,女\r\n2,y,女\r\n', 'gb18030', '女', 'doubtful-gb18030'],
    [
      'GB18030 of which only some are',
      '1,x,女\r\n2,y,男\r\n3,y,女\r\n4,y,女\r\n5,y,女\r\n',
      'gb18030',
      '女',
      'gb18030',
    ],
    ['GB18030 of two such characters', '1,x,模女\r\n', 'gb18030', '模女', 'doubtful-gb18030'],
    ['UTF-8 with a letter of another alphabet', '1,x,Café\r\n', 'utf-8', 'Café', 'doubtful-utf-8'],
    ['UTF-8 with a sign between names', '1,x,A·B\r\n', 'utf-8', 'A·B', 'doubtful-utf-8'],
    ['UTF-8 with a square metre', '1,x,12m²\r\n', 'utf-8', '12m²', 'doubtful-utf-8'],
    ['UTF-8 of rare characters', '1,x,嵊泗\r\n', 'utf-8', '嵊泗', undefined],
    ['ASCII', '1,x,F\r\n', 'utf-8', 'F', undefined],
  ])('is taken for %s', async (_, lines, charset, value, note) => {
    const { outcome, rows } = await reader.read('a.csv', iconv.encode(`${HEAD}${lines}`, charset));
    expect(rows[0]?.xb).toBe(value);
    expect(outcome.kind === 'accepted' && outcome.notes.map(({ code }) => code)).toEqual(note ? [note] : []);
  });

  it('is taken for the charset in which its headings are there', async () => {
    const bytes = Buffer.concat([iconv.encode('b,模女\r\n1,', 'gb18030'), Buffer.from('Café\r\n')]);
    const { outcome, rows } = await reader.read('a.csv', bytes, { columns: ['模女'] });
    expect(rows).toMatchObject([{ b: '1', 模女: 'Caf茅' }]);
    expect(outcome).toMatchObject({ notes: [{ code: 'gb18030' }] });
    expect(await cellsOf(bytes, { charset: 'utf-8' })).toEqual([{ b: '1', ģŮ: 'Café' }]);
  });

  it.each([
    ['quoted', '"=""0012"""', '0012'],
    ['not quoted', '="0012"', '0012'],
    ['with a comma', '"=""a,b"""', 'a,b'],
    ['empty', '=""', ''],
    ['a formula that is more', '"=""a""&B1"', '="a"&B1'],
    ['an apostrophe, which a codec takes off', "'0012", "'0012"],
    ['a text between quotes', '"""海晏"""', '"海晏"'],
  ])('has the guards of exporters off: %s', async (_, cell, value) => {
    expect(await cellsOf(`id,b,c\n1,${cell},"x"\n`)).toEqual([{ id: '1', b: value, c: 'x' }]);
  });

  it('may tell Excel its delimiter in a first line, which is no row', async () => {
    const { rows } = await reader.read('a.csv', '\ufeffsep=;\r\na;b\r\n1;x,y\r\n');
    expect(rows).toMatchObject([{ _row: 2, a: '1', b: 'x,y' }]);
    expect(await reader.faults('a.csv', 'sep=;\na;b\n1;"x\n2;y\n')).toEqual([
      expect.stringMatching(/^broken-csv@2=/),
    ]);
  });

  it('may end as files of old systems do', async () => {
    expect(await cellsOf('a,b\r\n1,2\r\n\u001a')).toEqual([{ a: '1', b: '2' }]);
  });

  it('is decoded across the borders of reading', async () => {
    const cell = '嵊泗𣗋'.repeat(3000);
    const text = `a\r\n${`${cell}\r\n`.repeat(5)}`;
    for (const charset of ['utf-8', 'gb18030'] as const) {
      const rows = await cellsOf(iconv.encode(text, charset), { charset: 'auto' });
      expect(rows).toEqual(Array.from({ length: 5 }, () => ({ a: cell })));
    }
  });

  it('has another delimiter when the mapping says so', async () => {
    expect(await cellsOf('a\tb\n1,5\t2\n', { delimiter: '\t' })).toEqual([{ a: '1,5', b: '2' }]);
  });

  it('has its headings further down and stacked, an upper one reaching to the next', async () => {
    const csv = '民宿台账,,,\n序号,基本信息,,证照\n,名称,房间数,证照\n1,听海,3,L1\n';
    expect(await cellsOf(csv, { header: { row: 2, rows: 2 } })).toEqual([
      { 序号: '1', '序号/基本信息': undefined, '基本信息/名称': '听海', '基本信息/房间数': '3', 证照: 'L1' },
    ]);
  });

  it('has headings without breaks, outer spaces and invisible characters', async () => {
    expect(await cellsOf('"名\n称\u200b ",　日期\n1,2\n')).toEqual([{ 名称: '1', 日期: '2' }]);
  });

  it('may leave columns at the end without a heading if they are empty', async () => {
    expect(await cellsOf('a,b,,\n1,2,,\n')).toEqual([{ a: '1', b: '2' }]);
  });
});

describe('a CSV drop is rejected', () => {
  const wanted = { columns: ['名称'], key: ['id'] };
  it.each([
    ['without a heading, with the nearest one', 'id,名称1\n1,a\n', ['missing-heading@1:名称']],
    ['with a heading twice, letter case aside', 'id,名称,ID\n1,a,2\n', ['duplicate-heading@1:ID']],
    ['with a heading of ours', 'id,名称,_row\n1,a,2\n', ['reserved-heading@1:_row']],
    ['without a key', 'id,名称\n,a\n" ",b\n3,c\n', ['empty-key@2:id', 'empty-key@3:id']],
    ['with a key twice', 'id,名称\n1,a\n2,b\n1,c\n1,d\n', ['duplicate-key@4:id=1', 'duplicate-key@5:id=1']],
    ['with a cell too many', 'id,名称\n1,a,b\n', ['extra-cell@2:C=b']],
    ['with a row that ends early', 'id,名称,c\n1,a,b\n2,x', ['short-row@3=2']],
    ['with U+FFFD', 'id,名称\n1,听\ufffd\n', ['undecodable@2:名称=听\ufffd']],
    ['with mojibake', 'id,名称\n1,锟斤拷\n', ['mojibake@2:名称=锟斤拷']],
    ['with a quote that is never closed', 'id,名称\n1,"a\n2,b\n', ['broken-csv']],
    ['with a quote inside', 'id,名称\n1,a"b\n', ['broken-csv']],
    ['with NUL', 'id,名称\n1,a\0\n', ['not-text@']],
    ['without rows', 'id,名称\n,\n', ['no-rows@']],
    ['without anything', '', ['no-rows@']],
    ['with all its faults at once', 'id,名称\n,a\n1,锟斤拷,x\n', ['empty-key', 'mojibake', 'extra-cell']],
  ])('%s', async (_, csv, faults) => {
    const found = await reader.faults('a.csv', csv, wanted);
    expect(found).toHaveLength(faults.length);
    found.forEach((fault, index) => {
      expect(fault.slice(0, faults[index]?.length)).toBe(faults[index]);
    });
  });

  it('with a key twice in one version of its rows alone, where the newest version counts', async () => {
    const newest = { key: ['id'], newest: ['日期'] };
    const twice = 'id,日期\n1,06-01\n1,06-02\n';
    expect(await reader.faults('a.csv', twice, newest)).toEqual(['accepted']);
    expect(await reader.faults('a.csv', `${twice}1,06-01\n`, newest)).toEqual([
      'duplicate-key@4:id + 日期=1 + 06-01',
    ]);
  });

  it('in UTF-8 while the mapping states GB18030', async () => {
    const csv = 'id,name\n1,海晏民宿\n';
    expect(await reader.faults('a.csv', csv, { charset: 'gb18030' })).toEqual(['wrong-charset@']);
    expect(await reader.faults('a.csv', iconv.encode(csv, 'gb18030'), { charset: 'gb18030' })).toEqual([
      'accepted',
    ]);
  });

  it('with quotes out of their place, each by its own row and column, however long the file', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `${index + 1},民宿${index + 1}`);
    lines[1200] = '1201,"第一行\n第二行"';
    lines[2499] = '2500,"海晏"民宿';
    lines[2799] = '2800,嵊泗"海晏"民宿';
    lines[2899] = '="2900,x"';
    expect(await reader.faults('a.csv', `id,名称\n${lines.join('\n')}\n`, wanted)).toEqual([
      'broken-csv@2501:名称="海晏"民宿',
      'broken-csv@2801:名称=嵊泗"海晏"民宿',
      'broken-csv@2901:id=="2900',
    ]);
    const open = `id,名称\n${lines.slice(0, 1200).join('\n')}\n1201,"x\n1202,y\n`;
    expect(await reader.faults('a.csv', open, wanted)).toEqual([expect.stringMatching(/^broken-csv@1202=/)]);
  });

  it('with bytes that are no character of its charset, by row and column', async () => {
    const broken = Buffer.concat([
      Buffer.from('id,名称\n1,听海\n2,望'),
      Buffer.from([0xe6, 0xb5]),
      Buffer.from('\n'),
    ]);
    expect(await reader.faults('a.csv', broken, wanted)).toEqual(['undecodable@3:名称=望\ufffd']);
    const gbk = iconv.encode('id,名称\n1,听海\n', 'gb18030');
    expect(await reader.faults('a.csv', gbk, { ...wanted, charset: 'utf-8' })).toContain(
      'missing-heading@1:名称',
    );
    expect(
      await reader.faults('a.csv', Buffer.concat([gbk, Buffer.from('2,\xff\n', 'latin1')]), wanted),
    ).toEqual(['undecodable@3:名称=\ufffd']);
  });

  it('in UTF-16', async () => {
    expect(await reader.faults('a.csv', Buffer.from('\ufeffid,名称\n1,a\n', 'utf16le'), wanted)).toEqual([
      'not-text@',
    ]);
  });

  it('with a cell beyond what a cell holds', async () => {
    const cell = '长'.repeat(32_767);
    expect(await reader.faults('a.csv', `id,名称\n1,${cell}\n`, wanted)).toEqual(['accepted']);
    expect(await reader.faults('a.csv', `id,名称\n1,${cell}长\n`, wanted)).toEqual([
      `too-long@2:名称=${'长'.repeat(200)}…`,
    ]);
  });

  it('with more columns than a table has', async () => {
    const headings = Array.from({ length: 1001 }, (_, index) => `c${index}`).join(',');
    expect(await reader.faults('a.csv', `${headings}\n${headings}\n`)).toEqual([
      'too-many-columns@:c1000=1000',
    ]);
  });

  it('after ten thousand faults, without reading on', async () => {
    const { outcome } = await reader.read('a.csv', `id,名称\n${',a\n'.repeat(12_000)}`, wanted);
    expect(outcome).toMatchObject({ kind: 'rejected', isComplete: false });
    expect(outcome.kind === 'rejected' && outcome.faults).toHaveLength(10_000);
  });

  it.each([
    ['台账.xls', '<html>', 'old-excel@'],
    ['台账.csv', Buffer.from('d0cf11e0a1b11ae1000000', 'hex'), 'old-excel@'],
    ['台账.xlsx', '<html>', 'not-xlsx@'],
  ])('when it is none: %s', async (name, content, fault) => {
    expect(await reader.faults(name, content)).toEqual([fault]);
  });
});
