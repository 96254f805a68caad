import fc from 'fast-check';
import { createChains } from './chains.js';
import { createUnionFind } from './union-find.js';

test('createUnionFind() joins exactly what is connected', () => {
  const pairs = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })), { maxLength: 12 });
  fc.assert(
    fc.property(pairs, (joined) => {
      const sets = createUnionFind();
      for (let member = 0; member < 10; member += 1) expect(sets.add()).toBe(member);
      for (const [left, right] of joined) sets.join(left, right);
      const reached = (from: number): ReadonlySet<number> => {
        const seen = new Set([from]);
        for (const member of seen) {
          for (const [left, right] of joined) {
            if (left === member) seen.add(right);
            if (right === member) seen.add(left);
          }
        }
        return seen;
      };
      for (let left = 0; left < 10; left += 1) {
        for (let right = 0; right < 10; right += 1) {
          expect(sets.find(left) === sets.find(right)).toBe(reached(left).has(right));
        }
      }
    }),
  );
});

test('createUnionFind() refuses a member that was never added', () => {
  expect(() => createUnionFind().find(0)).toThrow(RangeError);
});

test('createChains() gives each group its items, last first', () => {
  const chains = createChains(3);
  for (const group of [2, 0, 2, 2]) chains.add(group);
  expect([0, 1, 2].map((group) => [...chains.of(group)])).toEqual([[1], [], [3, 2, 0]]);
});
