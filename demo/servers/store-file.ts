import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/** A cell as SQLite gives it; the stores hold texts and whole numbers alone. */
export type StoredCell = string | number | null;

export type StoredRow = Readonly<Record<string, StoredCell>>;

/** A legacy store's SQLite file, opened for reading only. */
export interface StoreFile {
  /** Rows of a statement; columns in its order, named as there. */
  all(sql: string, parameters?: readonly StoredCell[]): readonly StoredRow[];
  /** The first cell of the first row as a number, such as a count. */
  count(sql: string, parameters?: readonly StoredCell[]): number;
  close(): void;
}

/** @throws {Error} when the file is not there. */
export function openStoreFile(file: string): StoreFile {
  if (!existsSync(file)) throw new Error(`Cannot open a store: ${file} must exist, but does not`);
  const database = new Database(file, { readonly: true, fileMustExist: true });
  const statements = new Map<string, Database.Statement<unknown[], StoredRow>>();
  const prepare = (sql: string): Database.Statement<unknown[], StoredRow> => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare<unknown[], StoredRow>(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    all: (sql, parameters = []) => prepare(sql).all(...parameters),
    count: (sql, parameters = []) => Number(Object.values(prepare(sql).get(...parameters) ?? {})[0] ?? 0),
    close: () => database.close(),
  };
}

/** `?, ?, ?` */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
