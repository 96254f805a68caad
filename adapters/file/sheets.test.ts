import { fileGrammar, readFileBlock } from './file-block.js';
import type { FileDefinition } from './file-definition.js';
import { DropReader } from './testing/drop-reader.js';
import { inline, sheetData, writeWorkbook } from './testing/write-workbook.js';
import { wordNotes } from './versions/word-note.js';

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

const table = (id: string): string => sheetData([[inline('id')], [inline(id)]]);
const WORKBOOK = writeWorkbook({
  sheets: {
    菜园镇: table('1'),
    '嵊山镇 ': table('2'),
    填报说明: sheetData([[inline('怎样填写')]]),
    字典: sheetData([[inline('甲')]]),
    Sheet3: '<sheetData/>',
  },
  sheetAttributes: { 字典: 'state="hidden"' },
});

async function read(sheets: FileDefinition['sheets']): Promise<readonly unknown[]> {
  const { outcome, rows } = await reader.read('a.xlsx', WORKBOOK, { sheets, columns: ['id'] });
  if (outcome.kind === 'rejected') return outcome.faults.map(({ code, sheet }) => `${code}@${sheet}`);
  return [rows.map(({ id }) => id), outcome.kind === 'accepted' && outcome.notes.map(({ sheet }) => sheet)];
}

const blockOf = (sheets: unknown): FileDefinition['sheets'] =>
  readFileBlock(fileGrammar.parse({ match: '台账*', sheets })).sheets;

describe('sheets of a workbook', () => {
  it('are read by their names, and those that nobody reads are noted if anything stands on them', async () => {
    expect(await read(['菜园镇'])).toEqual([['1'], ['嵊山镇 ', '填报说明', '字典']]);
  });

  it('are read by a pattern with exceptions, which are not noted', async () => {
    expect(await read(blockOf({ match: '*镇' }))).toEqual([
      ['1', '2'],
      ['填报说明', '字典'],
    ]);
    expect(await read(blockOf({ match: '*镇', except: ['嵊山*', '填报说明', '字典'] }))).toEqual([['1'], []]);
    expect(await read(blockOf({ except: ['*说明', '字典'] }))).toEqual([['1', '2'], []]);
  });

  it('must be there', async () => {
    expect(await read(blockOf({ match: '*乡' }))).toEqual(['missing-sheet@*乡']);
    expect(await read(['菜园镇', '黄龙乡'])).toEqual(['missing-sheet@黄龙乡']);
  });

  it('without the headings are told by name', async () => {
    expect(await read(null)).toEqual(['missing-heading@填报说明']);
  });
});

describe('wordNotes()', () => {
  it('says each kind of note once, with its places', () => {
    const rows = Array.from({ length: 12 }, (_, index) => ({
      code: 'remark-row' as const,
      sheet: '台账',
      row: index + 3,
    }));
    const [sheets, totals, ...others] = wordNotes([
      { code: 'unread-sheet', sheet: '说明', row: null },
      ...rows,
    ]);
    expect(sheets).toMatch(/^工作表“说明”有内容，但没有任何数据接口读取.* \/ sheet "说明": not empty/);
    expect(totals).toMatch(/^工作表“台账”第 3 行、.*等 12 处是合计、备注或签名.* and 2 more: a total/);
    expect(others).toEqual([]);
  });
});
