import { createRatedLines } from './rated-lines.js';

it('writes so many lines of each kind a second, and says with the next one how many were left out', () => {
  let now = 0;
  const lines = createRatedLines(() => now);
  const written: string[] = [];
  const write = (kind: string, times: number): void => {
    for (let time = 0; time < times; time += 1)
      lines(kind, 3, ({ omitted = 0 }) => written.push(`${kind} ${omitted}`));
  };
  write('a', 10);
  write('b', 2);
  now = 999;
  write('a', 1);
  expect(written).toEqual(['a 0', 'a 0', 'a 0', 'b 0', 'b 0']);
  now = 1000;
  write('a', 2);
  write('b', 1);
  expect(written.slice(5)).toEqual(['a 8', 'a 0', 'b 0']);
});
