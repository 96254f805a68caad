import type { SourceAdapter } from '../source-adapter.js';

type ContractColumnType = 'text' | 'integer' | 'decimal' | 'float' | 'date' | 'datetime' | 'binary';

interface ContractColumn {
  readonly name: string;
  readonly type: ContractColumnType;
  readonly nullable: boolean;
}

/**
 * A cell as the suite hands it over to be stored: decimals as text of at most 24 digits before and 8 after the
 * point, integers of up to 64 bits, dates `yyyy-MM-dd`, moments `yyyy-MM-dd HH:mm:ss[.ffffff]`.
 */
export type ContractCell = string | number | bigint | Uint8Array | null;

export interface ContractTable {
  readonly name: string;
  readonly columns: readonly ContractColumn[];
  readonly primaryKey: readonly string[];
  readonly rows: readonly (readonly ContractCell[])[];
}

/** What an adapter's own test provides to the contract suite: a real source that can be filled. */
export interface ContractSource {
  /**
   * How the port delivers cells. `native` (default): of their columns' types. `text`: every column is text, numbers in
   * their digits (`String` of the cell), bytes as lower-case hexadecimal, everything else as it was handed over.
   */
  readonly cells?: 'native' | 'text';
  /** Whether columns remember that they hold no null, and which of them are the key. Default: true. */
  readonly keepsNullability?: boolean;
  /** A call takes tens of milliseconds: the suite samples what it tries elsewhere in full. Default: false. */
  readonly isSlow?: boolean;
  /** Whether the source's format can carry a cell; rows with others are left out. Default: all. */
  holds?(cell: ContractCell): boolean;
  /** Creates and fills a table; texts up to 200 characters, with a collation that is not by code point. */
  create(table: ContractTable): Promise<void>;
  /** A new adapter on the source, bound to the table where objects must be bound; the suite closes it. */
  open(): SourceAdapter;
  /** An adapter on a source that does not answer at all, bound to the table likewise. */
  openDead(): SourceAdapter;
  /** An object with a column `n` whose reading takes several seconds; null where nothing can be that slow. */
  readonly slowObject: string | null;
  /** A new adapter that is bound to `slowObject`; absent where one adapter serves every object. */
  openSlow?(): SourceAdapter;
  /** How many statements over `slowObject` the source is running; asked only of adapters that cancel. */
  countSlow(): Promise<number>;
  stop(): Promise<void>;
}

/** Creates one source for a whole suite. */
export type ContractSetup = () => Promise<ContractSource>;
