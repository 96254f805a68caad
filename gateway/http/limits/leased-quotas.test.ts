import fc from 'fast-check';
import { createLocalLedger } from '../../../runtime/ledger/local-ledger.js';
import {
  LEASE_MS,
  type LeaseGrant,
  type LedgerQuestion,
  type QuotaLedger,
} from '../../../runtime/ledger/quota-ledger.js';
import type { Entered, Refused } from './caller-quotas.js';
import { createLeasedQuotas, type LeasedQuotas } from './leased-quotas.js';

const LIMITS = { rate: 10, burst: 8, concurrent: 4 };

/** A ledger that counts questions, can be away (silent, or refusing), and can lose what it knew. */
function openLedger() {
  let ledger = createLocalLedger();
  const questions: LedgerQuestion[] = [];
  const grants: LeaseGrant[] = [];
  let mode: 'well' | 'silent' | 'refuses' = 'well';
  const counted: QuotaLedger = {
    ask: async (question) => {
      questions.push(question);
      if (mode === 'silent') return new Promise(() => undefined);
      if (mode === 'refuses') throw new Error('no connection');
      const answer = await ledger.ask(question);
      grants.push(...answer.grants);
      return answer;
    },
    patienceMs: 100,
    close: () => Promise.resolve(),
  };
  const is = (next: typeof mode): void => {
    mode = next;
  };
  const forget = (): void => {
    ledger = createLocalLedger();
  };
  return { ledger: counted, questions, grants, is, forget };
}

function wordOf(found: Entered | Refused): string {
  return 'leave' in found ? 'in' : `${found.facts.limit} ${found.facts.actual}`;
}

// Timers and the monotonic clock are those of the test; what is not about time runs as always.
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate', 'clearImmediate'] });
});
afterEach(() => {
  jest.useRealTimers();
});

const opened: LeasedQuotas[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});
function openQuotas(ledger: QuotaLedger, limits = LIMITS) {
  const changes: (string | null)[] = [];
  const quotas = createLeasedQuotas(limits, ledger, (away) => void changes.push(away?.message ?? null));
  opened.push(quotas);
  return { quotas, changes, enter: async (name = 'a') => quotas.enter(name) };
}

/** Lets what is not about time go on. */
const settle = () => jest.advanceTimersByTimeAsync(0);

