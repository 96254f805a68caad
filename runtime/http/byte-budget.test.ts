import { createByteBudget } from './byte-budget.js';

const MB = 1024 * 1024;

describe('createByteBudget()', () => {
  it('has so much room for all large answers together, and takes back what they had', () => {
    const budget = createByteBudget(10 * MB);
    const [first, second] = [budget.open(), budget.open()];
    expect([first.take(6 * MB), second.take(6 * MB), second.take(3 * MB)]).toEqual([
      'taken',
      'no-room',
      'taken',
    ]);
    first.close();
    expect([second.take(6 * MB), first.take(1)]).toEqual(['taken', 'no-room']);
  });

  it('has room for small ones in any case', () => {
    const budget = createByteBudget(MB);
    expect(budget.open().take(MB)).toBe('taken');
    expect([budget.open().take(MB), budget.open().take(MB + 1)]).toEqual(['taken', 'no-room']);
  });

  it('has parts, of which none takes more than its own', () => {
    const budget = createByteBudget(10 * MB);
    const [mine, yours] = [budget.part(6 * MB), budget.part(6 * MB)];
    const first = mine.open();
    expect([first.take(5 * MB), mine.open().take(2 * MB), yours.open().take(4 * MB)]).toEqual([
      'taken',
      'part-full',
      'taken',
    ]);
    expect(yours.open().take(2 * MB)).toBe('no-room');
    first.close();
    expect(mine.open().take(6 * MB)).toBe('taken');
  });
});
