import { z } from 'zod';
import { LEVELS, type Level } from '../../runtime/level.js';

/**
 * What a record tells of. `request-refused`: somebody who is known asked what nobody may ask, or not he. `admin`: of the
 * audit itself and of changes to the gateway.
 */
export const AUDIT_KINDS = [
  'operation',
  'export',
  'unmask',
  'request-refused',
  'login-refused',
  'admin',
] as const;
export const AUDIT_OUTCOMES = ['ok', 'partial', 'refused', 'failed'] as const;
/** ISO 8601 at +08:00; texts of this form sort as their moments do. */
const time = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}\+08:00$/);
const texts = z.array(z.string());

/** One line of the audit. It holds no value that a source gave, and nobody's number or name but the caller's. */
export const auditRecordGrammar = z.strictObject({
  /** When the request began, as `auditTime` writes it. */
  time,
  kind: z.enum(AUDIT_KINDS),
  requestId: z.string(),
  /** Null where nobody was known: refused logins, and what the gateway does itself. */
  caller: z
    .strictObject({ name: z.string(), role: z.string(), kind: z.enum(['user', 'application']) })
    .nullable(),
  /** Of the machine that asked. */
  address: z.string().nullable(),
  /** Null where no document was read. */
  operation: z
    .strictObject({
      name: z.string().nullable(),
      /** Of the document's text. */
      documentHash: z.string(),
      /** As `variablesDigest` makes it. */
      variablesDigest: z.string(),
    })
    .nullable(),
  /** Root fields that were asked, such as `inspections`. */
  lists: texts,
  /** How many entities of each type the answer holds. */
  touched: z.array(z.strictObject({ type: z.string(), count: z.int().min(0) })),
  /** Subjects in the answer, as `subjectHash` makes them; each once. */
  subjects: texts,
  /** Code of the legal matter. */
  purpose: z.string().nullable(),
  /** The highest level that was read; null: nothing was. */
  level: z.enum(LEVELS).nullable(),
  /** Names of masks that were applied. */
  masks: texts,
  /** Interfaces that took part. */
  interfaces: texts,
  outcome: z.enum(AUDIT_OUTCOMES),
  /** Codes of the errors in the answer, each once. */
  errors: texts,
  durationMs: z.number().min(0),
  /**
   * What the operation was estimated to cost before it was carried out, in points. Null: it was not estimated, or the
   * record is of a version that did not write it down.
   */
  cost: z.number().min(0).nullable().default(null),
  /**
   * Of `unmask`: the `reason`, the selections that were shown whole for it (`unmasked`), and whether an operation or an
   * export showed them (`by`); of an operation that gave a reason and was shown nothing whole, the same. Of what is
   * refused: the reason. Of `admin`: what happened.
   */
  detail: z.record(z.string(), z.union([z.string(), z.number()])).nullable(),
});

export type AuditRecord = Readonly<z.infer<typeof auditRecordGrammar>>;

const COUNTY_OFFSET_MS = 8 * 3_600_000;

/** A moment as records tell it: the county's zone has no summer time, so that its offset is always +08:00. */
export function auditTime(moment: Date): string {
  return `${new Date(moment.getTime() + COUNTY_OFFSET_MS).toISOString().slice(0, -1)}+08:00`;
}

/** The county's day of a record's time, `yyyy-MM-dd`. */
export function dayOf(recordTime: string): string {
  return recordTime.slice(0, 10);
}

/** Whether `level` is as high as `least`; null is lower than all. */
export function isLevelFrom(level: Level | null, least: Level): boolean {
  return level !== null && LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

/** Nobody is known, and no document was read. */
const NOTHING_ASKED = {
  caller: null,
  operation: null,
  lists: [],
  touched: [],
  subjects: [],
  purpose: null,
  level: null,
  masks: [],
  interfaces: [],
  errors: [],
  durationMs: 0,
  cost: null,
} satisfies Partial<AuditRecord>;

/** What the audit says of itself. */
export function adminRecord(
  moment: Date,
  detail: NonNullable<AuditRecord['detail']> & { readonly action: string },
): AuditRecord {
  const time = auditTime(moment);
  return { ...NOTHING_ASKED, time, kind: 'admin', requestId: '', address: null, outcome: 'ok', detail };
}

/** Whom nothing is answered, and why. */
export type Refused = Pick<AuditRecord, 'requestId' | 'address' | 'caller'> & {
  readonly reason: string;
  /** Of the document's text; absent: none was read. */
  readonly documentHash?: string;
};

/** Somebody was not let in, or what he asks is not carried out. */
export function refusedRecord(
  moment: Date,
  { requestId, address, caller, reason, documentHash }: Refused,
): AuditRecord {
  const time = auditTime(moment);
  return {
    ...NOTHING_ASKED,
    time,
    kind: caller === null ? 'login-refused' : 'request-refused',
    requestId,
    address,
    caller,
    outcome: 'refused',
    detail: { reason, ...(documentHash !== undefined && { documentHash }) },
  };
}
