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

  it('displaces the last one of whoever has most', () => {
    const queue = createFairQueue<string>();
    for (const item of ['a1', 'b1', 'b2', 'b3', 'c1', 'c2']) queue.add(item.slice(0, 1), item);
    expect([queue.longest, queue.displace(), queue.longest, queue.displace(), queue.displace()]).toEqual([
      3,
      'b3',
      2,
      'b2',
      'c2',
    ]);
    expect([queue.longest, queue.size, all(queue), queue.displace()]).toEqual([
      1,
      3,
      ['a1', 'b1', 'c1'],
      undefined,
    ]);
  });

  it('knows how many whoever has most has, whatever was done', () => {
    const step = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom('next', 'displace', 'drop'));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = createFairQueue<number>();
        const counts = [0, 0, 0, 0, 0];
        const left = (key: number | undefined) => {
          if (key !== undefined) counts[key] = (counts[key] ?? 0) - 1;
        };
        for (const one of steps) {
          if (one === 'next') left(queue.next());
          else if (one === 'displace') left(queue.displace());
          else if (one === 'drop') for (const key of queue.drop((key) => key === 3)) left(key);
          else {
            queue.add(String(one), one);
            counts[one] = (counts[one] ?? 0) + 1;
          }
          expect(queue.longest).toBe(Math.max(...counts));
        }
      }),
    );
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
