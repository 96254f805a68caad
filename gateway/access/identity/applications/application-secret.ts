import { createHash, randomBytes } from 'node:crypto';
import { PLAIN_NAME } from './application.js';

/** 256 bits, as 43 characters. */
const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;
const HASH_TEXT = /^sha256:([0-9a-f]{64})$/;

/** What an application sends: `x-api-key: <id>.<secret>`. */
export interface SentKey {
  readonly id: string;
  readonly secret: string;
}

export function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/**
 * What is kept of a secret. A plain SHA-256 is right here, and a slow hash such as scrypt would be wrong: those make up for
 * passwords that people choose, of which there are few enough to try. These are 256 random bits, which nobody tries; and each
 * request would pay for the slowness, good ones and floods of bad ones alike.
 */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** As the applications file writes it: `sha256:` and 64 hexadecimal digits. */
export function hashText(hash: Buffer): string {
  return `sha256:${hash.toString('hex')}`;
}

/** Null: the text is no hash. */
export function readHashText(text: string): Buffer | null {
  const hex = HASH_TEXT.exec(text)?.[1];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}

/** Null: the text is no key. */
export function readSentKey(text: string): SentKey | null {
  const [id = '', secret = '', ...more] = text.split('.', 3);
  return more.length === 0 && PLAIN_NAME.test(id) && SECRET.test(secret) ? { id, secret } : null;
}
