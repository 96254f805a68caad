import type { GraphQLError } from 'graphql';
import { refusal } from '../../runtime/errors.js';
import type { Level } from '../../runtime/level.js';
import {
  type AuditRecord,
  adminRecord,
  auditTime,
  isLevelFrom,
  type Refused,
  refusedRecord,
} from './audit-record.js';
import type { AuditSettings } from './audit-settings.js';
import { AuditUnavailable } from './audit-unavailable.js';
import { subjectHash, variablesDigest } from './digests.js';
import type { Audit } from './open-audit.js';

/** The level from which nothing is answered that is not recorded, whatever the settings say. */
const NEVER_UNRECORDED: Level = 'L3';

/** Who asked, and from where. */
export interface Asker {
  readonly requestId: string;
  readonly address: string;
  readonly caller: NonNullable<AuditRecord['caller']>;
  readonly purpose: string | null;
  /** Why he wants to see masked values whole; null: he does not. */
  readonly unmaskReason: string | null;
}

/** What was asked, and what became of it. */
export interface Answered {
  readonly kind: 'operation' | 'export';
  readonly operationName: string | null;
  readonly documentHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly lists: readonly string[];
  readonly touched: ReadonlyMap<string, number>;
  readonly subjects: ReadonlySet<string>;
  /** Null: nothing was read. */
  readonly level: Level | null;
  readonly masks: readonly string[];
  /** What was shown whole for that reason alone. */
  readonly unmasked: readonly string[];
  readonly interfaces: readonly string[];
  readonly outcome: AuditRecord['outcome'];
  readonly errors: readonly string[];
  readonly durationMs: number;
  /** Estimated; null: nobody asked. */
  readonly cost: number | null;
}

/** Writes down what is answered, before it leaves. */
export interface Recorder {
  /** @returns why the answer must not leave; null: it is recorded, or may go without. */
  answered(asker: Asker, answered: Answered): Promise<GraphQLError | null>;
  /** Somebody was not let in, or what he asks is not carried out; nobody waits for it. */
  turnedAway(refused: Refused): void;
  /** The gateway serves something else; nobody waits for it. */
  changed(detail: NonNullable<AuditRecord['detail']> & { readonly action: string }): void;
  /**
   * Somebody is about to change something: it must not be changed unless this resolves.
   *
   * @throws {GraphQLError} AUDIT_UNAVAILABLE
   */
  acting(detail: NonNullable<AuditRecord['detail']> & { readonly action: string }): Promise<void>;
}

export function createRecorder(
  audit: Pick<Audit, 'append'>,
  { subjectKey, hash, onFailure }: Pick<AuditSettings, 'subjectKey' | 'hash' | 'onFailure'>,
  now: () => Date = () => new Date(),
): Recorder {
  return {
    answered: async ({ requestId, address, caller, purpose, unmaskReason }, answered) => {
      const { unmasked } = answered;
      const record: AuditRecord = {
        time: auditTime(new Date(now().getTime() - answered.durationMs)),
        kind: unmasked.length > 0 ? 'unmask' : answered.kind,
        requestId,
        caller,
        address,
        operation: {
          name: answered.operationName,
          documentHash: answered.documentHash,
          variablesDigest: variablesDigest(answered.variables),
        },
        lists: [...answered.lists],
        touched: [...answered.touched].map(([type, count]) => ({ type, count })),
        subjects: [...answered.subjects].map((ref) => subjectHash(ref, subjectKey, hash)),
        purpose,
        level: answered.level,
        masks: [...answered.masks],
        interfaces: [...answered.interfaces],
        outcome: answered.outcome,
        errors: [...new Set(answered.errors)],
        durationMs: answered.durationMs,
        cost: answered.cost,
        detail:
          unmaskReason === null
            ? null
            : { reason: unmaskReason, unmasked: unmasked.join(' '), by: answered.kind },
      };
      try {
        await audit.append(record);
        return null;
      } catch (error) {
        if (!(error instanceof AuditUnavailable)) throw error;
        const mayGo =
          onFailure === 'answer' && unmasked.length === 0 && !isLevelFrom(answered.level, NEVER_UNRECORDED);
        return mayGo ? null : refusal('AUDIT_UNAVAILABLE');
      }
    },
    turnedAway: (refused) => {
      audit.append(refusedRecord(now(), refused)).catch(() => undefined);
    },
    acting: async (detail) => {
      try {
        await audit.append(adminRecord(now(), detail));
      } catch (error) {
        if (!(error instanceof AuditUnavailable)) throw error;
        throw refusal('AUDIT_UNAVAILABLE');
      }
    },
    changed: (detail) => {
      audit.append(adminRecord(now(), detail)).catch(() => undefined);
    },
  };
}
