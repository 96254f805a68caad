import type { Audit } from '../../gateway/audit/open-audit.js';
import type { Gateway } from '../../gateway/create-gateway.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import type { QuotaLedger } from '../../runtime/ledger/quota-ledger.js';

/** The process that keeps this one and its likes, as a worker sees it: it does what only one process may do. */
export interface Keeper {
  /** Records of all workers go into one trail. */
  readonly audit: Pick<Audit, 'append'>;
  /** In which all workers count what callers have had. */
  readonly ledger: QuotaLedger;
  /** The metrics of all workers together. */
  scrape(): Promise<string>;
  /** This worker answers requests from now on. */
  serving(gateway: Pick<Gateway, 'url' | 'look'>, metrics: Pick<Metrics, 'families'>): Promise<void>;
}
