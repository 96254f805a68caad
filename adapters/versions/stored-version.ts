/** What is known of every version, whatever it was made of; each kind of version adds keys of its own. */
export interface StoredVersion {
  /** The version's file in its folder. */
  readonly file: string;
  /** Of that file, lower hex. */
  readonly sha256: string;
  readonly rows: number;
}

/** The table of every version. */
export const ROWS_TABLE = 'rows';

/** Names of versions sort by the moment at which they were made. */
export const VERSION_FILE = /^[0-9]{8}T[0-9]{9}-[0-9a-f]{12}\.sqlite$/;
