import { withDeadline } from '../../call-deadline.js';
import { SourceRejected, SourceUnavailable } from '../../source-error.js';
import { wideBounds } from '../../testing/contract-bounds.js';
import { If1Secrets, type IssuedSecrets, type SecretIssuer } from './if1-secrets.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now: number;
let calls: string[];
let secrets: If1Secrets;
let failure: Error | null;

const issue = (hasRefresh: boolean): IssuedSecrets => ({
  requestSecret: `request-${calls.length}`,
  requestLifeMs: 15 * MINUTE,
  refresh: hasRefresh ? { secret: `refresh-${calls.length}`, lifeMs: 48 * HOUR } : null,
});
const issuer: SecretIssuer = {
  byKey: async () => {
    calls.push('key');
    if (failure !== null) throw failure;
    return issue(true);
  },
  bySecret: async (secret) => {
    calls.push(secret);
    if (failure !== null) throw failure;
    return issue(false);
  },
};
const current = (refused?: string) =>
  withDeadline(wideBounds(), 'sign', (deadline) => secrets.current(issuer, deadline, refused));

beforeEach(() => {
  [now, calls, failure] = [0, [], null];
  secrets = new If1Secrets(() => now);
});

describe('If1Secrets', () => {
  it('keeps a request secret until a minute before its end, then renews it with the refresh secret', async () => {
    expect(await current()).toBe('request-1');
    now = 14 * MINUTE - 1;
    expect(await current()).toBe('request-1');
    now = 14 * MINUTE;
    expect(await current()).toBe('request-2');
    expect(calls).toEqual(['key', 'refresh-1']);
  });

  it('logs in again before the refresh secret ends', async () => {
    await current();
    now = 48 * HOUR - MINUTE;
    await current();
    expect(calls).toEqual(['key', 'key']);
  });

  it('renews a refused secret once, whoever was refused', async () => {
    const first = await current();
    expect(await Promise.all([current(first), current(first), current(first)])).toEqual(
      Array(3).fill('request-2'),
    );
    expect(await current(first)).toBe('request-2');
    expect(calls).toEqual(['key', 'refresh-1']);
  });

  it('logs in when the refresh secret is refused, but not when nobody answers', async () => {
    await current();
    now = 15 * MINUTE;
    failure = new SourceUnavailable('Cannot renew: nobody answers');
    await expect(current()).rejects.toBe(failure);
    expect(calls).toEqual(['key', 'refresh-1']);
    failure = new SourceRejected('Cannot renew: refused');
    await expect(current()).rejects.toBe(failure);
    expect(calls).toEqual(['key', 'refresh-1', 'refresh-1', 'key']);
    failure = null;
    expect(await current()).toBe('request-5');
  });
});
