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
  it('is refused with a clear error, the second time without a new try', async () => {
    const { executor, observer } = await openGraph(PARTS, { planBudget: { timeMs: 1000, heapMb: 512 } });
    open.push(executor);
    const { data, errors } = await askExecutor(executor, { query: HARD, budgetMs: 30_000 });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', retryable: false } }]);
    expect(errors?.[0]?.message).toContain('split it');
    // A new try would take longer than this caller has, and end as REQUEST_TIMEOUT.
    const second = await askExecutor(executor, { query: HARD, budgetMs: 500 });
    expect(second.errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect((await askExecutor(executor, { query: '{ t { a0 } }', budgetMs: 30_000 })).data).toEqual({
      t: { a0: 0 },
    });
    expect(observer.hiddenErrors.map(({ code }) => code)).toEqual(['QUERY_TOO_COMPLEX', 'QUERY_TOO_COMPLEX']);
  });

  it('holds up nobody: others are planned and answered while it is still being tried', async () => {
    const { executor } = await openGraph(PARTS, { planBudget: { timeMs: 60_000, heapMb: 1024 } });
    open.push(executor);
    const leaving = new AbortController();
    const hard = askExecutor(executor, { query: HARD, budgetMs: 60_000, signal: leaving.signal });
    for (let number = 0; number < 4; number++) {
      const query = `{ t { a${number} x: id } }`;
      const { data } = await askExecutor(executor, { query, budgetMs: 30_000 });
      expect(data).toEqual({ t: { [`a${number}`]: number, x: '1' } });
    }
    leaving.abort();
    expect((await hard).errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
  });

  it('lets the event loop turn between plans, however many wait', async () => {
    const { executor } = await openGraph(PARTS);
    open.push(executor);
    let turns = 0;
    const turn = (): void => {
      turns++;
      next = setTimeout(turn, 0);
    };
    let next = setTimeout(turn, 0);
    const turnsAt = await Promise.all(
      Array.from({ length: 30 }, async (_, number) => {
        await askExecutor(executor, { query: `{ t { a0 x${number}: id } }`, budgetMs: 60_000 });
        // Slower than the planner: the next plan waits already.
        const until = performance.now() + 30;
        while (performance.now() < until);
        return turns;
      }),
    );
    clearTimeout(next);
    expect(new Set(turnsAt).size).toBeGreaterThan(10);
  });

  it('does not take the process along when it runs out of memory', async () => {
    const { executor } = await openGraph(PARTS, { planBudget: { timeMs: 60_000, heapMb: 72 } });
    open.push(executor);
    const { errors } = await askExecutor(executor, { query: HARD, budgetMs: 60_000 });
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX' } }]);
    expect((await askExecutor(executor, { query: '{ t { a1 } }', budgetMs: 30_000 })).data).toEqual({
      t: { a1: 1 },
    });
  });

  it('keeps a caller waiting no longer than its own deadline', async () => {
    const { executor } = await openGraph(PARTS, { planBudget: { timeMs: 60_000, heapMb: 1024 } });
    open.push(executor);
    const { errors } = await askExecutor(executor, { query: HARD, budgetMs: 200 });
    expect(errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
  });
});

describe('callers who leave', () => {
  /** Both threads are at work with what they cannot plan in time. */
  const openBusy = async () => {
    const opened = await openGraph(PARTS, { planBudget: { timeMs: 2500, heapMb: 1024 } });
    open.push(opened.executor);
    expect(
      (await askExecutor(opened.executor, { query: '{ t { a0 } }', budgetMs: 30_000 })).errors,
    ).toBeUndefined();
    const hard = ['a', 'b'].map((name) =>
      askExecutor(opened.executor, { query: HARD.replace('{ t', `{ ${name}: t`), budgetMs: 60_000 }),
    );
    opened.observer.plans.length = 0;
    return { ...opened, hard };
  };

  it('have nothing planned that only they were waiting for', async () => {
    const { executor, observer, hard } = await openBusy();
    const leaving = new AbortController();
    const query = '{ t { a1 } }';
    const left = [
      askExecutor(executor, { query, budgetMs: 60_000, signal: leaving.signal }),
      askExecutor(executor, { query: '{ t { a2 } }', budgetMs: 100 }),
    ];
    const shared = askExecutor(executor, { query: '{ t { a3 } }', budgetMs: 60_000, signal: leaving.signal });
    const staying = askExecutor(executor, { query: '{ t { a3 } }', budgetMs: 60_000 });
    await left[1];
    leaving.abort();
    for (const answer of [...left, shared])
      expect((await answer).errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
    // It waits for both threads, and stands behind those that left.
    expect((await staying).data).toEqual({ t: { a3: 3 } });
    await Promise.all(hard);
    expect(observer.plans.filter(({ cached }) => !cached)).toHaveLength(1);
    expect((await askExecutor(executor, { query, budgetMs: 60_000 })).data).toEqual({ t: { a1: 1 } });
    expect(observer.plans.filter(({ cached }) => !cached)).toHaveLength(2);
  });

  it('leave a plan behind that was begun', async () => {
    const { executor, observer } = await openGraph(PARTS);
    open.push(executor);
    await askExecutor(executor, { query: '{ t { a0 } }', budgetMs: 30_000 });
    observer.plans.length = 0;
    const leaving = new AbortController();
    const query = `{ t ${nested(2)} }`;
    const left = askExecutor(executor, { query, budgetMs: 60_000, signal: leaving.signal });
    await new Promise(setImmediate);
    leaving.abort();
    expect((await left).errors).toMatchObject([{ extensions: { code: 'REQUEST_TIMEOUT' } }]);
    expect((await askExecutor(executor, { query, budgetMs: 60_000 })).errors).toBeUndefined();
    expect(observer.plans.map(({ cached }) => cached).toSorted()).toEqual([false, true]);
  });
});
