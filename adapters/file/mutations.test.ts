import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import iconv from 'iconv-lite';
import { atDepth } from '../../test/deep.js';
import { createRandom, mutate } from '../testing/mutations.js';
import { DropReader, type VersionRow } from './testing/drop-reader.js';
import { readCsvIndependently } from './testing/independent-csv.js';
import { readSheetIndependently } from './testing/independent-xlsx.js';
import { listWorkbookParts, sheetData } from './testing/write-workbook.js';
import { writeZip, type ZipPart } from './testing/write-zip.js';

const CSV = 'id,名称,房间数\r\n1,听海,3\r\n2,"望,岳",\r\n3,"",12\r\n4,"a""b\r\nc",0.5\r\n5,㟙𣗋,9\r\n';
const WANTED = { columns: ['名称'], key: ['id'] };
const DROPS = atDepth(1600, 16_000);
/** Of every kind, before memory is measured. */
const WARMING = 100;
const MAX_GROWTH_BYTES = 50 * 1024 * 1024;

const text = (index: number) => `<c t="s"><v>${index}</v></c>`;
const PARTS = listWorkbookParts({
  sheets: {
    S: `${sheetData([
      [text(0), text(1), text(2)],
      [
        '<c r="A2"><v>1</v></c>',
        '<c r="B2" t="inlineStr"><is><t>听海</t></is></c>',
        '<c r="C2"><v>3</v></c>',
      ],
      ['<c><v>2</v></c>', text(3), '<c/>'],
      ['<c><v>3</v></c>', '<c t="str"><f>A1</f><v>望岳</v></c>', '<c t="b"><v>1</v></c>'],
    ])}<mergeCells><mergeCell ref="A9:A9"/></mergeCells>`,
  },
  sharedStrings:
    '<si><t>id</t></si><si><t>名称</t></si><si><t>房间数</t></si><si><r><t>观</t></r><r><t>潮</t></r></si>',
});
const isMutable = ({ name }: ZipPart): boolean => name.includes('sheet1') || name.includes('sharedStrings');

let reader: DropReader;
beforeAll(() => {
  reader = new DropReader();
});
afterAll(() => reader.close());

/** Rows of a version as another reader gives them: what is not empty below the headings. */
function expectedRows(
  sheet: ReadonlyMap<number, readonly (string | null)[]>,
  headings: readonly string[],
): unknown[] {
  const found = sheet.get(1) ?? [];
  const clean = found.map((each) =>
    each
      ?.normalize('NFC')
      .replace(/[\u200b-\u200d\u2060\ufeff\r\n]/g, '')
      .replaceAll('\t', ' ')
      .trim(),
  );
  const places = headings.map((heading) => clean.indexOf(heading));
  return [...sheet]
    .filter(([row, cells]) => row > 1 && cells.some((cell) => cell !== null && cell !== ''))
    .map(([row, cells]) => [row, ...places.map((place) => cells[place] ?? null)]);
}

/** Of the process, threads included, once this thread's garbage is gone: what remains is what was kept. */
function measureMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().rss;
}

async function countAccepted(
  first: number,
  last: number,
  make: (random: () => number) => {
    readonly bytes: Buffer;
    readonly read: () => ReadonlyMap<number, readonly (string | null)[]>;
  },
): Promise<number> {
  let accepted = 0;
  for (let seed = first; seed <= last; seed += 1) {
    const { bytes, read } = make(createRandom(seed));
    const { outcome, rows } = await reader.read('a', bytes, WANTED);
    if (outcome.kind === 'rejected') {
      if (outcome.faults.length === 0) throw new Error(`seed ${seed}: rejected without a reason`);
      continue;
    }
    if (outcome.kind === 'failed') throw new Error(`seed ${seed}: ${outcome.message}`);
    accepted += 1;
    const headings = Object.keys(rows[0] ?? {}).filter(
      (name) => !['_sheet', '_row', '_received'].includes(name),
    );
    const held = rows.map((row: VersionRow) => [
      row._row,
      ...headings.map((heading) => row[heading] ?? null),
    ]);
    expect({ seed, rows: held }).toEqual({ seed, rows: expectedRows(read(), headings) });
  }
  return accepted;
}

describe(`${DROPS} mutated drops`, () => {
  it('are rejected with a reason, or equal to what another reader finds in them, in little memory', async () => {
    const csv = [Buffer.from(CSV), iconv.encode(CSV, 'gb18030')];
    const changeCsv = (random: () => number) => {
      const bytes = mutate(random, csv[random() < 0.5 ? 0 : 1] ?? Buffer.alloc(0));
      return { bytes, read: () => readCsvIndependently(bytes) };
    };
    const changePart = (random: () => number) => {
      const parts = PARTS.map((part) =>
        isMutable(part) && random() < 0.6
          ? { ...part, content: mutate(random, Buffer.from(part.content)) }
          : part,
      );
      const [sheet, strings] = parts.filter(isMutable);
      return {
        bytes: writeZip(parts),
        read: () => (sheet && strings ? readSheetIndependently(sheet, strings) : new Map()),
      };
    };
    const whole = writeZip(PARTS);
    const [sheet, strings] = PARTS.filter(isMutable);
    const changeZip = (random: () => number) => ({
      bytes: mutate(random, whole),
      read: () => (sheet && strings ? readSheetIndependently(sheet, strings) : new Map()),
    });
    // What every kind needs once is no growth.
    for (const make of [changeCsv, changePart, changeZip]) await countAccepted(1, WARMING, make);
    const before = measureMemory();
    const accepted = [
      await countAccepted(WARMING + 1, WARMING + 0.4 * DROPS, changeCsv),
      await countAccepted(WARMING + 1, WARMING + 0.35 * DROPS, changePart),
      await countAccepted(WARMING + 1, WARMING + 0.25 * DROPS, changeZip),
    ];
    expect(measureMemory() - before).toBeLessThan(MAX_GROWTH_BYTES);
    for (const count of accepted) expect(count).toBeGreaterThanOrEqual(DROPS / 400);
  }, 240_000);
});
