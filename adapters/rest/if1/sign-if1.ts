import { createHash } from 'node:crypto';

/**
 * Signature of the provincial gateway's first generation (domain §1.1 IF-1): lower-case hex of md5, which is the
 * gateway's choice and used for nothing else.
 *
 * @param requestTime epoch milliseconds.
 * @param lowerCase whether key and secret are turned to lower case first.
 */
export function signIf1(appKey: string, secret: string, requestTime: string, lowerCase = false): string {
  const signed = lowerCase ? (appKey + secret).toLowerCase() : appKey + secret;
  return createHash('md5')
    .update(signed + requestTime)
    .digest('hex');
}

/** What every request of this generation carries. */
export function signedParameters(
  appKey: string,
  secret: string,
  requestTime: number,
  lowerCase: boolean,
): ReadonlyMap<string, string> {
  const time = String(requestTime);
  return new Map([
    ['appKey', appKey],
    ['requestTime', time],
    ['sign', signIf1(appKey, secret, time, lowerCase)],
  ]);
}