describe('quotas of several processes', () => {
  it('let a burst in once for all of them, and then as many as the rate gives back', async () => {
    const { ledger } = openLedger();
    const all = [openQuotas(ledger), openQuotas(ledger)];
    const limits = { let: 0, refused: 0 };
    for (let turn = 0; turn < 10; turn += 1) {
      for (const { enter } of all) {
        const found = await enter();
        if ('leave' in found) found.leave();
        limits['leave' in found ? 'let' : 'refused'] += 1;
      }
    }
    expect(limits).toEqual({ let: 8, refused: 12 });
    await jest.advanceTimersByTimeAsync(200);
    const words = [];
    for (const { enter } of [...all, ...all]) words.push(wordOf(await enter()));
    expect(words.filter((word) => word === 'in')).toHaveLength(2);
  });

  it('let so many run at a time, in whichever process, and the next when one has left', async () => {
    const { ledger } = openLedger();
    const [first, second] = [openQuotas(ledger), openQuotas(ledger)];
    const running = await Promise.all([first.enter(), first.enter(), first.enter(), second.enter()]);
    expect(running.map(wordOf)).toEqual(['in', 'in', 'in', 'in']);
    expect(wordOf(await second.enter())).toBe('concurrent 5');
    const [one] = running;
    if (one !== undefined && 'leave' in one) one.leave();
    await jest.advanceTimersByTimeAsync(10);
    expect(wordOf(await second.enter())).toBe('in');
  });

  it('keep the places of what runs long, and give back what is not used', async () => {
    const { ledger } = openLedger();
    const [first, second] = [openQuotas(ledger), openQuotas(ledger)];
    const running = await Promise.all([first.enter(), first.enter(), first.enter(), first.enter()]);
    await jest.advanceTimersByTimeAsync(5 * LEASE_MS);
    expect(wordOf(await second.enter())).toBe('concurrent 5');
    for (const one of running) if ('leave' in one) one.leave();
    await jest.advanceTimersByTimeAsync(LEASE_MS);
    const words = await Promise.all([1, 2, 3, 4].map(() => second.enter()));
    expect(words.map(wordOf)).toEqual(['in', 'in', 'in', 'in']);
  });

  it('decide at once from what is held, so that a busy caller costs few questions', async () => {
    const { ledger, questions } = openLedger();
    const { quotas } = openQuotas(ledger, { rate: 100_000, burst: 100_000, concurrent: 1000 });
    await settle();
    const before = questions.length;
    let atOnce = 0;
    for (let index = 0; index < 1000; index += 1) {
      const found = quotas.enter('a');
      if (!(found instanceof Promise)) atOnce += 1;
      const entered = await found;
      if ('leave' in entered) entered.leave();
    }
    expect(atOnce).toBeGreaterThan(950);
    expect(questions.length - before).toBeLessThan(50);
  });

  it('refuse no caller before the ledger says so, and then tell when to come again', async () => {
    const { ledger } = openLedger();
    const { quotas } = openQuotas(ledger, { rate: 1, burst: 1, concurrent: 4 });
    expect(wordOf(await quotas.enter('a'))).toBe('in');
    const found = await quotas.enter('a');
    expect(found).toMatchObject({ facts: { limit: 'burst', allowed: 1 }, retryAfterSeconds: 1 });
    expect(wordOf(await quotas.enter('b'))).toBe('in');
  });

  it('give back what they hold when they are closed, and leave nobody waiting', async () => {
    const { ledger } = openLedger();
    const [first, second] = [openQuotas(ledger), openQuotas(ledger)];
    for (let request = 0; request < 3; request += 1) {
      const found = await first.enter();
      if ('leave' in found) found.leave();
    }
    const waits = first.enter('b');
    await first.quotas.close();
    expect(wordOf(await waits)).toBe('in');
    expect(wordOf(await first.enter('c'))).toBe('in');
    const words = await Promise.all([1, 2, 3, 4].map(() => second.enter()));
    expect(words.map(wordOf)).toEqual(['in', 'in', 'in', 'in']);
  });

  it('believe the ledger for a moment that all places are taken, until one is free here', async () => {
    const { ledger, questions } = openLedger();
    const { quotas, enter } = openQuotas(ledger);
    const running = await Promise.all([enter(), enter(), enter(), enter()]);
    expect(wordOf(await enter())).toBe('concurrent 5');
    const asked = questions.length;
    expect(quotas.enter('a')).toMatchObject({ facts: { limit: 'concurrent' } });
    expect(questions).toHaveLength(asked);
    const [one] = running;
    if (one !== undefined && 'leave' in one) one.leave();
    expect(wordOf(await enter())).toBe('in');
    expect(wordOf(await enter())).toBe('concurrent 5');
    await jest.advanceTimersByTimeAsync(10);
    expect(quotas.enter('a')).toBeInstanceOf(Promise);
  });

  const step = fc.oneof(
    fc.record({
      kind: fc.constant('enter' as const),
      process: fc.nat({ max: 2 }),
      requests: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ kind: fc.constant('enter' as const), process: fc.nat({ max: 2 }), requests: fc.constant(1) }),
    fc.record({ kind: fc.constant('leave' as const), which: fc.nat({ max: 10 }) }),
    fc.record({ kind: fc.constant('leave' as const), which: fc.nat({ max: 10 }) }),
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 400 }) }),
    fc.record({ kind: fc.constant('long' as const), ms: fc.integer({ min: 1000, max: 6000 }) }),
  );

  it('let in together never more than the limits, however requests come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80 }), async (steps) => {
        const { ledger } = openLedger();
        const limits = { rate: 20, burst: 40, concurrent: 30 };
        const processes = [1, 2, 3].map(() => openQuotas(ledger, limits));
        const running: Entered[] = [];
        const beganAt: number[] = [];
        for (const one of steps) {
          if (one.kind === 'enter') {
            for (let request = 0; request < one.requests; request += 1) {
              // Not awaited: others ask meanwhile.
              void processes[one.process]?.enter().then((found) => {
                if (!('leave' in found)) return;
                running.push(found);
                beganAt.push(performance.now());
              });
            }
            if (steps.length % 2 === 0) await settle();
          } else if (one.kind === 'leave') {
            running.splice(one.which, 1)[0]?.leave();
          } else {
            await jest.advanceTimersByTimeAsync(one.ms);
          }
          expect(running.length).toBeLessThanOrEqual(limits.concurrent);
        }
        await settle();
        for (const [first, from] of beganAt.entries()) {
          for (const [last, to] of beganAt.entries()) {
            const most = limits.burst + ((to - from) / 1000) * limits.rate + 1e-6;
            if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(most);
          }
        }
        for (const one of running) one.leave();
        await Promise.all(opened.splice(0).map((quotas) => quotas.close()));
      }),
      { numRuns: 100 },
    );
  });
});

