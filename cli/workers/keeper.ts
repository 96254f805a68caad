import type { Audit } from '../../gateway/audit/open-audit.js';
import type { Metrics } from '../../gateway/observe/metrics.js';

/** The process that keeps this one and its likes, as a worker sees it: it does what only one process may do. */
export interface Keeper {
  /** Records of all workers go into one trail. */
  readonly audit: Pick<Audit, 'append'>;
  /** The metrics of all workers together. */
  scrape(): Promise<string>;
  /** This worker answers requests from now on. */
  serving(url: string, metrics: Pick<Metrics, 'families'>): Promise<void>;
}
