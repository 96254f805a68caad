import { errors, type JWTPayload, jwtVerify } from 'jose';
import { briefText } from '../../../../runtime/brief-text.js';
import type { Clock } from '../../../../runtime/clock.js';
import type { Unauthenticated } from '../identity.js';
import type { IssuerSettings } from '../identity-settings.js';
import { type IssuerKeys, KeysUnavailable, KeyUnknown } from '../keys/issuer-keys.js';

/** Text of an error that may hold what the token says. */
const MAX_DETAIL = 200;

export interface ProvedToken {
  readonly claims: JWTPayload;
  /** Moment at which it ends, milliseconds. */
  readonly expires: number;
}

/** Checks signature, issuer, audience and time of a token whose header was read. */
export async function proveToken(
  token: string,
  issuer: IssuerSettings,
  keys: IssuerKeys,
  clock: Pick<Clock, 'now'>,
): Promise<ProvedToken | Unauthenticated> {
  try {
    const { payload } = await jwtVerify(token, (header) => keys.find(header), {
      algorithms: [...issuer.algorithms],
      issuer: issuer.issuer,
      audience: [...issuer.audiences],
      clockTolerance: issuer.leewaySeconds,
      currentDate: clock.now(),
      requiredClaims: ['exp', 'sub'],
    });
    // JSON may write a number that is none here, such as 1e999: it would never end.
    const expires = (payload.exp ?? 0) * 1000;
    if (Number.isFinite(expires)) return { claims: payload, expires };
    return { reason: 'malformed', detail: `${issuer.name}: it must end, but does not` };
  } catch (error) {
    return refusalOf(error, issuer.name);
  }
}

function refusalOf(error: unknown, issuer: string): Unauthenticated {
  const detail = `${issuer}: ${briefText(error instanceof Error ? error.message : String(error), MAX_DETAIL)}`;
  if (error instanceof KeysUnavailable)
    return { reason: 'unavailable', detail, retryAfterSeconds: error.retryAfterSeconds };
  if (error instanceof KeyUnknown) return { reason: 'unknown', detail };
  if (error instanceof errors.JWTExpired || isEarly(error)) return { reason: 'expired', detail };
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return { reason: 'malformed', detail };
  return { reason: 'unknown', detail };
}

/** Its `nbf` is still to come. Signatures are checked before claims, so that the token is genuine. */
function isEarly(error: unknown): boolean {
  return (
    error instanceof errors.JWTClaimValidationFailed &&
    error.claim === 'nbf' &&
    error.reason === 'check_failed'
  );
}
