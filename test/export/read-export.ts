import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import { request } from 'undici';

export interface ReadExport {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly trailers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Exports as a client that reads trailers does. @throws when the connection is cut. */
export async function readExport(graphqlUrl: string, body: object, accept = '*/*'): Promise<ReadExport> {
  const response = await request(new URL('/export', graphqlUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
    bodyTimeout: 0,
    headersTimeout: 0,
  });
  const bytes = Buffer.from(await response.body.arrayBuffer());
  const { statusCode: status, headers, trailers } = response;
  return { status, headers, trailers: trailers as Record<string, string>, bytes };
}

/** How an export stands, by the address in its head. */
export async function readStanding(graphqlUrl: string, address: unknown): Promise<Standing> {
  const { body } = await request(new URL(String(address), graphqlUrl));
  return (await body.json()) as Standing;
}

export interface Standing {
  readonly state: string;
  readonly rows: number;
  readonly cursor: string | null;
  readonly missing: readonly { readonly name: string; readonly of: string; readonly reason: string }[];
  readonly late: readonly string[];
  readonly interfaces: readonly {
    readonly interface: string;
    readonly state: string;
    readonly asOf: string;
  }[];
}

export type Line = Readonly<Record<string, unknown>>;

/** Rows, and what the last line says. */
export function readNdjson(bytes: Buffer): { readonly rows: readonly Line[]; readonly end: Standing } {
  const lines = bytes
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const { $export: end } = lines.at(-1) as { readonly $export: Standing };
  return { rows: lines.slice(0, -1), end };
}

/** Cells by rows, headings first. */
export function readCsv(bytes: Buffer, charset: string): readonly (readonly string[])[] {
  return parse(iconv.decode(bytes, charset), { bom: true, record_delimiter: '\r\n' });
}

export interface ReadSheet {
  readonly name: string;
  readonly cells: readonly (readonly unknown[])[];
}

/** Sheets in the order in which they are shown. */
export async function readXlsx(bytes: Buffer): Promise<readonly ReadSheet[]> {
  const sheets = await readExcelFile(bytes, { trim: false });
  return sheets.map(({ sheet, data }) => ({ name: sheet, cells: data }));
}
