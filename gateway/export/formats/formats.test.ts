import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import { parseExact } from '../../../runtime/json/exact-json.js';
import type { CellKind, Column } from '../ask/columns.js';
import { openLedger } from '../walk/export-ledger.js';
import { cellOf } from './cell-of.js';
import type { FileFacts, WriteFile } from './file-writer.js';
import { writeCsv } from './write-csv.js';
import { writeNdjson } from './write-ndjson.js';
import { writeXlsx } from './xlsx/write-xlsx.js';

function column(name: string, kind: CellKind = 'text'): Column {
  return { path: name.split('.'), heading: name, kind };
}

function facts(columns: readonly Column[]): FileFacts {
  const ledger = openLedger('req-1', null, () => new Date(0));
  ledger.end('finished');
  return { columns, query: '=query', variables: {}, standing: ledger.standing };
}

async function* inPages(rows: readonly unknown[], size = 2): AsyncGenerator<readonly unknown[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}

async function write(
  writer: WriteFile,
  rows: readonly unknown[],
  columns: readonly Column[],
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writer(inPages(rows), facts(columns))) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function csvCells(
  rows: readonly unknown[],
  columns: readonly Column[],
  charset: 'utf-8' | 'gb18030' = 'utf-8',
) {
  const bytes = await write(writeCsv(charset), rows, columns);
  const lines: string[][] = parse(iconv.decode(bytes, charset), { bom: true, record_delimiter: '\r\n' });
  return lines.slice(1);
}

async function sheets(rows: readonly unknown[], columns: readonly Column[], sheetRows?: number) {
  const read = await readExcelFile(await write(writeXlsx(sheetRows), rows, columns), { trim: false });
  return read.map(({ sheet, data }) => ({ name: sheet, cells: data as readonly (readonly unknown[])[] }));
}

/** What spreadsheet programs take for formulas, and what only looks so. */
const HARMFUL = ['=1+1', '+1', '-1+2', '@SUM(A1)', '\tx', '\rx', '＝1', "=cmd|' /C calc'!A0", '-', '-5'];
const HARMLESS = ['a=1', "'x", '1', '', ' =1', '５'];

describe('a formula in a cell', () => {
  it('begins with an apostrophe in CSV', async () => {
    const rows = [...HARMFUL, ...HARMLESS].map((x) => ({ x }));
    expect(await csvCells(rows, [column('x')])).toEqual([
      ...HARMFUL.map((text) => [`'${text}`]),
      ...HARMLESS.map((text) => [text]),
    ]);
  });

  it('is a text in a workbook', async () => {
    const [data] = await sheets(
      [...HARMFUL, 'a'].map((x) => ({ x })),
      [column('x')],
    );
    expect(data?.cells.slice(1)).toEqual([...HARMFUL, 'a'].map((text) => [text]));
  });

  it('is none where a number is negative', async () => {
    const rows = [{ n: '-12.50' }, { n: -3 }, { n: '-1+1' }, { n: '+5' }];
    expect(await csvCells(rows, [column('n', 'number')])).toEqual([['-12.50'], ['-3'], ["'-1+1"], ["'+5"]]);
    const [data] = await sheets(rows, [column('n', 'number')]);
    expect(data?.cells.slice(1)).toEqual([[-12.5], [-3], ['-1+1'], ['+5']]);
  });

  it('is neutral in headings and in joined cells', async () => {
    const bytes = await write(
      writeCsv('utf-8'),
      [{ a: [{ b: '=1' }, { b: '2' }] }],
      [{ ...column('a.b'), heading: '=h' }],
    );
    expect(bytes.toString()).toBe("\ufeff'=h\r\n'=1；2\r\n");
  });
});

describe('cellOf()', () => {
  const row = {
    a: { b: 1 },
    list: [{ c: 'x', d: null }, null, { c: 'y', d: 'z' }],
    none: [],
    flags: [true, false],
  };
  it.each([
    ['a.b', '1'],
    ['a.c', ''],
    ['b.a', ''],
    ['list.c', 'x；；y'],
    ['list.d', '；；z'],
    ['none', ''],
    ['none.c', ''],
    ['flags', 'true；false'],
    ['a', '{"b":1}'],
  ])('of %s is %j', (path, text) => {
    expect(cellOf(row, path.split('.'))).toBe(text);
  });

  it('keeps the digits of numbers', () => {
    const exact = parseExact('{"n": 12345678901234567890.10}');
    expect(cellOf(exact, ['n'])).toBe('12345678901234567890.10');
  });
});

