import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LegacyStore, LegacyTable } from '../stores/legacy-table.js';
import { addDays } from '../world/days.js';
import { COMPANY_FORM } from './company-form.js';
import { DISPUTE_FORM } from './dispute-ledger.js';
import { HOMESTAY_FORM } from './homestay-form.js';
import { PUBLISHED_FORMS } from './published-lists.js';
import { AGENCY_FORM } from './travel-agencies.js';
import { encodeCsv, formatCsv } from './write-csv.js';
import { writeLedger } from './write-ledger.js';
import { writeSheet } from './write-sheet.js';

interface DropFormat {
  readonly extension: 'xlsx' | 'csv';
  /** @param day `yyyy-MM-dd` of the file. */
  readonly write: (table: LegacyTable, day: string) => Promise<Buffer> | Buffer;
}

const FORMATS: ReadonlyMap<string, DropFormat> = new Map<string, DropFormat>([
  ['民宿台账', { extension: 'xlsx', write: (table) => writeLedger(HOMESTAY_FORM, table) }],
  ['执法职责争议台账', { extension: 'xlsx', write: (table) => writeLedger(DISPUTE_FORM, table) }],
  ['企业车辆台账', { extension: 'xlsx', write: (table) => writeLedger(COMPANY_FORM, table) }],
  ['旅行社名录', { extension: 'xlsx', write: (table) => writeLedger(AGENCY_FORM, table) }],
  ['农药经营许可', { extension: 'xlsx', write: writeSheet }],
  ['农产品抽检', { extension: 'xlsx', write: writeSheet }],
  ...[...PUBLISHED_FORMS].map(([name, form]): [string, DropFormat] => [
    name,
    { extension: 'xlsx', write: (table) => writeLedger(form, table) },
  ]),
  ['A级景区', { extension: 'csv', write: (table) => encodeCsv(formatCsv(table), 'gb18030') }],
  ['110社会联动', { extension: 'csv', write: (table) => encodeCsv(formatCsv(table), 'gb18030') }],
  ['高危险性体育项目许可', { extension: 'csv', write: (table) => encodeCsv(formatCsv(table), 'gb18030') }],
  ['娱乐场所许可证', { extension: 'csv', write: (table) => encodeCsv(formatCsv(table), 'utf-8') }],
  ['罚没缴款', { extension: 'csv', write: writeReceipts }],
]);

/** By whoever is on duty, in the one or the other charset. Below the lines stands how many they are. */
function writeReceipts(table: LegacyTable, day: string): Buffer {
  const lines = formatCsv(table);
  const count = lines.split('\r\n').length - 2;
  const total = `合计,${count}笔${','.repeat(table.columns.length - 2)}\r\n`;
  return encodeCsv(lines + total, Number(day.slice(-2)) % 2 === 0 ? 'utf-8' : 'gb18030');
}

/**
 * Writes a store's tables as the files that its department would drop: `民宿台账20260629.xlsx`, dated the day before.
 *
 * @param folder made when it is not there.
 * @returns the names of the files.
 */
export async function writeDrops(
  store: LegacyStore,
  folder: string,
  today: string,
): Promise<readonly string[]> {
  mkdirSync(folder, { recursive: true });
  const names: string[] = [];
  for (const table of store.tables) {
    const format = FORMATS.get(table.name);
    if (format === undefined) {
      throw new Error(`Cannot drop ${table.name}: it must be one of ${[...FORMATS.keys()].join(', ')}`);
    }
    const day = addDays(today, -1);
    const name = `${table.name}${day.replaceAll('-', '')}.${format.extension}`;
    writeFileSync(join(folder, name), await format.write(table, day));
    names.push(name);
  }
  return names;
}
