/** A cell as it is written into a legacy store; bigint and text keep their digits. */
export type LegacyCell = string | number | bigint | null;

export type LegacyColumnType =
  | { readonly type: 'text'; readonly length?: number }
  | { readonly type: 'integer' }
  /** Exact: SQLite holds the digits as text, the others as DECIMAL. Cells are given as text. */
  | { readonly type: 'decimal'; readonly precision: number; readonly scale: number }
  /** Cells `yyyy-MM-dd`. SQLite holds the text. */
  | { readonly type: 'date' }
  /** Cells `yyyy-MM-dd HH:mm:ss`. SQLite holds the text. */
  | { readonly type: 'datetime' };

/** One table of a department's legacy system, in any of the databases that a county may run. */
export interface LegacyTable {
  readonly name: string;
  readonly columns: readonly (LegacyColumnType & { readonly name: string })[];
  readonly primaryKey?: readonly string[];
  readonly indexes: readonly (readonly string[])[];
  /** Rows in the order of `columns`; can be walked more than once. */
  readonly rows: Iterable<readonly LegacyCell[]>;
}

/** A department's legacy system: which connection of the mappings it is, and its tables. */
export interface LegacyStore {
  /** `source.connection` in the mappings: `market`, `marine`, `supervision`, `cases`, `health` … */
  readonly connection: string;
  /** How the county gets at it. Default: its tables, in a database. */
  readonly access?: LegacyAccess;
  readonly tables: readonly LegacyTable[];
}

/** Protocols of the servers that stand before a store (demo/servers). */
export type ServedProtocol = 'if1' | 'if2' | 'soap' | 'rest';

/** Behind a server, or as files that are dropped. */
type LegacyAccess = ServedProtocol | 'drops';
