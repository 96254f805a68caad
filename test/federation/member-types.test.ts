import { type Graph, openGraph, type Part } from './open-graph.js';

interface Member {
  readonly id: string;
}

/** Callers may ask for both ids side by side, but the guild may not be asked so: there a firm's id can be null. */
const guild: Part = {
  sdl: `
    type Query { members: [Member!]! }
    union Member = Person | Firm
    type Person @key(fields: "id") { id: ID! fellows: [Member!]! }
    type Firm { id: ID title: String! fellows: [Member!]! }`,
  resolvers: {
    Query: { members: () => MEMBERS },
    Person: { fellows: () => MEMBERS },
    Firm: { fellows: () => MEMBERS, title: ({ id }: Member) => `firm ${id}` },
  },
};
const register: Part = {
  sdl: 'type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID title: String! }',
  resolvers: {
    Query: { people: () => [{ id: 'p' }] },
    Person: {
      __resolveReference: (ref: Member) => ref,
      title: ({ id }: Member) => `person ${id}`,
    },
  },
};
const MEMBERS = [
  { __typename: 'Person', id: 'p' },
  { __typename: 'Firm', id: 'f' },
];

/** The selection on members, so many fellows deep. */
function selectionOf(fields: string, depth: number): string {
  const inner = depth === 0 ? fields : `${fields} fellows { ${selectionOf(fields, depth - 1)} }`;
  return `... on Person { ${inner} } ... on Firm { ${inner} }`;
}

function answerOf(pick: (member: object) => object, depth: number): readonly object[] {
  const titled = [
    { id: 'p', title: 'person p' },
    { id: 'f', title: 'firm f' },
  ];
  return titled.map((member) => ({
    ...pick(member),
    ...(depth > 0 && { fellows: answerOf(pick, depth - 1) }),
  }));
}

describe('members of a union whose fields of one name differ in type', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ guild, register });
  });
  afterAll(() => graph.close());

  it.each([0, 1, 2])('are shown under the name that was asked for, %i fellows deep', async (depth) => {
    expect(await graph.read(`{ people { id title } members { ${selectionOf('id title', depth)} } }`)).toEqual(
      {
        people: [{ id: 'p', title: 'person p' }],
        members: answerOf((member) => member, depth),
      },
    );
    const asked = graph.asked.findLast(({ query }) => query.includes('members'))?.query;
    expect(asked).toMatch(/\w+:id\b/);
  });

  it('are shown without the key that only the plan needs', async () => {
    const pick = (member: object) => ({ title: 'title' in member ? member.title : null });
    expect(await graph.read(`{ members { ${selectionOf('title', 2)} } }`)).toEqual({
      members: answerOf(pick, 2),
    });
  });
});

/** Stoves have their interfaces in the bureau alone, lamps in the shop alone. */
const shop: Part = {
  sdl: `
    type Query { things: [Thing] lit: [Named] one(id: ID!): Named lamps: [Lamp] }
    union Thing = Stove | Lamp
    interface Named { id: ID! }
    interface Insured { years: Int }
    type Stove @key(fields: "id") { id: ID! }
    type Lamp implements Named & Insured @key(fields: "id") { id: ID! years: Int }`,
  resolvers: {
    Query: {
      things: () => [
        { __typename: 'Stove', id: 's' },
        { __typename: 'Lamp', id: 'l', years: 3 },
      ],
      lit: () => [{ __typename: 'Lamp', id: 'l', years: 3 }],
      one: (_: unknown, { id }: Member) => ({ __typename: id === 's' ? 'Stove' : 'Lamp', id, years: 3 }),
      lamps: () => [{ id: 'l', years: 3 }],
    },
  },
};
const bureau: Part = {
  sdl: `
    interface Named { id: ID! }
    interface Insured { years: Int }
    type Stove implements Named & Insured @key(fields: "id") { id: ID! years: Int }`,
  resolvers: { Stove: { __resolveReference: (ref: Member) => ref, years: () => 1 } },
};

