import type { Column } from '../ask/columns.js';
import type { ExportStanding } from '../walk/export-ledger.js';

/** What a file says besides its rows. */
export interface FileFacts {
  readonly columns: readonly Column[];
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** How the export stands; ended when the pages are. */
  standing(): ExportStanding;
}

/** Writes pages of rows as a file, piece by piece. */
export type WriteFile = (
  pages: AsyncIterable<readonly unknown[]>,
  facts: FileFacts,
) => AsyncGenerator<Buffer>;
