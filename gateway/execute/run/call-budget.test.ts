import { callBudgetMs } from './call-budget.js';

describe('callBudgetMs()', () => {
  it('gives everything to the last request', () => {
    expect(callBudgetMs(2800, 0)).toBe(2800);
    expect(callBudgetMs(59_800, 0)).toBe(59_800);
  });

  it('shares equally while time is short', () => {
    expect(callBudgetMs(2800, 2)).toBe(933);
    expect(callBudgetMs(900, 2)).toBe(300);
    expect(callBudgetMs(0, 3)).toBe(0);
  });

  it('leaves each later request a second where there is plenty', () => {
    expect(callBudgetMs(2800, 1)).toBe(1800);
    expect(callBudgetMs(59_800, 3)).toBe(56_800);
  });

  it('leaves every later request its part even when each one before uses up its own', () => {
    for (const total of [500, 2800, 10_000, 59_800]) {
      let left = total;
      for (let after = 5; after >= 0; after--) {
        const budget = callBudgetMs(left, after);
        expect(budget).toBeGreaterThanOrEqual(Math.floor(Math.min(total / 6, 1000)) - 1);
        left -= budget;
      }
      expect(left).toBeLessThanOrEqual(1);
    }
  });
});
