import { createCallerQuotas } from './caller-quotas.js';

function open(limits: { rate: number; burst: number; concurrent: number }) {
  const clock = { now: 0 };
  const quotas = createCallerQuotas(limits, () => clock.now);
  const ask = (name = 'a'): string => {
    const found = quotas.enter(name);
    if ('leave' in found) {
      found.leave();
      return 'in';
    }
    const { facts, retryAfterSeconds } = found;
    return `${facts.limit} ${facts.allowed} ${facts.actual} after ${retryAfterSeconds}`;
  };
  return { clock, quotas, ask };
}

describe('quotas of callers', () => {
  it('let a burst in, and then as many as the rate gives back', () => {
    const { clock, ask } = open({ rate: 2, burst: 3, concurrent: 10 });
    expect([ask(), ask(), ask(), ask(), ask()]).toEqual([
      'in',
      'in',
      'in',
      'burst 3 4 after 1',
      'burst 3 5 after 1',
    ]);
    clock.now = 499;
    expect(ask()).toBe('burst 3 6 after 1');
    clock.now = 500;
    expect([ask(), ask()]).toEqual(['in', 'burst 3 4 after 1']);
    clock.now = 1_000_000;
    expect([ask(), ask(), ask(), ask()]).toEqual(['in', 'in', 'in', 'burst 3 4 after 1']);
  });

  it('say when to come again', () => {
    const { clock, ask } = open({ rate: 0.1, burst: 1, concurrent: 10 });
    ask();
    expect(ask()).toBe('burst 1 2 after 10');
    clock.now = 9000;
    expect(ask()).toBe('burst 1 3 after 1');
    clock.now = 10_000;
    expect(ask()).toBe('in');
  });

  it('let so many run at a time, and the next when one has left', () => {
    const { quotas, ask } = open({ rate: 100, burst: 100, concurrent: 2 });
    const [first] = [quotas.enter('a'), quotas.enter('a')];
    expect(ask()).toBe('concurrent 2 3 after 1');
    if (first !== undefined && 'leave' in first) first.leave();
    expect(ask()).toBe('in');
  });

  it('count each caller by himself', () => {
    const { ask } = open({ rate: 1, burst: 1, concurrent: 1 });
    expect([ask('a'), ask('b'), ask('a'), ask('__proto__'), ask('__proto__')]).toEqual([
      'in',
      'in',
      'burst 1 2 after 1',
      'in',
      'burst 1 2 after 1',
    ]);
  });

  it('remember a bounded number of callers, and hold one who came long ago to nothing', () => {
    const { ask } = open({ rate: 0.001, burst: 1, concurrent: 1 });
    ask('first');
    for (let other = 0; other < 10_000; other += 1) ask(`other ${other}`);
    expect(ask('first')).toBe('in');
    expect(ask('other 9999')).toMatch(/^burst/);
  });
});
