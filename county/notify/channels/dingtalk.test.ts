import { execFileSync } from 'node:child_process';
import { Secret } from '../../../runtime/config/secret.js';
import { signOf } from './dingtalk.js';

describe('signOf()', () => {
  it('is what openssl makes of timestamp, newline and secret', () => {
    const [timestamp, secret] = [1_577_262_236_757, 'this is secret'];
    const expected = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], {
      input: `${timestamp}\n${secret}`,
    }).toString('base64');
    expect(signOf(timestamp, new Secret(secret))).toBe(expected);
  });
});
