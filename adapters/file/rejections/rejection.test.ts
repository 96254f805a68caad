import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { SourceUnavailable } from '../../source-error.js';
import { BINDING, DropScene, homestayCsv, readRows, rejectionsOf } from '../testing/drop-scene.js';
import type { DropFault } from '../thread/drop-fault.mjs';
import { wordFault } from './word-fault.js';

const GOOD = homestayCsv([['L1', '听海']]);
const BAD = '许可证号,民宿名\r\nL1,=cmd|a\r\n,b\r\n';

let scene: DropScene;
beforeEach(() => {
  scene = new DropScene();
});
afterEach(() => scene.stop());

describe('a rejected drop', () => {
  it('leaves the old version serving and a report that Excel opens', async () => {
    scene.drop('民宿台账1.csv', GOOD);
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    expect(await rejectionsOf(connection)).toEqual([]);
    scene.drop(
      '民宿台账2.csv',
      homestayCsv([
        ['L1', '听海'],
        ['', '=cmd'],
        ['L1', '-锟斤拷'],
      ]),
    );
    await connection.settle();
    expect(await readRows(adapter)).toEqual([['L1', '听海']]);
    const [rejection] = await rejectionsOf(connection);
    expect(rejection).toMatchObject({
      interface: 'culture.homestay',
      drop: { name: '民宿台账2.csv' },
      reasons: 2,
      isComplete: true,
      isSettled: false,
      examples: [expect.stringContaining('主键单元格为空'), expect.stringContaining('锟斤拷')],
    });
    const report = readFileSync(rejection?.path ?? '', 'utf8');
    expect(report.startsWith('\ufeff')).toBe(true);
    expect(parse(report, { bom: true })).toEqual([
      ['工作表 sheet', '行 row', '列 column', '原因 reason', '值 value'],
      ['', '3', '许可证号', expect.stringMatching(/^主键单元格为空；.* \/ the key cell is empty;/), "'=cmd"],
      ['', '4', '民宿名称', expect.stringMatching(/^“锟斤拷”乱码.* \/ mojibake/), "'-锟斤拷"],
    ]);
  });

  it('is not read again, also after a restart, until it changes', async () => {
    scene.drop('民宿台账1.csv', BAD);
    const connection = scene.connect();
    connection.bind(BINDING);
    await connection.settle();
    await connection.settle();
    const later = scene.connect();
    const adapter = later.bind(BINDING);
    const error = await readRows(adapter).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(SourceUnavailable);
    expect(error).toMatchObject({ detail: expect.stringContaining('是否为“民宿名”') });
    expect(scene.events.filter(({ kind }) => kind === 'rejected')).toHaveLength(1);
    scene.drop('民宿台账1.csv', GOOD);
    await later.settle();
    expect(await readRows(adapter)).toEqual([['L1', '听海']]);
    expect(await rejectionsOf(later)).toMatchObject([{ isSettled: true }]);
  });

  it('lets the next newest one be tried', async () => {
    scene.drop('民宿台账1.csv', GOOD);
    await new Promise((resolve) => setTimeout(resolve, 20));
    scene.drop('民宿台账2.xlsx', 'PK\u0003\u0004 and no more');
    const connection = scene.connect();
    const adapter = connection.bind(BINDING);
    await connection.settle();
    expect(await readRows(adapter)).toEqual([['L1', '听海']]);
    expect(await rejectionsOf(connection)).toMatchObject([{ drop: { name: '民宿台账2.xlsx' } }]);
  });

  it('leaves nothing behind but its report, of which the last twenty are kept', async () => {
    const connection = scene.connect();
    connection.bind(BINDING);
    for (let drop = 0; drop < 22; drop += 1) {
      const path = scene.drop(`民宿台账${drop}.csv`, `x${drop}\n1\n`);
      await connection.settle();
      rmSync(path);
    }
    const folder = join(scene.store, 'culture.homestay');
    expect(readdirSync(join(folder, 'staging'))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.sqlite'))).toEqual([]);
    const reports = readdirSync(join(folder, 'rejected'));
    expect(reports.filter((name) => name.endsWith('.csv'))).toHaveLength(20);
    expect(reports.filter((name) => name.endsWith('.json'))).toHaveLength(20);
    const [rejection] = await rejectionsOf(connection);
    expect(existsSync(rejection?.path ?? '')).toBe(true);
  });

  it('may have a name as long as names can be', async () => {
    scene.drop(`民宿台账${'长'.repeat(77)}.csv`, BAD);
    const connection = scene.connect();
    connection.bind(BINDING);
    await connection.settle();
    expect(await rejectionsOf(connection)).toHaveLength(1);
  });
});

describe('wordFault()', () => {
  const fault: DropFault = {
    code: 'missing-heading',
    sheet: '台账',
    row: 1,
    column: '民宿名称',
    value: null,
  };

  it('names the heading that is nearest, also under another group', () => {
    expect(wordFault({ ...fault, known: ['地址', '民宿的名称'] }).chinese).toContain('民宿的名称');
    expect(wordFault({ ...fault, known: ['地址', '基本信息/民宿名称'] }).english).toContain(
      '基本信息/民宿名称',
    );
    expect(wordFault({ ...fault, known: ['地址'] }).chinese).toBe(
      '缺少表头“民宿名称”；如该工作表不是数据表，请用 sheets 指定要读取的工作表',
    );
  });

  it('says which row has the headings instead of a title', () => {
    const title: DropFault = { ...fault, code: 'title-heading', column: null, value: '船舶台账' };
    expect(wordFault(title).chinese).toContain('请在映射中写 header: { row: 2 }');
  });

  it('names both rows of a key that occurs twice', () => {
    const twice: DropFault = { ...fault, code: 'duplicate-key', row: 9, known: ['3'] };
    expect(wordFault(twice).chinese).toContain('第 3 行与第 9 行');
    expect(wordFault({ ...twice, known: ['3', '菜园镇'] }).english).toContain(
      'row 3 of sheet "菜园镇" and in row 9',
    );
  });
});
