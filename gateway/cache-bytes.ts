const MEGABYTE = 1024 * 1024;

/** Bytes of what is kept of documents and operations, 64 MB together; shares are as what was measured of 1,000 of them. */
export const CACHE_BYTES = {
  /** Documents that were validated. */
  documents: 21 * MEGABYTE,
  /** Operations of documents, before their variables are known. */
  described: MEGABYTE,
  /** What sorts of callers may have of operations. */
  authorised: 3 * MEGABYTE,
  /** What operations cost. */
  costs: 3 * MEGABYTE,
  /** Compiled plans, and what writes answers. */
  prepared: 27 * MEGABYTE,
  /** Plans as the planner gave them, for other sorts of callers and for the next run. */
  plans: 8 * MEGABYTE,
  /** What cannot be planned. */
  refused: MEGABYTE,
} as const;
