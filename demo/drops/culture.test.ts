import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import type { LegacyCell } from '../stores/legacy-table.js';
import {
  type DecodedRow,
  decodedRows,
  refsOfSubject,
  tableRows,
  textOf,
} from '../stores/testing/decoded-rows.js';
import { licenceFacts, rowFacts } from '../stores/testing/expect-world.js';
import { itemAt } from '../stores/world-lookups.js';
import { generateWorld } from '../world/generate-world.js';
import { TOWNSHIPS } from '../world/townships.js';
import { cultureStore } from './culture.js';
import { HOMESTAY_FORM } from './homestay-form.js';
import { writeDrops } from './write-drops.js';
import { LEDGER_HEADER_ROW } from './write-ledger.js';

const world = generateWorld({ seed: 5, size: 'small' });
const store = cultureStore(world);

describe('cultureStore() after the mappings', () => {
  const homestays = decodedRows(store, 'culture/homestay.yaml', '民宿台账');

  it('holds every homestay exactly once, as the world knows it', () => {
    expect(homestays).toHaveLength(world.homestays.length);
    const byPermit = new Map(homestays.map((row) => [row.values.get('number'), row]));
    for (const homestay of world.homestays) {
      const row = byPermit.get(homestay.permitNumber);
      if (row === undefined) throw new Error(`no row of ${homestay.permitNumber}`);
      const { number, validFrom, validTo, state } = itemAt(world.licences, homestay.licence);
      const { township, rooms, beds, openedOn, name } = homestay;
      const facts = {
        number,
        validFrom,
        validTo,
        state,
        township,
        rooms,
        beds,
        openedAt: openedOn,
        houseName: name,
      };
      expect(rowFacts(row, facts)).toEqual(facts);
      expect(refsOfSubject(world, homestay.operator)).toContain(row.subject);
      expect(Number(row.values.get('longitude'))).toBeCloseTo(homestay.lon, 6);
      expect(Number(row.values.get('latitude'))).toBeCloseTo(homestay.lat, 6);
    }
  });

  it('holds every entertainment permit exactly once, as the world knows it', () => {
    const rows = decodedRows(store, 'culture/entertainment-permit.yaml', '娱乐场所许可证');
    const issued = world.licences.filter(({ type }) => type === 'ENTERTAINMENT');
    expect(rows).toHaveLength(issued.length);
    for (const [place, licence] of issued.entries()) {
      const row = itemAt(rows, place);
      const { type: _kind, ...facts } = licenceFacts(world, licence, row);
      expect(rowFacts(row, facts)).toEqual(facts);
    }
  });

  it('holds every scenic spot exactly once', () => {
    const rows = decodedRows(store, 'culture/scenic-spot.yaml', 'A级景区');
    expect(rows.map((row) => [row.values.get('capacity'), row.values.get('countedOn')])).toEqual(
      world.scenicSpots.map(({ capacity }) => [capacity, world.today]),
    );
    for (const row of rows) expect(row.values.get('grade')).not.toBe('UNKNOWN');
  });

  it.each<[string, (row: DecodedRow) => boolean]>([
    ['a person as operator', (row) => row.subject?.startsWith('person:') === true],
    ['D6 15-digit operator', (row) => /^\d{15}$/.test(textOf(row, '基本信息/身份证号'))],
    ['D8 2021年3月5日', (row) => /^\d{4}年\d{1,2}月\d{1,2}日$/.test(textOf(row, '基本信息/开业日期'))],
    ['D8 Chinese numerals', (row) => textOf(row, '基本信息/开业日期').startsWith('二〇')],
    ['D8 Excel serial', (row) => /^\d{5}$/.test(textOf(row, '证照/有效期至'))],
    ['D10 an emoji', (row) => /\p{Extended_Pictographic}/u.test(textOf(row, '基本信息/民宿名称'))],
    ['brackets in the name', (row) => textOf(row, '基本信息/民宿名称').includes('「')],
    ['D18 township by its code', (row) => /^\d{9}$/.test(textOf(row, '基本信息/乡镇'))],
    ['D19 coordinates changed over', (row) => Number(textOf(row, '坐标/经度')) < 100],
  ])('%s', (_name, claim) => {
    expect(homestays.filter(claim).length).toBeGreaterThan(0);
  });
});

describe('writeDrops()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-drops-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const fileOf = (start: string): Buffer =>
    readFileSync(join(folder, readdirSync(folder).find((name) => name.startsWith(start)) ?? ''));
  /** Cells as text; what is not there is empty. */
  const cellTexts = (row: readonly LegacyCell[]): string[] => row.map((cell) => String(cell ?? ''));
  const rowsOf = (table: string): string[][] =>
    tableRows(store, table).map((row) => cellTexts([...row.values()]));

  it('names the files after their day, and gives the same bytes again', async () => {
    expect(await writeDrops(store, folder, world.today)).toEqual([
      '民宿台账20260629.xlsx',
      'A级景区20260629.csv',
      '娱乐场所许可证20260629.csv',
      '旅行社名录20260629.xlsx',
      '高危险性体育项目许可20260629.csv',
    ]);
    const again = join(folder, 'again');
    for (const name of await writeDrops(store, again, world.today)) {
      expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name)))).toBe(true);
    }
    rmSync(again, { recursive: true });
  });

  it('writes the ledger as a sheet per township, two rows of merged headings under a title', async () => {
    const sheets = await readExcelFile(fileOf('民宿台账'), { trim: false });
    const names = TOWNSHIPS.map(({ name }) => name);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(
      names.filter((name) => sheets.some(({ sheet }) => sheet === name)),
    );
    const read = sheets.flatMap(({ sheet, data }) => {
      const [groups, headings] = data.slice(LEDGER_HEADER_ROW - 1);
      expect(groups?.filter((cell) => cell !== null)).toEqual([
        ...new Set(HOMESTAY_FORM.columns.map(({ group }) => group)),
      ]);
      expect(headings?.slice(1)).toEqual(HOMESTAY_FORM.columns.slice(1).map(({ heading }) => heading));
      return data
        .slice(LEDGER_HEADER_ROW + 1)
        .map((row) => [
          sheet,
          ...row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell ?? ''))),
        ]);
    });
    expect(read).toEqual(rowsOf('民宿台账'));
  });

  it.each([
    ['A级景区', 'gb18030'],
    ['高危险性体育项目许可', 'gb18030'],
    ['娱乐场所许可证', 'utf-8'],
  ])('writes %s as CSV in %s', (table, charset) => {
    const bytes = fileOf(table);
    expect(bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))).toBe(charset === 'utf-8');
    const [headings, ...rows]: string[][] = parse(iconv.decode(bytes, charset), { record_delimiter: '\r\n' });
    expect(headings).toEqual(
      store.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name),
    );
    expect(rows).toEqual(rowsOf(table));
  });

  it('refuses a table that it has no form for', async () => {
    const other = { connection: 'x', tables: [{ name: '别的', columns: [], indexes: [], rows: [] }] };
    await expect(writeDrops(other, folder, world.today)).rejects.toThrow('民宿台账');
  });
});
