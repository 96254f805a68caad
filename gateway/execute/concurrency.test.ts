import type { SubgraphRequest } from '../../subgraphs/port/subgraph-port.js';
import { askExecutor } from '../testing/ask-executor.js';
import { type OpenedGraph, openGraph } from '../testing/open-graph.js';
import type { Execute } from '../testing/shop-graph.js';

type Ref = { readonly id: string };

let graph: OpenedGraph;
let apart: OpenedGraph;
/** Requests since the test began, by subgraph. */
let calls: { readonly subgraph: string; readonly request: SubgraphRequest }[];
/** What a subgraph waits for in the running test. */
let holds: Readonly<Record<string, Promise<unknown>>>;

function watched(subgraph: string): (own: Execute) => Execute {
  return (own) => async (request, context) => {
    calls.push({ subgraph, request });
    await holds[subgraph];
    return own(request, context);
  };
}

const PARTS = {
  left: {
    sdl: 'type Query { l: [T] } type T @key(fields: "id") { id: ID! }',
    resolvers: { Query: { l: () => [{ id: '1' }, { id: '2' }, { id: '1' }] } },
    around: watched('left'),
  },
  right: {
    sdl: 'type Query { r: [T] } type T @key(fields: "id") { id: ID! }',
    resolvers: { Query: { r: () => [{ id: '2' }, { id: '3' }] } },
    around: watched('right'),
  },
  far: {
    sdl: 'type T @key(fields: "id") { id: ID! x: String y: String next: T }',
    resolvers: {
      T: {
        __resolveReference: (ref: Ref) => ref,
        x: ({ id }: Ref) => `x${id}`,
        y: ({ id }: Ref) => `y${id}`,
        next: ({ id }: Ref) => ({ id: `${id}0` }),
      },
    },
    around: watched('far'),
  },
  end: {
    sdl: 'type T @key(fields: "id") { id: ID! z: String }',
    resolvers: { T: { __resolveReference: (ref: Ref) => ref, z: ({ id }: Ref) => `z${id}` } },
    around: watched('end'),
  },
};

beforeAll(async () => {
  graph = await openGraph(PARTS);
  apart = await openGraph(PARTS, { batches: false });
});
beforeEach(() => {
  calls = [];
  holds = {};
});
afterAll(() => Promise.all([graph.executor.close(), apart.executor.close()]));

function sentTo(subgraph: string): readonly (readonly string[])[] {
  return calls
    .filter((call) => call.subgraph === subgraph)
    .map(({ request }) =>
      Object.values(request.variables ?? {}).flatMap((list) => (list as readonly Ref[]).map(({ id }) => id)),
    );
}

describe('steps of a plan', () => {
  it('send each thing once, however often it is shown, and put it everywhere', async () => {
    const result = await askExecutor(graph.executor, { query: '{ a: l { x } b: l { x } r { x } }' });
    expect(result.data).toEqual({
      a: [{ x: 'x1' }, { x: 'x2' }, { x: 'x1' }],
      b: [{ x: 'x1' }, { x: 'x2' }, { x: 'x1' }],
      r: [{ x: 'x2' }, { x: 'x3' }],
    });
    expect(sentTo('far')).toEqual([['1', '2', '3']]);
  });

  it('that ask one subgraph different things at the same distance from the start are one request', async () => {
    const query = '{ a: l { x } b: l { y } r { y next { z } } }';
    const together = await askExecutor(graph.executor, { query });
    expect(sentTo('far')).toHaveLength(1);
    calls = [];
    expect(await askExecutor(apart.executor, { query })).toEqual(together);
    expect(sentTo('far')).toHaveLength(3);
  });

  it('start for the places that are ready when others take longer than all so far', async () => {
    // `right` answers when `far` was asked for what `left` said: a barrier would wait for ever.
    let letGo: () => void = () => undefined;
    holds = { right: new Promise<void>((resolve) => (letGo = resolve)) };
    const asked = askExecutor(graph.executor, { query: '{ l { x } r { x } }' });
    while (sentTo('far').length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    letGo();
    expect((await asked).data).toEqual({
      l: [{ x: 'x1' }, { x: 'x2' }, { x: 'x1' }],
      r: [{ x: 'x2' }, { x: 'x3' }],
    });
    expect(sentTo('far')).toEqual([
      ['1', '2'],
      ['2', '3'],
    ]);
  });

  it('do not wait for what they do not need', async () => {
    // The chain of `left` runs to its end while `right` still stays away.
    let letGo: () => void = () => undefined;
    holds = { right: new Promise<void>((resolve) => (letGo = resolve)) };
    const asked = askExecutor(graph.executor, { query: '{ l { next { z } } r { id } }' });
    while (sentTo('end').length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    letGo();
    expect((await asked).data).toEqual({
      l: [{ next: { z: 'z10' } }, { next: { z: 'z20' } }, { next: { z: 'z10' } }],
      r: [{ id: '2' }, { id: '3' }],
    });
  });

  it('end at once when the caller leaves', async () => {
    const leaving = new AbortController();
    holds = { left: new Promise(() => undefined) };
    const asked = askExecutor(graph.executor, {
      query: '{ l { x } }',
      budgetMs: 60_000,
      signal: leaving.signal,
    });
    while (calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    leaving.abort();
    expect((await asked).errors).toMatchObject([{ path: ['l'], extensions: { code: 'SUBGRAPH_TIMEOUT' } }]);
    expect(sentTo('far')).toEqual([]);
  });

  it('keep objects apart that two places call by one name for different things', async () => {
    const query = '{ l { next { w: z } } r { next { w: x } } a: l { next { w: y } } }';
    const { data } = await askExecutor(graph.executor, { query });
    expect(data).toEqual({
      l: [{ next: { w: 'z10' } }, { next: { w: 'z20' } }, { next: { w: 'z10' } }],
      r: [{ next: { w: 'x20' } }, { next: { w: 'x30' } }],
      a: [{ next: { w: 'y10' } }, { next: { w: 'y20' } }, { next: { w: 'y10' } }],
    });
  });

  it('tell an error of an entity at every place that shows it', async () => {
    const broken = await openGraph({
      ...PARTS,
      far: {
        ...PARTS.far,
        resolvers: {
          T: {
            ...PARTS.far.resolvers.T,
            x: ({ id }: Ref) => {
              if (id === '1') throw new Error('no');
              return `x${id}`;
            },
          },
        },
      },
    });
    const { data, errors } = await askExecutor(broken.executor, { query: '{ l { x } }' });
    await broken.executor.close();
    expect(data).toEqual({ l: [{ x: null }, { x: 'x2' }, { x: null }] });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['l', 0, 'x'],
      ['l', 2, 'x'],
    ]);
  });
});
