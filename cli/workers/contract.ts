import type { CountyAnswers, CountyHearers } from '../../county/follow/county-talk.js';
import type { AuditRecord } from '../../gateway/audit/audit-record.js';
import type { AuditUnavailable } from '../../gateway/audit/audit-unavailable.js';
import type { Look, LookAnswer } from '../../gateway/health/look.js';
import type { Ending } from '../../gateway/http/listener/ending.js';
import type { MetricFamily } from '../../gateway/observe/metrics.js';
import type { AskedOperation } from '../../gateway/plan/kept/kept-operation.js';
import type { LedgerAnswer, LedgerQuestion } from '../../runtime/ledger/quota-ledger.js';
import type { FindRequest } from '../run/request-memory.js';

/** What workers ask their keeper; of a county where it keeps one. */
export type KeeperAnswers = OwnAnswers & CountyAnswers;

export interface OwnAnswers {
  /** Null for each record that is on the disk, else why it is not. */
  record(records: readonly AuditRecord[]): Promise<readonly (AuditUnavailable['reason'] | null)[]>;
  /** Of the ledger in which all workers count what callers have had. */
  ledger(question: LedgerQuestion): Promise<LedgerAnswer>;
  /** The metrics of all workers together. */
  scrape(): Promise<string>;
  /** What was asked of others. */
  askedBefore(): Promise<readonly AskedOperation[]>;
  /** Gives this worker connections from now on, in its turn. @returns where callers connect. */
  takeConnections(): Promise<string>;
  /** Gives it no more; it has got all that it gets by the answer. */
  takeNoMore(): Promise<void>;
  /** The worker answers requests there. */
  serving(url: string): Promise<void>;
  /** A signal asked this worker alone to end. */
  leaving(): Promise<void>;
}

/** What the keeper asks its workers. */
export interface WorkerAnswers extends CountyHearers {
  metrics(): Promise<readonly MetricFamily[]>;
  /** What it remembers of a request. @param of whose it must be; null: anybody's. */
  findRequest: FindRequest;
  /** What it was asked for. */
  asked(): Promise<readonly AskedOperation[]>;
  look(asked: Look): Promise<LookAnswer>;
  end(ending: Ending): Promise<void>;
  /** Whether what was read serves. */
  reread(): Promise<boolean>;
}
