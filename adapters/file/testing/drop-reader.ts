import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SourceBinding } from '../../source-object.js';
import type { ImportOutcome } from '../drops/import-thread.js';
import { ImportThread } from '../drops/import-thread.js';
import type { FileDefinition } from '../file-definition.js';

interface ReadDrop extends Partial<Omit<FileDefinition, 'kind' | 'match'>> {
  readonly columns?: readonly string[];
  readonly key?: readonly string[];
  readonly newest?: readonly string[];
  readonly numbers?: readonly string[];
  readonly where?: SourceBinding['where'];
}

/** A row of the version by heading, with `_sheet` and `_row`. */
export type VersionRow = Readonly<Record<string, string | number | null>>;

/** What the import thread makes of bytes, without folder and store. */
export class DropReader {
  readonly #folder = mkdtempSync(join(tmpdir(), 'eg-read-drop-'));
  readonly #thread = new ImportThread();
  readonly #path = join(this.#folder, 'drop');
  readonly #output = join(this.#folder, 'version.sqlite');

  async read(
    name: string,
    bytes: string | Uint8Array,
    { columns = [], key = [], newest = [], numbers = [], where = [], ...definition }: ReadDrop = {},
  ): Promise<{ readonly outcome: ImportOutcome; readonly rows: readonly VersionRow[] }> {
    writeFileSync(this.#path, bytes);
    rmSync(this.#output, { force: true });
    const outcome = await this.#thread.run({
      path: this.#path,
      name,
      output: this.#output,
      received: '2026-06-30 08:00:00',
      definition: {
        sheets: null,
        header: { row: 1, rows: 1 },
        charset: 'auto',
        delimiter: ',',
        ...definition,
      },
      columns,
      key,
      newest,
      numbers,
      where,
    });
    return { outcome, rows: outcome.kind === 'accepted' ? this.#rows() : [] };
  }

  /** Faults as `code@sheet!row:column=value`, without what is null. */
  async faults(name: string, bytes: string | Uint8Array, wanted: ReadDrop = {}): Promise<readonly string[]> {
    const { outcome } = await this.read(name, bytes, wanted);
    if (outcome.kind !== 'rejected') return [outcome.kind];
    return outcome.faults.map(({ code, sheet, row, column, value }) => {
      const place = `${sheet === null ? '' : `${sheet}!`}${row ?? ''}${column === null ? '' : `:${column}`}`;
      return `${code}@${place}${value === null ? '' : `=${value}`}`;
    });
  }

  async close(): Promise<void> {
    await this.#thread.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #rows(): readonly VersionRow[] {
    const database = new Database(this.#output, { readonly: true });
    try {
      return database.prepare<[], VersionRow>('SELECT * FROM rows ORDER BY rowid').all();
    } finally {
      database.close();
    }
  }
}
