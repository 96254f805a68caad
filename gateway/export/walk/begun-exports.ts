import { LRUCache } from 'lru-cache';
import type { ExportLedger } from './export-ledger.js';

interface BegunExport {
  readonly ledger: ExportLedger;
  /** Name of whoever began it. */
  readonly caller: string;
}

/** Exports of this process. */
export interface BegunExports {
  underWay: number;
  /** By id; those too that have ended. */
  readonly kept: LRUCache<string, BegunExport>;
}

/** Exports of which it is remembered how they ended. */
const KEPT = 500;

export function createBegunExports(): BegunExports {
  return { underWay: 0, kept: new LRUCache({ max: KEPT }) };
}
