import { getHashes, hash as hashOf } from 'node:crypto';

/** SM3 is GB/T 32905-2016. Both give 256 bits. */
export const AUDIT_HASHES = ['sha256', 'sm3'] as const;

export type AuditHash = (typeof AUDIT_HASHES)[number];

/** Signs of a hash in a line: 256 bits in hexadecimal. */
export const HASH_LENGTH = 64;

/** Stands for the line before the very first one. */
export const NO_HASH = '0'.repeat(HASH_LENGTH);

/** Whether this machine's Node, with the OpenSSL that it was built with, can do it. */
export function isHashThere(hash: AuditHash): boolean {
  return getHashes().includes(hash);
}

/** In lower-case hexadecimal. */
export function hashHex(hash: AuditHash, bytes: Buffer | string): string {
  return hashOf(hash, bytes, 'hex');
}
