import { rememberWith } from './remember.js';

describe('rememberWith()', () => {
  it('computes once for one object and argument, and anew for another of either', () => {
    const asked: string[] = [];
    const read = rememberWith((list: readonly string[], of: string) => {
      asked.push(of);
      return `${of}:${list.join()}`;
    });
    const first = ['a', 'b'];
    expect([read(first, 'x'), read(first, 'x'), read(first, 'y')]).toEqual(['x:a,b', 'x:a,b', 'y:a,b']);
    expect(read(['a', 'b'], 'x')).toBe('x:a,b');
    expect(asked).toEqual(['x', 'y', 'x']);
  });
});
