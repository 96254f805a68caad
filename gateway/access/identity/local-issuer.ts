import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, SignJWT } from 'jose';
import { type Clock, systemClock } from '../../../runtime/clock.js';
import { errorCodeOf } from '../../../runtime/error-code.js';
import { type IssuerSettings, type SignatureAlgorithm, USUAL_CLAIMS } from './identity-settings.js';

const ALGORITHM: SignatureAlgorithm = 'Ed25519';
const KEY_FILE = 'issuer-key.pem';
const KEY_SET_FILE = 'issuer-jwks.json';
const NAME = 'local';
const ISSUER = 'urn:enforcement-graph:local';
const AUDIENCE = 'enforcement-graph';
/** For demos and tests; who works with a county has an identity provider. */
const MAX_VALID_MS = 30 * 86_400_000;

/** What a token says of its bearer. Absent limits of rows: all rows. */
export interface TokenGrant {
  readonly role: string;
  /** Whose token it is. */
  readonly name: string;
  readonly townships?: readonly string[];
  readonly departments?: readonly string[];
  readonly purposes?: readonly string[];
  readonly scopes?: readonly string[];
  /** Milliseconds from now. */
  readonly validFor: number;
}

/** An issuer of this machine's own, for the demo county and for tests. */
export interface LocalIssuer {
  /** For `createAuthenticate`. */
  readonly settings: IssuerSettings;
  issueToken(grant: TokenGrant): Promise<string>;
}

/**
 * Opens the issuer whose keys lie in a folder; the keys are made first when there are none. Whoever can read the private key
 * can be anybody: its file is for its owner alone.
 *
 * @throws {Error} when the private key's file is open to others, or is none.
 */
export async function localIssuer(folder: string, clock: Clock = systemClock): Promise<LocalIssuer> {
  const keyFile = join(folder, KEY_FILE);
  const keySetFile = join(folder, KEY_SET_FILE);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const privateKey = readPrivateKey(keyFile) ?? makePrivateKey(keyFile);
  const jwk = await exportJWK(createPublicKey(privateKey));
  const kid = await calculateJwkThumbprint(jwk);
  writeKeySet(keySetFile, { keys: [{ ...jwk, kid, alg: ALGORITHM, use: 'sig' }] });
  return {
    settings: Object.freeze({
      name: NAME,
      issuer: ISSUER,
      audiences: [AUDIENCE],
      algorithms: [ALGORITHM],
      keys: { kind: 'file' as const, file: keySetFile },
      leewaySeconds: 0,
      claims: USUAL_CLAIMS,
      // Whoever can read the key file has no need of a second factor.
      secondFactors: [],
    }),
    issueToken: (grant) => signToken(grant, { privateKey, kid, clock }),
  };
}

async function signToken(
  { role, name, townships, departments, purposes, scopes, validFor }: TokenGrant,
  { privateKey, kid, clock }: { readonly privateKey: KeyObject; readonly kid: string; readonly clock: Clock },
): Promise<string> {
  if (!(validFor >= 1000 && validFor <= MAX_VALID_MS))
    throw new RangeError(
      `Cannot issue a token: it must be valid for one second to 30 days, but is for ${validFor} ms.`,
    );
  const now = Math.floor(clock.now().getTime() / 1000);
  const claims = {
    role,
    ...(townships !== undefined && { townships }),
    ...(departments !== undefined && { departments }),
    ...(purposes !== undefined && { purposes }),
    ...(scopes !== undefined && { scope: scopes.join(' ') }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(name)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + Math.floor(validFor / 1000))
    .sign(privateKey);
}

/** Null: there is no such file. */
function readPrivateKey(file: string): KeyObject | null {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
  const mode = statSync(file).mode & 0o777;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(
      `私钥文件只能由所有者读写。Cannot use ${file}: it must be open to its owner alone (mode 600), but has mode ${mode.toString(8)}.`,
    );
  }
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new Error(
    `密钥类型不符。Cannot use ${file}: it must hold a key of Ed25519, but holds one of ${key.asymmetricKeyType}.`,
  );
}

/** Two processes may come first at once: the file appears whole or not, and the first one's key counts for both. */
function makePrivateKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  const trial = `${file}.${randomUUID()}`;
  writeFileSync(trial, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    // A umask may only take rights away; none of them may be missing either.
    chmodSync(trial, 0o600);
    linkSync(trial, file);
    return privateKey;
  } catch (error) {
    if (errorCodeOf(error) !== 'EEXIST') throw error;
    return readPrivateKey(file) ?? privateKey;
  } finally {
    rmSync(trial, { force: true });
  }
}

/** Only when it says something else, so that no running gateway reads it anew for nothing. */
function writeKeySet(file: string, keySet: object): void {
  const text = `${JSON.stringify(keySet, null, 2)}\n`;
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error;
  }
  const trial = `${file}.${randomUUID()}`;
  writeFileSync(trial, text, { mode: 0o644 });
  renameSync(trial, file);
}
