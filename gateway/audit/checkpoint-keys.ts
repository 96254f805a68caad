import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { Secret } from '../../runtime/config/secret.js';
import { type AuditHash, hashHex } from './audit-hash.js';
import type { SigningSettings } from './audit-settings.js';

/** What a checkpoint is signed with. */
export interface CheckpointSigner {
  readonly kind: SigningSettings['kind'];
  /** Tells keys apart, and nothing of the key. */
  readonly keyId: string;
  /** In base64url. */
  sign(text: string): string;
}

/** What a checkpoint is checked with. */
export interface CheckpointKey {
  readonly kind: SigningSettings['kind'];
  readonly keyId: string;
  isSigned(text: string, signature: string): boolean;
}

/** @throws {Error} when the key is none of its kind; the message does not show it. */
export function createSigner({ kind, key }: SigningSettings, hash: AuditHash): CheckpointSigner {
  if (kind === 'hmac') {
    const macOf = hmacWith(key, hash);
    return { kind, keyId: macKeyId(key, hash), sign: (text) => macOf(text).toString('base64url') };
  }
  const privateKey = readEd25519(key, createPrivateKey);
  return {
    kind,
    keyId: publicKeyId(createPublicKey(privateKey)),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
  };
}

/**
 * What checks checkpoints, of a key as a file or a variable holds it: Ed25519 if it is PEM, private or public; else HMAC.
 *
 * @returns one for each hash with which such a key may have signed.
 * @throws {Error} when it is PEM of another kind of key.
 */
export function checkpointKeys(key: Secret): readonly CheckpointKey[] {
  if (key.reveal().includes('-----BEGIN')) {
    const publicKey = readEd25519(key, createPublicKey);
    const isSigned = (text: string, signature: string): boolean =>
      verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64url'));
    return [{ kind: 'ed25519', keyId: publicKeyId(publicKey), isSigned }];
  }
  return (['sha256', 'sm3'] as const).map((hash) => {
    const macOf = hmacWith(key, hash);
    return {
      kind: 'hmac',
      keyId: macKeyId(key, hash),
      isSigned: (text, signature) => {
        const mac = macOf(text);
        const given = Buffer.from(signature, 'base64url');
        return given.length === mac.length && timingSafeEqual(given, mac);
      },
    };
  });
}

function readEd25519(key: Secret, read: (pem: string) => KeyObject): KeyObject {
  let found: KeyObject;
  try {
    found = read(key.reveal());
  } catch {
    // What OpenSSL says could show a part of the key.
    throw new Error('it must be an Ed25519 key in PEM, but is not');
  }
  if (found.asymmetricKeyType === 'ed25519') return found;
  throw new Error(`it must be an Ed25519 key, but is ${found.asymmetricKeyType ?? 'of another kind'}`);
}

function publicKeyId(key: KeyObject): string {
  return hashHex('sha256', key.export({ type: 'spki', format: 'der' })).slice(0, 16);
}

function hmacWith(key: Secret, hash: AuditHash): (text: string) => Buffer {
  return (text) => createHmac(hash, key.reveal()).update(text).digest();
}

function macKeyId(key: Secret, hash: AuditHash): string {
  return hmacWith(key, hash)('enforcement-graph/audit-key-id').toString('hex').slice(0, 16);
}
