import { parse as parseStrictly } from 'lossless-json';
import type { IssuerSettings } from '../identity-settings.js';

/** Longer tokens are read by nobody; Node itself refuses headers over 16 KiB in all. */
const MAX_TOKEN_LENGTH = 8192;
const THREE_PARTS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;
/** Tokens of an issuer that are made for something else than to ask with, such as `logout+jwt`, say so. */
const TYPES: ReadonlySet<unknown> = new Set([
  undefined,
  'JWT',
  'jwt',
  'at+jwt',
  'application/at+jwt',
  'application/jwt',
]);
const MAX_SUBJECT_LENGTH = 255;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What a token says of itself before anything is proved, so far as it is needed to prove it. */
export interface UnprovedToken {
  readonly issuer: IssuerSettings;
  /** The claim `sub`. */
  readonly subject: string;
}

export interface TokenRefused {
  readonly reason: 'malformed' | 'unknown';
  readonly detail: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads what a token claims, and finds the issuer who has to vouch for it. Refused is what no issuer of ours would sign: other
 * algorithms, header parameters that change what a signature means, a claim that stands twice (whoever checks may read the
 * other one), and parts that are not spelt as their bytes would be (one token has one spelling).
 */
export function readToken(token: string, issuers: readonly IssuerSettings[]): UnprovedToken | TokenRefused {
  if (token.length > MAX_TOKEN_LENGTH)
    return malformed(`it must have at most ${MAX_TOKEN_LENGTH} characters, but has ${token.length}`);
  const [, ...parts] = THREE_PARTS.exec(token) ?? [];
  if (parts.length !== 3 || !parts.every(isCanonical))
    return malformed('it must be a token of three parts, but is not');
  const [header, claims] = parts.slice(0, 2).map(readObject);
  if (!header || !claims) return malformed('its parts must be objects without repeated names, but are not');
  const { iss, sub } = claims;
  const issuer = issuers.find((known) => known.issuer === iss);
  if (issuer === undefined) return { reason: 'unknown', detail: 'its issuer must be known, but is not' };
  const fault = headerFault(header, issuer);
  if (fault !== null) return malformed(`${issuer.name}: ${fault}`);
  if (!isSubject(sub)) return malformed(`${issuer.name}: it must name its subject, but does not`);
  return { issuer, subject: sub };
}

function malformed(detail: string): TokenRefused {
  return { reason: 'malformed', detail };
}

/** Base64url takes several spellings for the same bytes, unless spare bits are zero. */
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function readObject(part: string): JsonObject | null {
  try {
    const text = UTF8.decode(Buffer.from(part, 'base64url'));
    // Refuses names that stand twice with different values.
    const strict: unknown = parseStrictly(text);
    const value: unknown = JSON.parse(text);
    const isObject = typeof strict === 'object' && typeof value === 'object' && value !== null;
    return isObject && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

function headerFault({ alg, kid, typ, crit, b64 }: JsonObject, issuer: IssuerSettings): string | null {
  if (!issuer.algorithms.some((allowed) => allowed === alg))
    return `its algorithm must be one of ${issuer.algorithms.join(', ')}, but is not`;
  if (crit !== undefined || b64 !== undefined) return 'its header must not have extensions, but has';
  if (!TYPES.has(typ)) return 'its type must be JWT or at+jwt, but is not';
  if (typeof kid !== 'string' || kid === '') return 'it must name its key by kid, but does not';
  return null;
}

/** It becomes a part of the caller's name: in logs, in the audit and in a header. */
function isSubject(sub: unknown): sub is string {
  return typeof sub === 'string' && sub !== '' && sub.length <= MAX_SUBJECT_LENGTH && !/\p{C}/u.test(sub);
}
