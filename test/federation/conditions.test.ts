import { type Graph, openGraph, type Part } from './open-graph.js';

interface Ref {
  readonly id: string;
}

const registry: Part = {
  sdl: `
    type Query { subjects: [Subject!]! things: [Thing!]! }
    union Thing = Subject | Vessel
    type Subject @key(fields: "id") { id: ID! name: String partner: Subject }
    type Vessel @key(fields: "id") { id: ID! flag: String }`,
  resolvers: {
    Query: {
      subjects: () => [{ id: '1' }],
      things: () => [
        { __typename: 'Subject', id: '1' },
        { __typename: 'Vessel', id: 'v', flag: 'CN' },
      ],
    },
    Subject: {
      name: ({ id }: Ref) => (id === '1' ? 'Wang' : 'Li'),
      partner: () => ({ id: '2' }),
    },
  },
};
const courts: Part = {
  sdl: `
    type Query { fines: [Fine!]! }
    type Fine { sum: Int subject: Subject }
    type Subject @key(fields: "id") { id: ID! name: String @external debts: Int label: String @requires(fields: "name") fines: [Fine!] }
    type Vessel @key(fields: "id") { id: ID! liens: Int }`,
  resolvers: {
    Query: { fines: () => [{ sum: 5, subject: { id: '1' } }] },
    Subject: {
      __resolveReference: (ref: Ref) => ref,
      debts: ({ id }: Ref) => Number(id) * 100,
      label: ({ name }: { name?: string }) => `label of ${name}`,
      fines: ({ id }: Ref) => [{ sum: 5, subject: { id } }],
    },
    Vessel: { liens: () => 1 },
  },
};

describe('@skip and @include', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ registry, courts });
  });
  afterAll(() => graph.close());

  /** `$yes` as given, and true by default; `$no` is false by the default of the query. */
  const read = async (selection: string, yes = true) => {
    const no = selection.includes('$no') ? ', $no: Boolean = false' : '';
    return graph.read(`query ($yes: Boolean!${no}) { ${selection} }`, { yes });
  };

  it('on fields of the subgraph and of others', async () => {
    const query =
      'subjects { id @include(if: $yes) name @skip(if: $yes) debts @include(if: $yes) label @include(if: $no) }';
    expect(await read(query)).toEqual({ subjects: [{ id: '1', debts: 100 }] });
    expect(await read(query, false)).toEqual({ subjects: [{ name: 'Wang' }] });
  });

  it('with constants', async () => {
    expect(
      await graph.read(
        '{ subjects { id debts @skip(if: true) name @include(if: true) label @include(if: false) } }',
      ),
    ).toEqual({
      subjects: [{ id: '1', name: 'Wang' }],
    });
  });

  it('both at once', async () => {
    const query =
      'subjects { id debts @include(if: $yes) @skip(if: $no) label @include(if: $yes) @skip(if: $yes) }';
    expect(await read(query)).toEqual({ subjects: [{ id: '1', debts: 100 }] });
    expect(await read(query, false)).toEqual({ subjects: [{ id: '1' }] });
  });

  it('on fragments over the border of an entity', async () => {
    const query =
      'subjects { id ... @include(if: $yes) { debts partner { label } } ...More @skip(if: $yes) } } fragment More on Subject { label partner { debts }';
    expect(await read(query)).toEqual({
      subjects: [{ id: '1', debts: 100, partner: { label: 'label of Li' } }],
    });
    expect(await read(query, false)).toEqual({
      subjects: [{ id: '1', label: 'label of Wang', partner: { debts: 200 } }],
    });
  });

  it('on a field that is also asked for without a condition', async () => {
    const query =
      'subjects { debts @include(if: $no) ... on Subject { debts } partner @skip(if: $yes) { id } partner { debts } }';
    expect(await read(query)).toEqual({ subjects: [{ debts: 100, partner: { debts: 200 } }] });
    expect(await read(query, false)).toEqual({
      subjects: [{ debts: 100, partner: { id: '2', debts: 200 } }],
    });
  });

  it('on root fields, whole subgraphs and the keys between them', async () => {
    const query =
      'subjects @include(if: $yes) { id @skip(if: $yes) debts } fines @skip(if: $yes) { subject { name } }';
    const before = graph.asked.length;
    expect(await read(query)).toEqual({ subjects: [{ debts: 100 }] });
    expect(graph.asked.slice(before).map(({ subgraph }) => subgraph)).toEqual(['registry', 'courts']);
    expect(await read(query, false)).toEqual({ fines: [{ subject: { name: 'Wang' } }] });
  });

  it('that leave nothing', async () => {
    expect(await read('subjects @skip(if: $yes) { id }')).toEqual({});
    expect(await read('subjects { id @skip(if: $yes) }')).toEqual({ subjects: [{}] });
    expect(await read('subjects { debts @skip(if: $yes) }')).toEqual({ subjects: [{}] });
    expect(
      await read('subjects { partner { debts @include(if: $no) ... on Subject @skip(if: $yes) { label } } }'),
    ).toEqual({
      subjects: [{ partner: {} }],
    });
  });

  it('on members of a union', async () => {
    const query =
      'things { ... on Subject @include(if: $yes) { debts } ... on Vessel @skip(if: $yes) { liens flag } ... on Vessel { id @include(if: $no) } }';
    expect(await read(query)).toEqual({ things: [{ debts: 100 }, {}] });
    expect(await read(query, false)).toEqual({ things: [{}, { liens: 1, flag: 'CN' }] });
  });

  it('on __typename and under nested conditions', async () => {
    const query =
      'things { __typename @include(if: $yes) ... @include(if: $yes) { ... on Subject @skip(if: $no) { fines { subject { label @include(if: $yes) } } } } }';
    expect(await read(query)).toEqual({
      things: [
        { __typename: 'Subject', fines: [{ subject: { label: 'label of Wang' } }] },
        { __typename: 'Vessel' },
      ],
    });
    expect(await read(query, false)).toEqual({ things: [{}, {}] });
  });
});
