import type { CountyAnswers, CountyHearers } from '../../county/follow/county-talk.js';
import type { Audit } from '../../gateway/audit/open-audit.js';
import type { Gateway } from '../../gateway/create-gateway.js';
import type { ConnectionSource } from '../../gateway/http/listener/connection-source.js';
import type { Metrics } from '../../gateway/observe/metrics.js';
import type { AskedOperation } from '../../gateway/plan/kept/kept-operation.js';
import type { QuotaLedger } from '../../runtime/ledger/quota-ledger.js';
import type { Talk } from '../../runtime/talk/talk.js';
import type { FindRequest } from '../run/request-memory.js';

/** The process that keeps a county, as a worker that serves it sees it. */
export interface KeptElsewhere {
  readonly talk: Talk<CountyAnswers>;
  /** Calls with what changes from now on. */
  onTold(hear: (...told: Parameters<CountyHearers['told']>) => void): void;
  /** The same of levels of the log. */
  onLogLevel(hear: (...told: Parameters<CountyHearers['logLevel']>) => void): void;
}

/** The process that keeps this one and its likes, as a worker sees it: it does what only one process may do. */
export interface Keeper {
  /** What was asked of others, so that this one knows it before it serves. */
  askedBefore(): Promise<readonly AskedOperation[]>;
  /** It accepts for all of them. */
  readonly connections: ConnectionSource;
  /** Records of all workers go into one trail. */
  readonly audit: Pick<Audit, 'append'>;
  /** In which all workers count what callers have had. */
  readonly ledger: QuotaLedger;
  /** The metrics of all workers together. */
  scrape(): Promise<string>;
  /** Where it keeps one. */
  readonly county: KeptElsewhere;
  /** This worker answers requests from now on. */
  serving(
    gateway: Pick<Gateway, 'url' | 'look' | 'asked'>,
    metrics: Pick<Metrics, 'families'>,
    requests?: FindRequest,
  ): Promise<void>;
}
