import { CredentialsRefused, SourceRejected } from '../../source-error.js';
import { rejectionOf } from './rejection-of.js';

test.each([
  ['401', '', true],
  ['40301', '', true],
  ['500', 'token已失效，请重新获取', true],
  ['-1', '用户名或密码错误', true],
  ['1', '未授权访问该接口', true],
  ['E1', 'Full authentication is required', true],
  ['4010', '参数 startDate 不能为空', true],
  ['500', '参数 startDate 不能为空', false],
  ['96', '数据错误', false],
  ['1401', '许可证已过期', false],
])('a refusal by code %s and %p is one of credentials: %p', (code, message, isOfCaller) => {
  expect(rejectionOf(code, message)).toBe(isOfCaller ? CredentialsRefused : SourceRejected);
});
