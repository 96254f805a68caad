import { type Breaker, createBreaker, type Verdict } from './breaker.js';

const DOWN = (): Verdict => 'down';

async function failTimes(breaker: Breaker, times: number, judge: () => Verdict): Promise<void> {
  for (let time = 0; time < times; time++) {
    await expect(breaker.run(() => Promise.reject(new Error('failed')), judge)).rejects.toThrow('failed');
  }
}

describe('createBreaker()', () => {
  let now = 1_000_000;
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('opens when most of the last calls failed, and not by answers that are errors', async () => {
    const breaker = createBreaker();
    await failTimes(breaker, 20, () => 'alive');
    await failTimes(breaker, 20, () => 'unknown');
    await failTimes(breaker, 5, DOWN);
    expect(breaker.isOpen()).toBe(false);
    await failTimes(breaker, 1, DOWN);
    expect(breaker.isOpen()).toBe(true);
    expect(breaker.pauseMs()).toBe(1000);
  });

  it('pauses longer from trial to trial, 4 s at most, and begins anew after a success', async () => {
    const breaker = createBreaker();
    await failTimes(breaker, 5, DOWN);
    for (const pause of [1000, 2000, 4000, 4000]) {
      expect(breaker.pauseMs()).toBe(pause);
      now += pause;
      expect(breaker.pauseMs()).toBe(0);
      await failTimes(breaker, 1, DOWN);
    }
    now += 4000;
    expect(await breaker.run(() => Promise.resolve('back'), DOWN)).toBe('back');
    expect(breaker.isOpen()).toBe(false);
    // The trial counts as the first of the last calls.
    await failTimes(breaker, 4, DOWN);
    expect(breaker.pauseMs()).toBe(1000);
  });

  it('is closed by a trial that the source answered with an error, and not by one that was given up', async () => {
    const breaker = createBreaker();
    await failTimes(breaker, 5, DOWN);
    now += 1000;
    await failTimes(breaker, 1, () => 'unknown');
    expect(breaker.isOpen()).toBe(true);
    now += 2000;
    await failTimes(breaker, 1, () => 'alive');
    expect(breaker.isOpen()).toBe(false);
  });

  it('does not pause longer because the clock of the machine was set back', async () => {
    const breaker = createBreaker();
    await failTimes(breaker, 5, DOWN);
    now -= 3_600_000;
    expect(breaker.pauseMs()).toBe(0);
    expect(await breaker.run(() => Promise.resolve('sent'), DOWN)).toBe('sent');
  });

  it('counts calls of which it is told as those that it sends, each once', async () => {
    const breaker = createBreaker();
    for (let call = 0; call < 5; call++) breaker.begin()('alive');
    for (let call = 0; call < 20; call++) breaker.begin()('unknown');
    const once = breaker.begin();
    for (let time = 0; time < 20; time++) once('down');
    for (let call = 0; call < 4; call++) breaker.begin()('down');
    await failTimes(breaker, 1, () => 'unknown');
    expect(breaker.isOpen()).toBe(false);
    breaker.begin()('down');
    await turn();
    expect([breaker.isOpen(), breaker.pauseMs()]).toEqual([true, 1000]);
  });

  it('takes no call that began before it opened for a trial', async () => {
    const breaker = createBreaker();
    const [early, late] = [breaker.begin(), breaker.begin()];
    for (let call = 0; call < 5; call++) breaker.begin()('down');
    await turn();
    early('alive');
    now += 1000;
    late('down');
    await turn();
    expect([breaker.isOpen(), breaker.pauseMs()]).toEqual([true, 0]);
  });

  it.each([
    ['down', true, 2000],
    ['unknown', true, 2000],
    ['alive', false, 0],
  ] as const)('is told how a trial ended: %s', async (verdict, isOpen, pauseMs) => {
    const breaker = createBreaker();
    for (let call = 0; call < 5; call++) breaker.begin()('down');
    await turn();
    now += 1000;
    const end = breaker.begin();
    expect(breaker.trial()).not.toBeNull();
    end(verdict);
    end('down');
    await breaker.trial();
    await turn();
    expect([breaker.isOpen(), breaker.pauseMs(), breaker.trial()]).toEqual([isOpen, pauseMs, null]);
  });
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