describe('writers', () => {
  const text = fc
    .string({ unit: 'binary', maxLength: 20 })
    .filter((one) => !/^[=+\-@\t\r\n＝＋－＠]/u.test(one));

  it('write any text so that an independent reader finds it again', async () => {
    const columns = [column('x'), column('y')];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ x: text, y: text }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const cells = rows.map(({ x, y }) => [x, y]);
          expect(await csvCells(rows, columns)).toEqual(cells);
          expect(await csvCells(rows, columns, 'gb18030')).toEqual(cells);
          const ndjson = (await write(writeNdjson, rows, columns)).toString().trimEnd().split('\n');
          expect(ndjson.slice(0, -1).map((line) => JSON.parse(line))).toEqual(rows);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('write what XML cannot hold so that spreadsheet programs read it', async () => {
    const rows = ['a\u0001b', '<&">]]>', '_x0041_', 'a\r\nb', '\ud83d\ude00', 'x\ud83dy'].map((x) => ({ x }));
    const bytes = await write(writeXlsx(), rows, [column('x')]);
    const [data] = await readExcelFile(bytes, { trim: false });
    expect((data?.data ?? []).slice(1).map(([cell]) => cell)).toEqual([
      'a\u0001b',
      '<&">]]>',
      '_x0041_',
      'a\r\nb',
      '\ud83d\ude00',
      'x\ufffdy',
    ]);
  });

  it('write days, moments, numbers and flags as such where a workbook can', async () => {
    const columns = [
      column('d', 'date'),
      column('m', 'moment'),
      column('n', 'number'),
      column('b', 'boolean'),
    ];
    const [data] = await sheets(
      [
        { d: '2026-06-30', m: '2026-06-30T13:35:39+08:00', n: '1234567890123.45', b: true },
        { d: '1899-01-01', m: '2026-06-30T13:35:39Z', n: '12345678901234567.89', b: null },
      ],
      columns,
    );
    expect(data?.cells[1]).toEqual([
      new Date('2026-06-30T00:00:00Z'),
      expect.any(Date),
      1234567890123.45,
      true,
    ]);
    const moment = data?.cells[1]?.[1] as Date;
    expect(Math.round(moment.getTime() / 1000)).toBe(Date.parse('2026-06-30T13:35:39Z') / 1000);
    expect(data?.cells[2]).toEqual(['1899-01-01', '2026-06-30T13:35:39Z', '12345678901234567.89', null]);
  });

  it('begin a further sheet where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, x) => ({ x: `r${x}` }));
    const read = await sheets(rows, [column('x')], 4);
    expect(read.map(({ name, cells }) => [name, cells.length])).toEqual([
      ['数据', 4],
      ['说明', expect.any(Number)],
      ['数据2', 4],
      ['数据3', 2],
    ]);
    const data = read.filter(({ name }) => name !== '说明').flatMap(({ cells }) => cells.slice(1));
    expect(data.flat()).toEqual(rows.map(({ x }) => x));
  });

  it('write a workbook of no rows', async () => {
    const read = await sheets([], [column('x')]);
    expect(read.map(({ name }) => name)).toEqual(['数据', '说明']);
  });

  it('shorten a text that no cell can hold', async () => {
    const [data] = await sheets([{ x: '长'.repeat(40_000) }], [column('x')]);
    const cell = String(data?.cells[1]?.[0]);
    expect([cell.length, cell.at(-1)]).toEqual([32_767, '…']);
  });

  it('leave the rest of the rows when nobody reads on', async () => {
    let isLeft = false;
    async function* endless(): AsyncGenerator<readonly unknown[]> {
      try {
        for (;;) yield Array.from({ length: 500 }, () => ({ x: String(Math.random()) }));
      } finally {
        isLeft = true;
      }
    }
    const file = writeXlsx()(endless(), facts([column('x')]));
    await file.next();
    await file.next();
    await file.return(undefined);
    expect(isLeft).toBe(true);
  });
});
