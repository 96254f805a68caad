import { atDepth } from '../deep.js';
import { Draw } from './draw.js';
import { expectedRow } from './expected-row.js';
import type { FileLayout } from './file-mapping.js';
import { makeCsv } from './make-csv.js';
import { makeWorkbook } from './make-workbook.js';
import { drawLayout, drawSheet } from './plausible-sheet.js';
import { PlausibleReader, type ReadFile } from './read-plausible.js';
import { drawTable, isPermitLost, type TrueRow } from './true-table.js';

const FILES = atDepth(5000, 50_000);
const BATCH = 250;
/** `FILES_SEED=7 npx jest test/files` repeats a run. */
const SEED = Number(process.env.FILES_SEED ?? Math.floor(Math.random() * 2 ** 31));

interface MadeFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly layout: FileLayout;
  readonly truth: readonly TrueRow[];
}

let reader: PlausibleReader;
beforeAll(() => {
  reader = new PlausibleReader();
});
afterAll(() => reader.close());

function workbookOf(draw: Draw): MadeFile {
  const truth = drawTable(draw);
  const layout = drawLayout(draw, { delimiter: ',', charset: 'auto' });
  // A township each.
  const middle = draw.chance(0.2) ? draw.below(truth.length + 1) : truth.length;
  const shares = [truth.slice(0, middle), truth.slice(middle)].filter(({ length }) => length > 0);
  const sheets = shares.map((share) => drawSheet(draw, layout, share));
  return { name: '台账.xlsx', bytes: makeWorkbook(draw, sheets), layout, truth };
}

function csvOf(draw: Draw): MadeFile {
  const truth = drawTable(draw);
  const delimiter = draw.pick([',', ',', ';', '\t'] as const);
  const layout = drawLayout(draw, { delimiter, charset: draw.pick(['auto', 'auto', 'gb18030'] as const) });
  return { name: '台账.csv', bytes: makeCsv(draw, drawSheet(draw, layout, truth)), layout, truth };
}

/** What a file says differently from the truth: without a word, or with one. */
function differences(
  { rows, faults }: ReadFile,
  truth: readonly TrueRow[],
): { silent: string[]; told: string[] } {
  if (faults.length > 0) return { silent: [], told: faults.map((fault) => JSON.stringify(fault)) };
  const [silent, told]: [string[], string[]] = [[], []];
  if (rows.length !== truth.length) silent.push(`${rows.length} rows, not ${truth.length}`);
  truth.forEach((row, index) => {
    const found = rows[index];
    if (found === undefined) return;
    const values = new Map([...found.values, ['key', found.key.join()], ['subject', found.subject]]);
    for (const [field, expected] of expectedRow(row)) {
      const value = values.get(field) ?? null;
      const isMarked = found.quality.some((mark) => mark.endsWith(`:${field}`));
      const isLost = field === 'permit' && isPermitLost(row);
      // An empty cell may be marked as such.
      if (value === expected && (isMarked === isLost || (value === null && !isLost))) continue;
      (isMarked ? told : silent).push(
        `${row.id}.${field} is ${JSON.stringify(value)} and not ${JSON.stringify(expected)}`,
      );
    }
  });
  return { silent, told };
}

async function countTold(make: (draw: Draw) => MadeFile): Promise<number> {
  let told = 0;
  for (let first = 0; first < FILES; first += BATCH) {
    const made = Array.from({ length: BATCH }, (_, index) => make(new Draw(SEED + first + index)));
    const read = await reader.read(made);
    made.forEach(({ truth }, index) => {
      const found = differences(read[index] ?? { rows: [], faults: [] }, truth);
      if (found.told.length > 0) {
        told += 1;
        if (process.env.FILES_TOLD) console.log(SEED + first + index, found.told);
      }
      if (found.silent.length === 0) return;
      throw new Error(`FILES_SEED=${SEED}, file ${SEED + first + index}: ${found.silent.join('; ')}`);
    });
  }
  return told;
}

describe(`${FILES} plausible files of each kind (FILES_SEED=${SEED})`, () => {
  it.each([
    ['workbooks', workbookOf],
    ['CSVs', csvOf],
  ])(
    '%s are read as a careful person reads them',
    async (_, make) => {
      // Nothing that people write every day is only marked or rejected.
      expect(await countTold(make)).toBe(0);
    },
    600_000,
  );
});
