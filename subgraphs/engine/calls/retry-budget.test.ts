import fc from 'fast-check';
import { createRetryBudget } from './retry-budget.js';

describe('createRetryBudget()', () => {
  it('keeps retries within a tenth of the attempts, the first one advanced', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 300, size: 'max' }), (wishes) => {
        const budget = createRetryBudget();
        let attempts = 0;
        let retries = 0;
        let overdrawn = 0;
        for (const wantsRetry of wishes) {
          budget.earn();
          attempts++;
          if (wantsRetry && budget.spend()) retries++;
          if (retries > Math.max(1, attempts / 10)) overdrawn++;
        }
        expect(overdrawn).toBe(0);
      }),
    );
  });

  it('saves up three at most', () => {
    const budget = createRetryBudget();
    for (let attempt = 0; attempt < 1000; attempt++) budget.earn();
    expect([1, 2, 3, 4].map(() => budget.spend())).toEqual([true, true, true, false]);
  });
});
