/** Where the source cannot filter all by itself, this many rows are read for each one wanted. */
const RESIDUAL_FACTOR = 4;
const LEAST_ROWS = 100;

/**
 * How many rows the next call of a page's scan asks for.
 *
 * @param missing rows that are still wanted.
 * @param scanned rows read so far.
 * @param isExact the source filters all by itself.
 */
export function rowsOfNextCall(missing: number, scanned: number, isExact: boolean): number {
  return isExact ? missing : Math.max(LEAST_ROWS, missing * RESIDUAL_FACTOR, scanned);
}

/**
 * How many rows a page's scan reads altogether.
 *
 * @param matching rows that the source would send one after another.
 * @param share which share of them is wanted; null: all, and the source knows it.
 */
export function rowsOfScan(matching: number, limit: number, share: number | null): number {
  const wanted = limit + 1;
  if (share === null) return Math.min(matching, wanted);
  let scanned = 0;
  while (scanned < matching && scanned * share < wanted) {
    const missing = Math.ceil(wanted - scanned * share);
    scanned = Math.min(matching, scanned + rowsOfNextCall(missing, scanned, false));
  }
  return scanned;
}