describe('without their ledger', () => {
  it.each(['silent', 'refuses'] as const)('each process goes on by itself when it is %s', async (mode) => {
    const { ledger, is, questions } = openLedger();
    const { quotas, changes, enter } = openQuotas(ledger);
    await settle();
    is(mode);
    const waits = [enter(), enter()];
    await jest.advanceTimersByTimeAsync(mode === 'silent' ? 100 : 0);
    expect((await Promise.all(waits)).map(wordOf)).toEqual(['in', 'in']);
    expect(changes).toEqual([null, expect.any(String)]);
    const asked = questions.length;
    const more = [1, 2, 3].map(() => quotas.enter('a'));
    expect(more.map((found) => (found instanceof Promise ? 'waits' : wordOf(found)))).toEqual([
      'in',
      'in',
      'concurrent 5',
    ]);
    expect(questions).toHaveLength(asked);
  });

  it('nothing is used any more that was lent by one that has lost it', async () => {
    const { ledger, grants, forget } = openLedger();
    const { quotas, enter } = openQuotas(ledger, { rate: 100, burst: 1000, concurrent: 100 });
    for (let request = 0; request < 20; request += 1) await enter();
    forget();
    await jest.advanceTimersByTimeAsync(0.6 * LEASE_MS);
    const lent = grants.at(-1);
    expect(lent?.stands).toBe(false);
    let atOnce = 0;
    while (!(quotas.enter('a') instanceof Promise)) atOnce += 1;
    expect(atOnce).toBe(Math.min(lent?.tokens ?? 0, lent?.places ?? 0));
  });

  it('nobody waits for one that was found away while nobody asked', async () => {
    const { ledger, is } = openLedger();
    const { quotas } = openQuotas(ledger);
    await settle();
    is('silent');
    await jest.advanceTimersByTimeAsync(LEASE_MS);
    expect(quotas.enter('a')).not.toBeInstanceOf(Promise);
  });

  it('begin with what they have counted, and tell the ledger what runs when it is back', async () => {
    const { ledger, is } = openLedger();
    const { enter, changes } = openQuotas(ledger);
    const other = openQuotas(ledger);
    await enter();
    is('refuses');
    await Promise.all([enter(), enter(), enter()]);
    expect(wordOf(await enter())).toBe('concurrent 5');
    is('well');
    await jest.advanceTimersByTimeAsync(2 * LEASE_MS);
    expect(changes).toEqual([null, 'no connection', null]);
    expect(wordOf(await other.enter())).toBe('concurrent 5');
    expect(wordOf(await other.enter('b'))).toBe('in');
  });
});
