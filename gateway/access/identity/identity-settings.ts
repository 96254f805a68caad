import type { Secret } from '../../../runtime/config/secret.js';
import type { RoleRules } from './role-rules.js';

/**
 * Signatures that a public key proves. `none` and the symmetric HS256, HS384, HS512 are none of them: who can check those
 * can make them.
 */
export const SIGNATURE_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'Ed25519',
  'EdDSA',
] as const;

export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Who is let in, and how it is proved. Read by `county/config/access-settings.ts`. */
export interface IdentitySettings {
  readonly issuers: readonly IssuerSettings[];
  /** YAML with the keys of applications, see `applications/read-applications.ts`; null: there are none. */
  readonly applicationsFile: string | null;
  readonly lock: LockSettings;
  readonly rules: RoleRules;
}

/** Somebody whose tokens are believed: an identity provider. */
export interface IssuerSettings {
  /** Stands before the slash in `Caller.name`: lower-case letters, digits and dashes. */
  readonly name: string;
  /** The claim `iss`, letter by letter. */
  readonly issuer: string;
  /** The claim `aud` must name one of them. */
  readonly audiences: readonly string[];
  readonly algorithms: readonly SignatureAlgorithm[];
  readonly keys: IssuerKeySettings;
  /** By how much `exp` and `nbf` may be off, since clocks are; at most 60. */
  readonly leewaySeconds: number;
  readonly claims: ClaimPaths;
  /**
   * An administrator's token must name one of these in `amr` (RFC 8176): that a second factor was asked for (MLPS-02). Empty:
   * the issuer gives tokens to nobody without one.
   */
  readonly secondFactors: readonly string[];
}

/** Where an issuer's public keys (a JWKS, RFC 7517) are. */
export type IssuerKeySettings =
  /** A file, read again when it changes. */
  { readonly kind: 'file'; readonly file: string } | RemoteKeySettings;

export interface RemoteKeySettings {
  readonly kind: 'url';
  /** `https:`; `http:` to this machine alone. */
  readonly url: string;
  /** Value of the header `authorization`, if the address wants one. */
  readonly authorization: Secret | null;
  /** Certificates in PEM of the authorities that are trusted; null: those that Node trusts. */
  readonly authorities: readonly string[] | null;
  /** Keys are asked for again after so long: a key that the issuer withdrew is believed no longer. At most an hour. */
  readonly maxAgeMs: number;
  /** And for so long after that, if the address does not answer, they serve on. */
  readonly staleForMs: number;
  /** From asking to the last byte. */
  readonly timeoutMs: number;
}

/** Where in a token the claims stand: names of objects, one inside the other. */
export interface ClaimPaths {
  readonly role: readonly string[];
  readonly townships: readonly string[];
  readonly departments: readonly string[];
  readonly scopes: readonly string[];
  readonly purposes: readonly string[];
}

export const USUAL_CLAIMS: ClaimPaths = Object.freeze({
  role: ['role'],
  townships: ['townships'],
  departments: ['departments'],
  scopes: ['scope'],
  purposes: ['purposes'],
});

/** MLPS-03: when failures lock. */
export interface LockSettings {
  /** So many failures … */
  readonly failures: number;
  /** … within so long … */
  readonly withinMs: number;
  /** … lock for so long. */
  readonly forMs: number;
}

export const USUAL_LOCK: LockSettings = Object.freeze({ failures: 10, withinMs: 60_000, forMs: 60_000 });
