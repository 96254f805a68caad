import fc from 'fast-check';
import { createFairQueue, type FairQueue } from './fair-queue.js';

function all<Item>(queue: FairQueue<Item>): readonly Item[] {
  const taken: Item[] = [];
  for (let item = queue.next(); item !== undefined; item = queue.next()) taken.push(item);
  return taken;
}

describe('createFairQueue()', () => {
  it('gives everybody a turn before anybody gets a second one', () => {
    const queue = createFairQueue<string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.add(item.slice(0, 1), item);
    expect(all(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(queue.size).toBe(0);
  });

  it('drops what is to go and keeps the order of the rest', () => {
    const queue = createFairQueue<string>();
    for (const item of ['a1', 'a2', 'b1', 'b2']) queue.add(item.slice(0, 1), item);
    expect(queue.drop((item) => item === 'a1' || item.startsWith('b'))).toEqual(['a1', 'b1', 'b2']);
    expect([queue.size, all(queue)]).toEqual([1, ['a2']]);
  });

  it('loses nothing, and nobody waits longer than for one turn of each other', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 60 }), (keys) => {
        const queue = createFairQueue<number>();
        for (const key of keys) queue.add(String(key), key);
        const taken = all(queue);
        expect(taken.toSorted()).toEqual(keys.toSorted());
        const callers = new Set(keys);
        // Each caller's first item comes within the first turns of all.
        expect(new Set(taken.slice(0, callers.size))).toEqual(callers);
      }),
    );
  });
});
