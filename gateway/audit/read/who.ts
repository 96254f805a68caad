import type { Secret } from '../../../runtime/config/secret.js';
import { AUDIT_HASHES } from '../audit-hash.js';
import { subjectHash } from '../digests.js';
import { type FoundRecord, readRecords } from './read-records.js';

export interface WhoQuestion {
  /** As records have it, or a ref such as `uscc:…` with the key of what stands for subjects. */
  readonly subject: { readonly hash: string } | { readonly ref: string; readonly key: Secret };
  /** First and last day of the county, `yyyy-MM-dd`, both included; null: without a bound. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Records of who saw a subject, in their order.
 *
 * @throws {RecordUnreadable} on a line that is no record.
 */
export async function* who(folder: string, { subject, from, to }: WhoQuestion): AsyncGenerator<FoundRecord> {
  const hashes =
    'hash' in subject
      ? [subject.hash]
      : AUDIT_HASHES.map((hash) => subjectHash(subject.ref, subject.key, hash));
  const texts = hashes.map((hash) => JSON.stringify(hash));
  for await (const found of readRecords(folder, { from, to, texts })) {
    if (found.record.subjects.some((hash) => hashes.includes(hash))) yield found;
  }
}
