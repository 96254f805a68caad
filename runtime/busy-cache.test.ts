import { BusyCache } from './busy-cache.js';

const value = (name: string) => ({ name });

describe('BusyCache', () => {
  it('keeps what was asked for through a flood of what is not', () => {
    const cache = new BusyCache<{ name: string }>(1000);
    for (const name of ['a', 'b', 'c']) {
      cache.set(name, value(name), 10);
      cache.get(name);
    }
    for (let number = 0; number < 5000; number++) cache.set(`new ${number}`, value(''), 10);
    for (const name of ['a', 'b', 'c']) expect(cache.get(name)).toEqual({ name });
    expect(cache.get('new 0')).toBeUndefined();
  });

  it('is never larger than its bound, whatever is set, asked for and pinned', () => {
    const cache = new BusyCache<object>(1000);
    for (let number = 0; number < 3000; number++) {
      cache[number % 5 === 0 ? 'pin' : 'set'](`key ${number % 400}`, {}, number % 170);
      cache.get(`key ${(number * 7) % 400}`);
      expect(cache.bytes).toBeLessThanOrEqual(1000);
    }
    expect(cache.bytes).toBeGreaterThan(500);
  });

  it('never drops what is pinned, as far as there is room for it', () => {
    const cache = new BusyCache<{ name: string }>(1000);
    for (let number = 0; number < 50; number++) cache.pin(`own ${number}`, value('own'), 10);
    for (let number = 0; number < 500; number++) {
      cache.set(`new ${number}`, value(''), 10);
      cache.get(`new ${number}`);
    }
    const stayed = Array.from({ length: 50 }, (_, number) => cache.get(`own ${number}`));
    expect(stayed.filter((one) => one !== undefined)).toHaveLength(25);
  });

  it('tells of each value once that is no longer kept', () => {
    const gone: string[] = [];
    const cache = new BusyCache<{ name: string }>(100, ({ name }) => gone.push(name));
    for (let number = 0; number < 40; number++) {
      cache.set(`k${number}`, value(`k${number}`), 10);
      if (number % 2 === 0) cache.get(`k${number}`);
    }
    const kept = [...cache.values()].map(({ name }) => name);
    expect([...gone, ...kept].toSorted()).toEqual(Array.from({ length: 40 }, (_, n) => `k${n}`).toSorted());
    cache.set('large', value('large'), 1000);
    expect(gone.at(-1)).toBe('large');
    expect(cache.get('large')).toBeUndefined();
  });
});
