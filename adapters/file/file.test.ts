import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import iconv from 'iconv-lite';
import type { SourceAdapter } from '../source-adapter.js';
import { describeAdapterContract } from '../testing/adapter-contract.js';
import type { ContractCell, ContractSource, ContractTable } from '../testing/contract-source.js';
import { describeValueContract } from '../testing/contract-values.js';
import { holdTable } from '../testing/held-table.js';
import type { FileDefinition } from './file-definition.js';
import { openFileConnection } from './open-file.js';
import { inline, sheetData, writeWorkbook } from './testing/write-workbook.js';

const DEFINITION: FileDefinition = {
  kind: 'file',
  match: 'contract_rows',
  sheets: null,
  header: { row: 1, rows: 1 },
  charset: 'gb18030',
  delimiter: ',',
};

/** @param write the drop's bytes. */
function createSource(write: (table: ContractTable) => Uint8Array): ContractSource {
  const root = mkdtempSync(join(tmpdir(), 'eg-file-contract-'));
  const folder = join(root, 'drops');
  const store = join(root, 'store');
  mkdirSync(folder);
  const open = (match: string, name: string, at = { folder, store }): SourceAdapter => {
    const connection = openFileConnection({ dialect: 'files', ...at }, { stableMs: 20 });
    const definition = { ...DEFINITION, match };
    const key = match === 'contract_rows' ? ['id'] : [];
    return ownedBy(connection, connection.bind({ interface: name, definition, columns: key, key }));
  };
  const missing = { folder: join(root, 'no-drops'), store: join(root, 'no-store') };
  return {
    cells: 'text',
    holds: isCarried,
    create: async (table) => {
      writeFileSync(join(folder, table.name), write(table));
      writeSlowVersion(join(store, 'slow_rows'));
    },
    open: () => open('contract_rows', 'contract_rows'),
    openDead: () => open('contract_rows', 'contract_rows', missing),
    slowObject: 'slow_rows',
    openSlow: () => open('slow_rows', 'slow_rows'),
    countSlow: async () => 0,
    stop: async () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The connection is closed with the one interface that is read through it. */
function ownedBy(connection: SourceAdapter, bound: SourceAdapter): SourceAdapter {
  return {
    kind: bound.kind,
    capabilities: bound.capabilities,
    describe: (...call) => bound.describe(...call),
    read: (...call) => bound.read(...call),
    tally: (...call) => bound.tally(...call),
    probe: (...call) => bound.probe(...call),
    explain: (...call) => bound.explain(...call),
    close: () => connection.close(),
  };
}

/** U+FFFD is how undecodable bytes show, so that a drop with it is rejected. */
function isCarried(cell: ContractCell): boolean {
  if (typeof cell !== 'string') return true;
  return !cell.includes('\ufffd') && iconv.decode(iconv.encode(cell, 'gb18030'), 'gb18030') === cell;
}

function writeCsv({ columns, rows }: ContractTable): Uint8Array {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(writeCell))];
  return iconv.encode(lines.map((line) => `${line.join(',')}\r\n`).join(''), 'gb18030');
}

function writeXlsx({ columns, rows }: ContractTable): Uint8Array {
  const cells = rows.map((row) =>
    row.map((cell) => (cell === null ? '<c/>' : inline(escapeXml(textOf(cell))))),
  );
  return writeWorkbook({ sheets: { 契约: sheetData([columns.map(({ name }) => inline(name)), ...cells]) } });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function textOf(cell: Exclude<ContractCell, null>): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell);
}

/** Null is nothing between the commas, any text stands between quotes. */
function writeCell(cell: ContractCell): string {
  return cell === null ? '' : `"${textOf(cell).replaceAll('"', '""')}"`;
}

/** A version that takes seconds to be read; no drop of a sensible size does. */
function writeSlowVersion(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const name = '20260101T000000000-000000000000.sqlite';
  const database = new Database(join(folder, name));
  database.exec(
    `CREATE VIEW rows AS WITH RECURSIVE c(n) AS
       (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30000000) SELECT max(n) AS n FROM c`,
  );
  database.close();
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
  const current = {
    format: 1,
    file: name,
    sha256,
    rows: 1,
    drop: { name: 'slow_rows', size: 1, modifiedMs: 1 },
    received: '2026-01-01T00:00:00.000Z',
    fingerprint: '',
    earlier: [],
  };
  writeFileSync(join(folder, 'current.json'), JSON.stringify(current));
}

describeAdapterContract('file (CSV in GB18030)', async () => createSource(writeCsv));

// Behind the reading of the file everything is the same, so that its values show enough.
describe('file (xlsx) keeps the adapter contract:', () => {
  const source = createSource(writeXlsx);
  const { held, stored } = holdTable(source);
  const adapter = source.open();
  beforeAll(() => source.create(stored));
  afterAll(async () => {
    await adapter.close();
    await source.stop();
  });
  describeValueContract({ source: () => source, adapter: () => adapter, held: () => held });
});
