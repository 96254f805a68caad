import { type Graph, openGraph, type Part, placesOf } from './open-graph.js';

interface InspectionRef {
  readonly id: string;
  readonly vessel?: {
    readonly name?: string;
    readonly length?: number;
    readonly owner?: { readonly grade?: string | null } | null;
  };
  readonly score?: number | null;
  readonly risk?: number | null;
  readonly finding?: {
    readonly __typename?: string;
    readonly text?: string;
    readonly metres?: number;
  } | null;
}

const FINDINGS = [{ __typename: 'Note', text: 'oil' }, { __typename: 'Gap', text: 'net', metres: 3 }, null];

const field: Part = {
  sdl: `
    type Query { inspections: [Inspection]! inspection(id: ID!): Inspection }
    type Inspection @key(fields: "id") { id: ID! vessel: Vessel score: Int finding: Finding }
    type Vessel { name: String! @shareable length: Int! @shareable owner: Subject @shareable }
    type Subject { grade: String @shareable }
    interface Finding { text: String! }
    type Note implements Finding { text: String! @shareable }
    type Gap implements Finding { text: String! @shareable metres: Int! @shareable }`,
  resolvers: {
    Query: {
      inspections: () => [{ id: '0' }, { id: '1' }, null, { id: '2' }],
      inspection: (_: unknown, { id }: { id: string }) => ({ id }),
    },
    Inspection: {
      vessel: ({ id }: { id: string }) => ({
        name: `vessel ${id}`,
        length: 10 + Number(id),
        owner: id === '1' ? null : { grade: id === '2' ? null : 'A' },
      }),
      score: ({ id }: { id: string }) => (id === '2' ? null : Number(id) * 5),
      finding: ({ id }: { id: string }) => FINDINGS[Number(id)] ?? null,
    },
  },
};

const risks: Part = {
  sdl: `
    type Inspection @key(fields: "id") {
      id: ID!
      score: Int @external
      vessel: Vessel @external
      finding: Finding @external
      risk: Int @requires(fields: "score")
      summary: String @requires(fields: "vessel { name owner { grade } } score")
      gap: String @requires(fields: "finding { text ... on Gap { metres } }")
      sternly: String! @requires(fields: "score")
    }
    type Vessel @external { name: String! owner: Subject }
    type Subject @external { grade: String }
    interface Finding { text: String! }
    type Note implements Finding @external { text: String! }
    type Gap implements Finding @external { text: String! metres: Int! }`,
  resolvers: {
    Inspection: {
      __resolveReference: (ref: InspectionRef) => ref,
      risk: ({ score }: InspectionRef) => (score == null ? -1 : score + 1),
      summary: ({ vessel, score }: InspectionRef) =>
        `${vessel?.name} ${vessel?.owner === null ? 'nobody' : vessel?.owner?.grade} ${score}`,
      gap: ({ finding }: InspectionRef) =>
        finding == null ? 'none' : `${finding.text} ${finding.metres ?? '-'}`,
      sternly: ({ score }: InspectionRef) => {
        if (score == null) throw new Error('no score');
        return `${score}!`;
      },
    },
  },
};

const plans: Part = {
  sdl: `type Inspection @key(fields: "id") { id: ID! risk: Int @external measure: String @requires(fields: "risk") }`,
  resolvers: { Inspection: { measure: ({ risk }: InspectionRef) => `measure ${risk}` } },
};
const budget: Part = {
  sdl: `type Inspection @key(fields: "id") { id: ID! measure: String @external cost: String @requires(fields: "measure") }`,
  resolvers: { Inspection: { cost: ({ measure }: { measure: string }) => `cost of ${measure}` } },
};

describe('@requires', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ field, risks, plans, budget });
  });
  afterAll(() => graph.close());

  it('sends what it requires, and not to the caller', async () => {
    expect(await graph.read('{ inspections { risk } }')).toEqual({
      inspections: [{ risk: 1 }, { risk: 6 }, null, { risk: -1 }],
    });
    expect(await graph.read('{ inspection(id: "1") { score risk id } }')).toEqual({
      inspection: { score: 5, risk: 6, id: '1' },
    });
  });

  it('sends nested fields, nulls on the way included', async () => {
    expect(await graph.read('{ inspections { summary } }')).toEqual({
      inspections: [
        { summary: 'vessel 0 A 0' },
        { summary: 'vessel 1 nobody 5' },
        null,
        { summary: 'vessel 2 null null' },
      ],
    });
  });

  it('keeps apart the part of a nested object that the caller asks for and the part that is required', async () => {
    expect(await graph.read('{ inspection(id: "0") { vessel { length } summary } }')).toEqual({
      inspection: { vessel: { length: 10 }, summary: 'vessel 0 A 0' },
    });
  });

  it('requires by fragments on the types of an interface', async () => {
    expect(await graph.read('{ inspections { gap } }')).toEqual({
      inspections: [{ gap: 'oil -' }, { gap: 'net 3' }, null, { gap: 'none' }],
    });
    expect(await graph.read('{ inspection(id: "1") { finding { __typename } gap } }')).toEqual({
      inspection: { finding: { __typename: 'Gap' }, gap: 'net 3' },
    });
  });

  it('follows a chain of requirements over three subgraphs', async () => {
    expect(await graph.read('{ inspections { cost } }')).toEqual({
      inspections: [
        { cost: 'cost of measure 1' },
        { cost: 'cost of measure 6' },
        null,
        { cost: 'cost of measure -1' },
      ],
    });
    const all = await graph.read('{ inspection(id: "1") { cost measure risk score } }');
    expect(all).toEqual({
      inspection: { cost: 'cost of measure 6', measure: 'measure 6', risk: 6, score: 5 },
    });
  });

  it('lets a failing field that requires something fail alone', async () => {
    const answer = await graph.ask('{ inspections { id sternly } }');
    expect(answer.data).toEqual({
      inspections: [{ id: '0', sternly: '0!' }, { id: '1', sternly: '5!' }, null, null],
    });
    expect(placesOf(answer)).toEqual(['inspections.3.sternly']);
  });

  it('asks nothing of a field whose condition excludes it', async () => {
    const query = 'query ($risky: Boolean!) { inspection(id: "1") { id risk @include(if: $risky) } }';
    const before = graph.asked.length;
    expect(await graph.read(query, { risky: false })).toEqual({ inspection: { id: '1' } });
    expect(graph.asked.slice(before).map(({ subgraph }) => subgraph)).toEqual(['field']);
    expect(await graph.read(query, { risky: true })).toEqual({ inspection: { id: '1', risk: 6 } });
  });
});
