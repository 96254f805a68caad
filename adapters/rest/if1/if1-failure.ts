import {
  CredentialsRefused,
  type SourceError,
  SourceRejected,
  SourceUnavailable,
} from '../../source-error.js';

/** What a code of the first generation means (domain §1.1 IF-1). */
export const IF1_OK = '00';

const SECRET_TROUBLE = /sign|签名|验签|secret|秘钥|密钥|过期|失效|expire/i;
const NO_PERMISSION = /权限|授权|不存在|permission|forbidden|unauthori|denied|not exist/i;

/** Whether another secret may help. */
export function isSecretTrouble(code: string, message: string): boolean {
  return code === '99' && SECRET_TROUBLE.test(message);
}

/**
 * A failure under HTTP 200. 96 (data error), 97 (missing parameter) and 98 (wrong type) are the gateway's judgement on
 * what it was asked, which asking again does not change; 99 is everything else: it speaks of the caller's secret or permission, or passes by itself.
 */
export function refuseIf1(code: string, message: string, action: string): SourceError {
  const sentence = `Cannot ${action}: the gateway answered with code ${code}: ${message}`;
  if (code !== '99') return new SourceRejected(sentence);
  const isOfCaller = SECRET_TROUBLE.test(message) || NO_PERMISSION.test(message);
  return isOfCaller ? new CredentialsRefused(sentence) : new SourceUnavailable(sentence);
}
