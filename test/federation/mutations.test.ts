import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

const done: string[] = [];
const later = async <T>(name: string, ms: number, value: T): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  done.push(name);
  return value;
};

const courts: Part = {
  sdl: `
    type Query { steps: [String!]! }
    type Mutation { open(number: ID!, ms: Int = 0): Case close(number: ID!): Case fail: String fine(input: FineInput!): Int reset: Boolean @shareable }
    input FineInput { number: ID! amount: Int = 100 }
    type Case @key(fields: "number") { number: ID! state: String }`,
  resolvers: {
    Query: { steps: () => done },
    Mutation: {
      open: (_: unknown, { number, ms }: { number: string; ms: number }) =>
        later(`open ${number}`, ms, { number, state: 'OPEN' }),
      close: (_: unknown, { number }: { number: string }) =>
        later(`close ${number}`, 0, { number, state: 'CLOSED' }),
      fail: () => {
        done.push('fail');
        throw new Error('no');
      },
      fine: (_: unknown, { input }: { input: { number: string; amount: number } }) =>
        later(`fine ${input.number}`, 0, input.amount),
      reset: () => later('reset courts', 0, true),
    },
  },
};
const police: Part = {
  sdl: `
    type Mutation { arrest(name: String!): String reset: Boolean @shareable }
    type Case @key(fields: "number") { number: ID! officer: String }`,
  resolvers: {
    Mutation: {
      arrest: (_: unknown, { name }: { name: string }) => later(`arrest ${name}`, 0, name),
      reset: () => later('reset police', 0, true),
    },
    Case: {
      officer: ({ number }: { number: string }) => later(`officer ${number}`, 0, `officer of ${number}`),
    },
  },
};

describe('mutations', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ courts, police });
  });
  beforeEach(() => void done.splice(0));
  afterAll(() => graph.close());

  it('happen in the order of the query over several subgraphs', async () => {
    expect(
      await graph.read(
        'mutation { a: open(number: "1", ms: 30) { state } arrest(name: "Li") b: close(number: "1") { state } c: arrest(name: "Wu") d: fine(input: { number: "1" }) }',
      ),
    ).toEqual({ a: { state: 'OPEN' }, arrest: 'Li', b: { state: 'CLOSED' }, c: 'Wu', d: 100 });
    expect(done).toEqual(['open 1', 'arrest Li', 'close 1', 'arrest Wu', 'fine 1']);
  });

  it('answer in the order of the query', async () => {
    const data = await graph.read(
      'mutation { z: arrest(name: "a") y: fine(input: { number: "1", amount: 5 }) x: arrest(name: "b") }',
    );
    expect(Object.entries(data)).toEqual([
      ['z', 'a'],
      ['y', 5],
      ['x', 'b'],
    ]);
  });

  it('are followed by reads of the entities they answer with', async () => {
    expect(await graph.read('mutation { open(number: "7") { number officer } arrest(name: "Li") }')).toEqual({
      open: { number: '7', officer: 'officer of 7' },
      arrest: 'Li',
    });
    expect(done.filter((step) => !step.startsWith('officer'))).toEqual(['open 7', 'arrest Li']);
  });

  it('go on after one that failed', async () => {
    const answer = await graph.ask('mutation { fail arrest(name: "Li") close(number: "2") { state } }');
    expect(answer.data).toEqual({ fail: null, arrest: 'Li', close: { state: 'CLOSED' } });
    expect(placesOf(answer)).toEqual(['fail']);
    expect(done).toEqual(['fail', 'arrest Li', 'close 2']);
  });

  it('take variables and conditions', async () => {
    const query =
      'mutation ($input: FineInput!, $arrests: Boolean!) { arrest(name: "Li") @include(if: $arrests) fine(input: $input) }';
    expect(await graph.read(query, { input: { number: '3' }, arrests: false })).toEqual({ fine: 100 });
    expect(done).toEqual(['fine 3']);
  });

  it('happen once where several subgraphs could do them', async () => {
    expect(await graph.read('mutation { reset }')).toEqual({ reset: true });
    expect(done).toHaveLength(1);
  });

  it('happen once for each alias', async () => {
    await graph.read('mutation { a: arrest(name: "x") b: arrest(name: "x") }');
    expect(done).toEqual(['arrest x', 'arrest x']);
  });

  it('happen once when fragments name them twice', async () => {
    expect(
      await graph.read(
        'mutation { arrest(name: "x") ...Again } fragment Again on Mutation { arrest(name: "x") __typename }',
      ),
    ).toEqual({
      arrest: 'x',
      __typename: 'Mutation',
    });
    expect(done).toEqual(['arrest x']);
  });
});
