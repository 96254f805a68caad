import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ContractCell, ContractTable } from '../../testing/contract-source.js';
import { sendJson, startTestServer, type TestServer } from '../../web/testing/test-server.js';

/** A REST service over the contract's table: paged, and narrowed by ids, a label and a range of days. */
export interface ContractService extends TestServer {
  fill(table: ContractTable): void;
  /** Requests of the slow endpoint that are still open. */
  countSlow(): number;
  /** Requests of the table so far. */
  countReads(): number;
}

interface StoredRow {
  readonly id: string;
  readonly label: string;
  readonly day: string | null;
  readonly json: string;
}

const SLOW_MS = 15_000;

export async function startContractService(): Promise<ContractService> {
  let rows: readonly StoredRow[] = [];
  const slow = new Set<ServerResponse>();
  let reads = 0;
  const server = await startTestServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://service');
    if (url.pathname === '/slow_rows') {
      slow.add(response);
      const timer = setTimeout(() => sendJson(response, '{"total":1,"list":[{"n":1}]}'), SLOW_MS);
      response.on('close', () => {
        clearTimeout(timer);
        slow.delete(response);
      });
      return;
    }
    if (url.pathname !== '/contract_rows') return sendJson(response, '{"message":"no such path"}', 404);
    reads += 1;
    sendJson(response, answer(rows, parametersOf(request, url)));
  });
  return {
    ...server,
    fill: (table) => {
      rows = table.rows.map((row) => storeRow(table, row));
    },
    countSlow: () => slow.size,
    countReads: () => reads,
  };
}

function parametersOf(request: IncomingMessage, url: URL): URLSearchParams {
  if (request.method !== 'GET') throw new Error('The service is only read');
  return url.searchParams;
}

function answer(rows: readonly StoredRow[], parameters: URLSearchParams): string {
  const ids = parameters.get('ids')?.split('|');
  const [label, from, to] = ['label', 'dayFrom', 'dayTo'].map((name) => parameters.get(name));
  const matching = rows.filter(
    (row) =>
      (ids === undefined || ids.includes(row.id)) &&
      (label == null || row.label === label) &&
      (from == null || (row.day !== null && row.day >= from)) &&
      (to == null || (row.day !== null && row.day <= to)),
  );
  const size = Number(parameters.get('size') ?? matching.length);
  const start = startOf(parameters, size);
  const list = matching.slice(start, start + size).map((row) => row.json);
  const next = start + size < matching.length ? `"after-${start + size}"` : 'null';
  return `{"code":200,"total":${matching.length},"next":${next},"list":[${list.join(',')}]}`;
}

function startOf(parameters: URLSearchParams, size: number): number {
  const page = parameters.get('page');
  if (page !== null) return (Number(page) - 1) * size;
  const cursor = parameters.get('cursor');
  return Number(cursor === null ? (parameters.get('offset') ?? 0) : cursor.replace('after-', ''));
}

function storeRow({ columns }: ContractTable, row: readonly ContractCell[]): StoredRow {
  const members = columns.map(({ name }, index) => {
    const cell = row[index] ?? null;
    return `${JSON.stringify(name)}:${writeCell(cell)}`;
  });
  const textAt = (name: string) => {
    const cell = row[columns.findIndex((column) => column.name === name)] ?? null;
    return cell === null ? null : String(cell);
  };
  return {
    id: textAt('id') ?? '',
    label: textAt('label') ?? '',
    day: textAt('day'),
    json: `{${members.join(',')}}`,
  };
}

/** Whole numbers as JSON numbers; decimals as texts, which keep their zeros. */
function writeCell(cell: ContractCell): string {
  if (cell === null) return 'null';
  if (cell instanceof Uint8Array) return JSON.stringify(Buffer.from(cell).toString('hex'));
  return typeof cell === 'string' ? JSON.stringify(cell) : String(cell);
}
