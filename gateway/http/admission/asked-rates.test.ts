import { createAskedRates } from './asked-rates.js';

describe('createAskedRates()', () => {
  it('tells who asks less than half as much as all do on average, and forgets in time', () => {
    const rates = createAskedRates();
    for (let at = 0; at < 5000; at += 10) {
      rates.count('flood', at);
      if (at % 100 === 0) rates.count('calm', at);
    }
    expect([rates.asksLittle('calm', 5000), rates.asksLittle('flood', 5000)]).toEqual([true, false]);
    for (let at = 5000; at < 20_000; at += 100) rates.count('calm', at);
    expect(rates.asksLittle('calm', 20_000)).toBe(false);
    expect(rates.asksLittle('nobody', 20_000)).toBe(false);
  });

  it('calls nobody little where all ask alike', () => {
    const rates = createAskedRates();
    for (let at = 0; at < 5000; at += 10) for (const key of ['a', 'b', 'c']) rates.count(key, at);
    expect(['a', 'b', 'c'].filter((key) => rates.asksLittle(key, 5000))).toEqual([]);
  });
});
