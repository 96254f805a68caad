import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

/** The county's secret under which persons are known; at least as secret as the numbers themselves. */
export type PersonKey = Uint8Array | string;

/** Keyed hash by which two departments recognise a person without seeing the number: HMAC-SM3, lower hex. */
export function hashPerson(citizenId: string, personKey: PersonKey): string {
  return createHmac('sm3', personKey).update(citizenId).digest('hex');
}

const PREFIX = 'sealed.';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a held spelling of a personal number with AES-256-GCM. The same text is sealed to the same ciphertext,
 * so that an index of spellings does not grow with every reading; that it repeats is no more than the hash tells.
 */
export function sealSpelling(text: string, personKey: PersonKey): string {
  const keys = keyring(personKey);
  const iv = createHmac('sha256', keys.nonce).update(text).digest().subarray(0, IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.sealing, iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text that was sealed; null for anything that this key did not seal. */
export function openSealed(sealed: string, personKey: PersonKey): string | null {
  if (!isSealed(sealed)) return null;
  const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyring(personKey).sealing, bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // Forged, or sealed under another county's key: not a spelling of ours.
    return null;
  }
}

export function isSealed(text: string): boolean {
  return text.startsWith(PREFIX);
}

interface Keyring {
  readonly sealing: Buffer;
  readonly nonce: Buffer;
}

let lastKey: PersonKey | null = null;
let lastRing: Keyring | null = null;

/** Derivation costs more than sealing, and a process has one key: the last ring is kept. */
function keyring(personKey: PersonKey): Keyring {
  if (lastRing !== null && lastKey !== null && sameKey(lastKey, personKey)) return lastRing;
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', personKey, '', purpose, 32));
  lastRing = {
    sealing: derive('enforcement-graph/spelling'),
    nonce: derive('enforcement-graph/spelling-nonce'),
  };
  lastKey = typeof personKey === 'string' ? personKey : Uint8Array.from(personKey);
  return lastRing;
}

function sameKey(left: PersonKey, right: PersonKey): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right;
  return Buffer.compare(left, right) === 0;
}
