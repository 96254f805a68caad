import { InOrder } from './in-order.js';
import { Numbered } from './numbered.js';

describe('InOrder', () => {
  it('has what was added and not removed, in its order', () => {
    const order = new InOrder<string>();
    const [a, b, c] = ['a', 'b', 'c'].map((value) => order.add(value));
    b?.();
    b?.();
    expect([...order, order.size]).toEqual(['a', 'c', 2]);
    const d = order.add('d');
    a?.();
    d();
    expect([...order, order.size]).toEqual(['c', 1]);
    c?.();
    order.add('e');
    expect([...order, order.size]).toEqual(['e', 1]);
  });

  it('leaves out what is removed while it is gone through', () => {
    const order = new InOrder<() => void>();
    const seen: number[] = [];
    const removals = [0, 1, 2].map((place) =>
      order.add(() => {
        seen.push(place);
        removals[place + 1]?.();
      }),
    );
    for (const call of order) call();
    expect(seen).toEqual([0, 2]);
  });
});

describe('Numbered', () => {
  it('gives each its own number, and gives it back once', () => {
    const numbered = new Numbered<string>();
    const [one, two] = [numbered.add('one'), numbered.add('two')];
    expect([numbered.take(two), numbered.take(two), numbered.take(99), numbered.size]).toEqual([
      'two',
      undefined,
      undefined,
      1,
    ]);
    const three = numbered.add('three');
    expect(new Set([one, two, three]).size).toBe(3);
    expect([numbered.takeAll(), numbered.size, numbered.take(one)]).toEqual([['one', 'three'], 0, undefined]);
  });
});
