import { createFailureLock } from './failure-lock.js';
import { manualClock } from './testing/manual-clock.js';

describe('createFailureLock()', () => {
  const open = () => {
    const clock = manualClock();
    return { clock, lock: createFailureLock({ failures: 3, withinMs: 60_000, forMs: 120_000 }, clock) };
  };

  it('counts the failures of the last minute alone', () => {
    const { clock, lock } = open();
    for (const wait of [0, 30_000, 30_000]) {
      clock.advance(wait);
      lock.fail('10.0.0.1', 'a');
    }
    expect(lock.lockedSeconds('10.0.0.1', 'a')).toBe(0);
    clock.advance(29_999);
    lock.fail('10.0.0.1', 'a');
    expect(lock.lockedSeconds('10.0.0.1', 'a')).toBe(120);
  });

  it('is not made longer by who goes on trying, and begins anew when it is over', () => {
    const { clock, lock } = open();
    for (let count = 0; count < 3; count++) lock.fail('10.0.0.1', 'a');
    clock.advance(119_999);
    for (let count = 0; count < 9; count++) lock.fail('10.0.0.1', 'a');
    expect(lock.lockedSeconds('10.0.0.1', 'a')).toBe(1);
    clock.advance(1);
    expect(lock.lockedSeconds('10.0.0.1', 'a')).toBe(0);
    for (let count = 0; count < 2; count++) lock.fail('10.0.0.1', 'a');
    expect(lock.lockedSeconds('10.0.0.1', 'a')).toBe(0);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
    ['2001:db8:1:2::1', '2001:0DB8:0001:0002::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db8:0:0:5::', true],
    ['::1', '::2', true],
    ['::1', '1::', false],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.2', false],
    ['10.0.0.1', '10.0.0.2', false],
  ])('takes %s and %s for the same subscriber: %s', (one, two, isSame) => {
    const { lock } = open();
    for (let count = 0; count < 3; count++) lock.fail(one, 'a');
    expect(lock.lockedSeconds(two, 'a') > 0).toBe(isSame);
  });

  it('forgets whoever failed longest ago rather than growing', () => {
    const { lock } = open();
    for (let count = 0; count < 3; count++) lock.fail('10.0.0.1', 'first');
    for (let count = 0; count < 10_000; count++) lock.fail('10.0.0.2', `other-${count}`);
    expect(lock.lockedSeconds('10.0.0.1', 'first')).toBe(0);
    expect(lock.lockedSeconds('10.0.0.2', 'other-9999')).toBe(0);
  });
});
