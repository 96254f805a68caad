import { type Column, HEADINGS } from './true-table.js';

/** How the headings of a file stand: in which row, below which groups, and what of the workbook is read. */
export interface FileLayout {
  readonly headerRow: number;
  /** The heading that stands above each column; absent: there is one row of headings. */
  readonly groups?: Readonly<Record<Column, string>>;
  readonly delimiter: string;
  readonly charset: 'auto' | 'gb18030';
}

/** The heading by which a mapping names a column. */
export function headingOf(column: Column, { groups }: FileLayout): string {
  return groups === undefined ? HEADINGS[column] : `${groups[column]}/${HEADINGS[column]}`;
}

/** The mapping that a department's engineer would write for such files. */
export function mappingOf(layout: FileLayout): string {
  const of = (column: Column): string => headingOf(column, layout);
  const header = `{ row: ${layout.headerRow}, rows: ${layout.groups === undefined ? 1 : 2} }`;
  const delimiter = JSON.stringify(layout.delimiter);
  return `
interface: culture.plausible
title: 台账
owner: { department: culture }
facet: Subject.culture.plausible
source: { connection: files, file: { match: "台账*", sheets: { except: [说明] }, header: ${header}, charset: ${layout.charset}, delimiter: ${delimiter} } }
key: [${of('id')}]
subject: [{ scheme: uscc, column: ${of('uscc')} }]
fields:
  boat: { column: ${of('boat')} }
  permit: { column: ${of('permit')}, type: DocumentNumber }
  phone: { column: ${of('phone')} }
  fine: { column: ${of('fine')}, type: Decimal }
  count: { column: ${of('count')}, type: Integer }
  day: { column: ${of('day')}, type: Date, format: any }
  at: { column: ${of('at')}, type: DateTime, format: any }
  ok: { column: ${of('ok')}, type: Boolean, truths: [是, "true", "1"] }
  town: { column: ${of('town')} }
  note: { column: ${of('note')} }
limits: { keysPerCall: 10, concurrent: 1, timeout: 3s }
`;
}
