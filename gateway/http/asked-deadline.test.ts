import { askedDeadline } from './asked-deadline.js';

const LIMITS = { defaultMs: 3000, mostMs: 60_000 };

describe('askedDeadline()', () => {
  it.each([
    ['wait=30', 30_000, 'wait=30'],
    ['wait=1', 1000, 'wait=1'],
    ['wait=60', 60_000, 'wait=60'],
    ['wait=61', 60_000, 'wait=60'],
    ['wait=999999999', 60_000, 'wait=60'],
    ['WAIT = "10"', 10_000, 'wait=10'],
    ['respond-async, wait=20', 20_000, 'wait=20'],
    ['note="a, wait=5", wait=20; x=y', 20_000, 'wait=20'],
    [['handling=lenient', 'wait=7'], 7000, 'wait=7'],
    ['wait=7, wait=9', 7000, 'wait=7'],
  ])('takes %j', (prefer, deadlineMs, applied) => {
    expect(askedDeadline(prefer, LIMITS)).toEqual({ deadlineMs, applied });
  });

  it.each([
    [undefined],
    [''],
    ['wait'],
    ['wait='],
    ['wait=0'],
    ['wait=-5'],
    ['wait=1.5'],
    ['wait=soon'],
    ['wait=9999999999'],
    ['waiting=5'],
    ['note="wait=5"'],
    ['wait=soon, wait=5'],
  ])('ignores %j', (prefer) => {
    expect(askedDeadline(prefer, LIMITS)).toEqual({ deadlineMs: 3000, applied: null });
  });

  it('tells whole seconds where the most is none', () => {
    expect(askedDeadline('wait=30', { defaultMs: 1000, mostMs: 2500 })).toEqual({
      deadlineMs: 2500,
      applied: 'wait=2',
    });
  });
});
