import { createLocalJWKSet, errors, type JWK, type LocalJWKSet } from 'jose';

/** More is no set of one issuer's keys. */
const MAX_KEYS = 64;

/** What should be a JWKS is none. */
export class KeySetMalformed extends Error {
  override readonly name = 'KeySetMalformed';
}

/**
 * Reads a JWKS (RFC 7517). Of its keys those count that are public and made for signatures: a symmetric key or a private one
 * that stands there by mistake is known to everybody who reads the set.
 *
 * @throws {KeySetMalformed} also when no key is left.
 */
export function readKeySet(bytes: Buffer): LocalJWKSet {
  const keys = keysOf(parseJson(bytes)).filter(isPublicSignatureKey);
  if (keys.length === 0) throw new KeySetMalformed('it must have a public key for signatures, but has none');
  try {
    return createLocalJWKSet({ keys });
  } catch (error) {
    throw new KeySetMalformed('it must be a JWKS, but is not', { cause: error });
  }
}

/** Whether an error of a key set says that it has no (single, usable) key for a token. */
export function isKeyMissing(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JWKSInvalid ||
    error instanceof errors.JWKInvalid ||
    error instanceof errors.JOSENotSupported
  );
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new KeySetMalformed('it must be JSON, but is not', { cause: error });
  }
}

function keysOf(value: unknown): readonly JWK[] {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : null;
  if (!Array.isArray(keys)) throw new KeySetMalformed('it must have a list of keys, but has none');
  if (keys.length > MAX_KEYS)
    throw new KeySetMalformed(`it must have at most ${MAX_KEYS} keys, but has ${keys.length}`);
  return keys.filter((key): key is JWK => typeof key === 'object' && key !== null);
}

function isPublicSignatureKey(key: JWK): boolean {
  const isPrivate = Object.hasOwn(key, 'd') || Object.hasOwn(key, 'k');
  return !isPrivate && (key.use === undefined || key.use === 'sig');
}
