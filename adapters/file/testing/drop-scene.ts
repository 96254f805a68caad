import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALWAYS } from '../../condition.js';
import type { ReadRequest, SourceAdapter } from '../../source-adapter.js';
import type { SourceBinding } from '../../source-object.js';
import type { SourceRow } from '../../source-value.js';
import { wideBounds } from '../../testing/contract-bounds.js';
import type { FileDefinition } from '../file-definition.js';
import type { FileEvent } from '../file-event.js';
import type { Rejection } from '../file-object.js';
import { type FileConnection, type FileConnectionOptions, openFileConnection } from '../open-file.js';

/** The drops of most tests: homestays by permit number. */
const HOMESTAYS: FileDefinition = {
  kind: 'file',
  match: '民宿台账*',
  sheets: null,
  header: { row: 1, rows: 1 },
  charset: 'auto',
  delimiter: ',',
};

export const BINDING: SourceBinding = {
  interface: 'culture.homestay',
  definition: HOMESTAYS,
  columns: ['许可证号', '民宿名称'],
  key: ['许可证号'],
};

/** A drop folder and a store in a temporary folder, and connections to them. */
export class DropScene {
  readonly root = mkdtempSync(join(tmpdir(), 'eg-drops-'));
  readonly folder = join(this.root, 'drops');
  readonly store = join(this.root, 'store');
  readonly events: FileEvent[] = [];
  readonly #connections: FileConnection[] = [];

  constructor() {
    mkdirSync(this.folder);
  }

  /** A connection that takes a file for complete soon, and does not look by itself for a long time. */
  connect(options: FileConnectionOptions = {}, store = this.store): FileConnection {
    const connection = openFileConnection(
      { dialect: 'files', folder: this.folder, store },
      { stableMs: 5, everyMs: 600_000, onEvent: (event) => this.events.push(event), ...options },
    );
    this.#connections.push(connection);
    return connection;
  }

  /** @returns the file's path. */
  drop(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Everything of these columns, in the order of the file. */
export function readRows(
  adapter: SourceAdapter,
  columns: readonly string[] = BINDING.columns,
  name = BINDING.interface,
): Promise<readonly SourceRow[]> {
  const request: ReadRequest = {
    from: { name },
    columns,
    where: ALWAYS,
    orderBy: [
      { column: '_sheet', direction: 'asc', nulls: 'first' },
      { column: '_row', direction: 'asc', nulls: 'excluded' },
    ],
    limit: 100_000,
  };
  return adapter.read(request, wideBounds());
}

/** A CSV of homestays: permit numbers and names. */
export function homestayCsv(rows: readonly (readonly [string, string])[]): string {
  return `许可证号,民宿名称\r\n${rows.map(([permit, name]) => `${permit},${name}\r\n`).join('')}`;
}

/** The latest rejected drop of each interface that has one. */
export async function rejectionsOf(connection: FileConnection): Promise<readonly Rejection[]> {
  return (await connection.states()).flatMap(({ rejection }) => rejection ?? []);
}
