import { createHmac, hash as hashOf } from 'node:crypto';
import type { Secret } from '../../runtime/config/secret.js';
import { canonicalJson } from '../../runtime/json/canonical-json.js';
import type { AuditHash } from './audit-hash.js';

const SUBJECT_BYTES = 16;

/**
 * What stands for the variables of an operation: SHA-256, in hexadecimal, over their canonical JSON (RFC 8785 for what GraphQL
 * variables hold: keys sorted by their UTF-16 units, no spaces).
 */
export function variablesDigest(variables: Readonly<Record<string, unknown>>): string {
  return Object.keys(variables).length === 0 ? OF_NOTHING : digestOf(variables);
}

const OF_NOTHING = digestOf({});

function digestOf(variables: Readonly<Record<string, unknown>>): string {
  return hashOf('sha256', canonicalJson(variables), 'hex');
}

/**
 * What stands for a subject: the first 128 bits of an HMAC over its ref, such as `uscc:…`, in base64url. Whoever has the
 * key can look for a subject; nobody can read one.
 */
export function subjectHash(ref: string, key: Secret, hash: AuditHash): string {
  const mac = createHmac(hash, key.reveal()).update('enforcement-graph/audit-subject\0').update(ref).digest();
  return mac.subarray(0, SUBJECT_BYTES).toString('base64url');
}
