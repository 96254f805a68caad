import type { Executor } from '../execute/executor.js';
import { askExecutor } from '../testing/ask-executor.js';
import { openGraph } from '../testing/open-graph.js';

/** Every level of `child` can come from any of four subgraphs: plans multiply with every level. */
const SHARED = [0, 1, 2, 3].map(
  (number) =>
    `type T @key(fields: "id") { id: ID! a${number}: Int child: T @shareable kids: [T] @shareable }`,
);

const PARTS = Object.fromEntries([
  [
    'root',
    {
      sdl: 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
      resolvers: { Query: { t: () => ({ id: '1' }) } },
    },
  ],
  ...SHARED.map((sdl, number) => [
    `shared${number}`,
    { sdl, resolvers: { T: { __resolveReference: (ref: object) => ref, [`a${number}`]: () => number } } },
  ]),
]);

function nested(depth: number): string {
  const fields = 'a0 a1 a2 a3';
  return depth === 0 ? `{ ${fields} }` : `{ ${fields} child ${nested(depth - 1)} kids ${nested(depth - 1)} }`;
}

const HARD = `{ t ${nested(7)} }`;
const open: Executor[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((executor) => executor.close()));
});

describe('a plan that exceeds its budget', () => {
  it('is refused with a clear error, at once the second time, and holds up nobody', async () => {
    const { executor, observer } = await openGraph(PARTS, { planBudget: { timeMs: 1500, heapMb: 512 } });
    open.push(executor);
    const started = performance.now();
    const hard = askExecutor(executor, { query: HARD, budgetMs: 20_000 });
    // Others are planned, and answered, while it is still being tried.
    let others = 0;
    let isTried = true;
    const hardAnswer = hard.then((answer) => {
      isTried = false;
      return answer;
    });
    while (isTried && others < 5) {
      const { data } = await askExecutor(executor, { query: `{ t { a${others % 4} x${others}: id } }` });
      expect(data).toEqual({ t: { [`a${others % 4}`]: others % 4, [`x${others}`]: '1' } });
      if (isTried) others++;
    }
    expect(others).toBe(5);
    const { data, errors } = await hardAnswer;
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false } }]);
    expect(errors?.[0]?.message).toContain('split it');
    expect(performance.now() - started).toBeGreaterThan(1400);
    const again = performance.now();
    const second = await askExecutor(executor, { query: HARD });
    expect(second.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect(performance.now() - again).toBeLessThan(1000);
    expect((await askExecutor(executor, { query: '{ t { a0 } }' })).data).toEqual({ t: { a0: 0 } });
    expect(observer.hiddenErrors.map(({ code }) => code)).toEqual(['QUERY_TOO_COMPLEX', 'QUERY_TOO_COMPLEX']);
  });

  it('does not take the process along when it runs out of memory', async () => {
    const { executor } = await openGraph(PARTS, { planBudget: { timeMs: 60_000, heapMb: 72 } });
    open.push(executor);
    const { errors } = await askExecutor(executor, { query: HARD, budgetMs: 60_000 });
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect((await askExecutor(executor, { query: '{ t { a1 } }' })).data).toEqual({ t: { a1: 1 } });
  });

  it('keeps a caller waiting no longer than its own deadline', async () => {
    const { executor } = await openGraph(PARTS, { planBudget: { timeMs: 1500, heapMb: 512 } });
    open.push(executor);
    const started = performance.now();
    const { errors } = await askExecutor(executor, { query: HARD, budgetMs: 200 });
    expect(errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
    expect(performance.now() - started).toBeLessThan(1200);
  });
});
