import { CredentialsRefused, SourceRejected } from '../../source-error.js';

const CODES = /^40[13]\d*$/;
const WORDS =
  /token|令牌|登录|登陆|会话|凭证|凭据|签名|验签|秘钥|密钥|密码|口令|鉴权|认证|授权|权限|unauthori[sz]ed|unauthenticated|authenticat|forbidden|credential|password|signature|permission|access denied|session/i;

/** Whether a source speaks of who asks, rather than of what is asked. */
export function speaksOfCredentials(code: string, message: string): boolean {
  return CODES.test(code) || WORDS.test(message);
}

/** The class of a refusal by the code and the words in which the source refuses. */
export function rejectionOf(code: string, message: string): typeof SourceRejected {
  return speaksOfCredentials(code, message) ? CredentialsRefused : SourceRejected;
}
