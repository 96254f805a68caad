import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../../../runtime/clock.js';
import {
  type IssuerKeySettings,
  type IssuerSettings,
  type SignatureAlgorithm,
  USUAL_CLAIMS,
} from '../identity-settings.js';

export const ISSUER = 'https://id.example.gov.cn/realms/county';
export const AUDIENCE = 'enforcement-graph';

/** A key of an issuer in a test, with its public part as the issuer publishes it. */
export interface TestKey {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK & { readonly kid: string };
}

export async function testKey(kid: string, algorithm: SignatureAlgorithm = 'ES256'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
}

export function testIssuer(
  keys: IssuerKeySettings,
  algorithms: readonly SignatureAlgorithm[] = ['ES256'],
): IssuerSettings {
  return {
    name: 'county',
    issuer: ISSUER,
    audiences: [AUDIENCE],
    algorithms,
    keys,
    leewaySeconds: 30,
    claims: USUAL_CLAIMS,
    secondFactors: ['mfa'],
  };
}

/** Claims of a good token, good for ten minutes. */
export function goodClaims(clock: Clock): Readonly<Record<string, unknown>> {
  const now = Math.floor(clock.now().getTime() / 1000);
  return { iss: ISSUER, aud: AUDIENCE, sub: 'wang', role: 'analyst', iat: now, nbf: now, exp: now + 600 };
}

export function sign(
  { privateKey, jwk }: TestKey,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: jwk.alg ?? '', kid: jwk.kid, typ: 'JWT', ...header })
    .sign(privateKey, { crit: { 'urn:test': true } });
}

/** Parts of a token, as anybody can write them. */
export function encodePart(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}
