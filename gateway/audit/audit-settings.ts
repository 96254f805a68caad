import type { Secret } from '../../runtime/config/secret.js';
import type { AuditHash } from './audit-hash.js';
import { type UnusualRules, USUAL_RULES } from './unusual/unusual-rules.js';

/** Where and how the audit is kept. */
export interface AuditSettings {
  /** Holds the segments; made when it is not there. */
  readonly folder: string;
  /** Holds a second copy of them, best on another disk or machine; null: there is none. */
  readonly copyFolder: string | null;
  /** Of the chain of lines, of HMAC signatures, and of what stands for subjects. */
  readonly hash: AuditHash;
  readonly signing: SigningSettings;
  /** Key of what stands for subjects. */
  readonly subjectKey: Secret;
  /** Size from which a new segment is begun. */
  readonly segmentBytes: number;
  /** The longest that a record stands unsigned, milliseconds. */
  readonly checkpointMs: number;
  /** The most records that stand unsigned. */
  readonly checkpointRecords: number;
  /** How long segments are kept, days; never less than `LEAST_RETENTION_DAYS`. */
  readonly retentionDays: number;
  /** Records that may wait to be written; more are refused. */
  readonly maxWaiting: number;
  /** What happens to operations below L3 while the audit cannot be written; from L3 on they are refused. */
  readonly onFailure: 'refuse' | 'answer';
  readonly unusual: UnusualRules;
}

/** How checkpoints are signed. */
export interface SigningSettings {
  /** `hmac` uses the audit's hash. */
  readonly kind: 'ed25519' | 'hmac';
  /** Of `ed25519`: the private key as PEM. */
  readonly key: Secret;
}

/** 网络安全法 art. 21: network logs are kept for six months at least. */
export const LEAST_RETENTION_DAYS = 180;

/** What is usual, wherever the audit is kept and whatever signs it. */
export const USUAL_AUDIT = Object.freeze({
  hash: 'sha256',
  segmentBytes: 64 * 1024 * 1024,
  checkpointMs: 1000,
  checkpointRecords: 1000,
  retentionDays: LEAST_RETENTION_DAYS,
  maxWaiting: 10_000,
  onFailure: 'refuse',
  unusual: USUAL_RULES,
}) satisfies Partial<AuditSettings>;
