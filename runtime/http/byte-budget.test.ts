import { createByteBudget } from './byte-budget.js';

const MB = 1024 * 1024;

describe('createByteBudget()', () => {
  it('has so much room for all large answers together, and takes back what they had', () => {
    const budget = createByteBudget(10 * MB);
    const [first, second] = [budget.open(), budget.open()];
    expect([first.take(6 * MB), second.take(6 * MB), second.take(3 * MB)]).toEqual([true, false, true]);
    first.close();
    expect([second.take(6 * MB), first.take(1)]).toEqual([true, false]);
  });

  it('has room for small ones in any case', () => {
    const budget = createByteBudget(MB);
    expect(budget.open().take(MB)).toBe(true);
    expect([budget.open().take(MB), budget.open().take(MB + 1)]).toEqual([true, false]);
  });
});