describe('interfaces that a subgraph gives to some of its types', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ shop, bureau });
  });
  afterAll(() => graph.close());

  it.each([
    ['{ things { ... on Named { id } } }', { things: [{ id: 's' }, { id: 'l' }] }],
    ['{ things { ... on Insured { years } } }', { things: [{ years: 1 }, { years: 3 }] }],
    ['{ lit { ... on Lamp { years } ... on Stove { id } } }', { lit: [{ years: 3 }] }],
    ['{ lit { ... on Named { id ... on Insured { years } } } }', { lit: [{ id: 'l', years: 3 }] }],
    ['{ lit { ... on Named { ... on Named { ... on Insured { years } } } } }', { lit: [{ years: 3 }] }],
    [
      '{ lamps { ... on Lamp { id } ... on Named { __typename } } }',
      { lamps: [{ id: 'l', __typename: 'Lamp' }] },
    ],
    ['{ one(id: "l") { ... on Lamp { years } } }', { one: { years: 3 } }],
  ])('answers %s', async (query, expected) => {
    expect(await graph.read(query)).toEqual(expected);
  });

  it.each(['Stove', 'Lamp'])('fails for an object that is none of its own, asked as %s', async (type) => {
    const { data, errors } = await graph.ask(`{ one(id: "s") { ... on ${type} { years } } }`);
    expect(data).toEqual({ one: null });
    expect(errors).toHaveLength(1);
  });
});

/** Both give a work, each with a member that the other lacks; a field's declared type may be narrower in one. */
const press: Part = {
  sdl: `
    type Query { work: Work @shareable print: Print @shareable viewer: Viewer @shareable }
    union Work = Print | Song
    type Print @key(fields: "id") { id: ID! title: String! @shareable pages: Int! }
    type Song @key(fields: "id") { id: ID! title: String! @shareable bars: Int! }
    type Viewer { work: Work @shareable print: Print @shareable song: Work }`,
  resolvers: {
    Query: { work: () => PRINT, print: () => PRINT, viewer: () => VIEWER },
  },
};
const cinema: Part = {
  sdl: `
    type Query { work: Work @shareable print: Work @shareable viewer: Viewer @shareable }
    union Work = Print | Film
    type Print { title: String! @shareable }
    type Film { title: String! @shareable }
    type Viewer { work: Work @shareable print: Work @shareable }`,
  resolvers: {
    Query: { work: () => PRINT, print: () => PRINT, viewer: () => VIEWER },
  },
};
const PRINT = { __typename: 'Print', id: 'p', title: 'Nets', pages: 7 };
const VIEWER = { work: PRINT, print: PRINT, song: { __typename: 'Song', id: 's', title: 'Tide', bars: 8 } };

describe('a shared field whose members only partly agree', () => {
  const ALL = '{ __typename ... on Song { title } ... on Film { title } ... on Print { title } }';
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ press, cinema });
  });
  afterAll(() => graph.close());

  it.each([
    ['{ work { ... on Film { title } } }', { work: {} }],
    ['{ work { ... on Print { title } } }', { work: { title: 'Nets' } }],
    ['{ work { ... on Print { title } ... on Film { title } } }', { work: { title: 'Nets' } }],
    ['{ viewer { work { ... on Film { title } } } }', { viewer: { work: {} } }],
    [
      '{ viewer { work { ... on Print { title } ... on Film { title } } } }',
      { viewer: { work: { title: 'Nets' } } },
    ],
    [
      `{ viewer { work ${ALL} print ${ALL} song ${ALL} } }`,
      {
        viewer: {
          work: { __typename: 'Print', title: 'Nets' },
          print: { __typename: 'Print', title: 'Nets' },
          song: { __typename: 'Song', title: 'Tide' },
        },
      },
    ],
  ])('answers %s', async (query, expected) => {
    expect(await graph.read(query)).toEqual(expected);
  });
});
