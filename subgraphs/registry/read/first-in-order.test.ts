import fc from 'fast-check';
import { firstInOrder } from './first-in-order.js';

test('firstInOrder() is the beginning of the sorted whole', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 })), fc.nat({ max: 10 }), (items, limit) => {
      const compare = (left: number, right: number) => left - right;
      expect(firstInOrder(items, compare, limit)).toEqual([...items].sort(compare).slice(0, limit));
    }),
  );
});
