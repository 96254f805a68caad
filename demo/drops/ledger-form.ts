/** A heading of a ledger: the merged cell above it, and its own. Both the same: one cell over two rows. */
export interface LedgerColumn {
  readonly group: string;
  readonly heading: string;
}

/** How one ledger is laid out. */
export interface LedgerForm {
  /** Above the headings of a sheet. */
  readonly title: (sheet: string) => string;
  /** From left to right. */
  readonly columns: readonly LedgerColumn[];
  /** Headings below which cells are real dates. */
  readonly dates: readonly string[];
  /** Lines below the rows of a sheet, each in its first cell: sums and signatures. Default none. */
  readonly footer?: (rows: number) => readonly string[];
  /** A first sheet that tells how to fill in the others. Default none. */
  readonly instructions?: { readonly sheet: string; readonly lines: readonly string[] };
}
