import { type Graph, openGraph, type Part } from './open-graph.js';

interface Ref {
  readonly id: string;
}

const police: Part = {
  sdl: `
    type Query { events: [Event!]! event(id: ID!): Event search: [Result!]! }
    interface Event { id: ID! place: String }
    interface Dated implements Event { id: ID! place: String day: String! }
    interface Counted { victims: Int }
    type Accident implements Event & Dated & Counted @key(fields: "id") { id: ID! place: String day: String! victims: Int }
    type Patrol implements Event @key(fields: "id") { id: ID! place: String }
    type Raid implements Event & Dated @key(fields: "id") { id: ID! place: String day: String! next: Event }
    union Result = Accident | Patrol | Note
    type Note { text: String }`,
  resolvers: {
    Query: {
      events: () => EVENTS,
      event: (_: unknown, { id }: Ref) => EVENTS.find((event) => event.id === id) ?? null,
      search: () => [EVENTS[0], { __typename: 'Note', text: 'n' }, EVENTS[1]],
    },
    Raid: { next: () => EVENTS[0] },
  },
};
const EVENTS = [
  { __typename: 'Accident', id: '1', place: 'Quay', day: 'mon', victims: 2 },
  { __typename: 'Patrol', id: '2', place: 'Bay' },
  { __typename: 'Raid', id: '3', place: null, day: 'tue' },
] as const;

const fire: Part = {
  sdl: `
    type Accident @key(fields: "id") { id: ID! crews: Int report: Report }
    type Patrol @key(fields: "id") { id: ID! crews: Int }
    type Raid @key(fields: "id") { id: ID! risk: Int }
    type Report { lines: [Line] }
    interface Line { text: String }
    type Plain implements Line { text: String }
    type Warning implements Line { text: String level: Int }`,
  resolvers: {
    Accident: {
      crews: ({ id }: Ref) => Number(id),
      report: () => ({
        lines: [{ __typename: 'Plain', text: 'a' }, null, { __typename: 'Warning', text: 'b', level: 3 }],
      }),
    },
    Patrol: { crews: () => 0 },
    Raid: { risk: () => 5 },
  },
};

describe('fragments', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ police, fire });
  });
  afterAll(() => graph.close());

  it('match by type and by interface', async () => {
    expect(
      await graph.read(
        '{ events { id ... on Dated { day } ... on Counted { victims } ... on Patrol { place } ... on Event { at: place } } }',
      ),
    ).toEqual({
      events: [
        { id: '1', day: 'mon', victims: 2, at: 'Quay' },
        { id: '2', place: 'Bay', at: 'Bay' },
        { id: '3', day: 'tue', at: null },
      ],
    });
  });

  it('nest: every condition on the way counts', async () => {
    expect(
      await graph.read(
        '{ events { ... on Dated { ... on Counted { victims ... on Accident { crews } } ... on Event { ... on Patrol { place } id } } } }',
      ),
    ).toEqual({ events: [{ victims: 2, crews: 1, id: '1' }, {}, { id: '3' }] });
  });

  it('join entities under conditions', async () => {
    expect(
      await graph.read(
        '{ events { ... on Accident { crews } ... on Patrol { id crews } ... on Raid { risk next { ... on Accident { crews } } } } }',
      ),
    ).toEqual({ events: [{ crews: 1 }, { id: '2', crews: 0 }, { risk: 5, next: { crews: 1 } }] });
  });

  it('may be named, and named twice', async () => {
    expect(
      await graph.read(`
        query { event(id: "3") { ...All } events { ...All ...Only } }
        fragment All on Event { id ...Only ... on Raid { risk next { ...Only } } }
        fragment Only on Accident { crews report { lines { ...Text ... on Warning { level } } } }
        fragment Text on Line { text }`),
    ).toEqual({
      event: { id: '3', risk: 5, next: { crews: 1, report: LINES } },
      events: [
        { id: '1', crews: 1, report: LINES },
        { id: '2' },
        { id: '3', risk: 5, next: { crews: 1, report: LINES } },
      ],
    });
  });

  it('merge with fields and with each other', async () => {
    expect(
      await graph.read(
        '{ event(id: "1") { ... on Accident { report { lines { text } } } ... { id } ... on Accident { report { lines { __typename ... on Warning { level } } } crews } place } }',
      ),
    ).toEqual({
      event: {
        report: {
          lines: [{ text: 'a', __typename: 'Plain' }, null, { text: 'b', __typename: 'Warning', level: 3 }],
        },
        id: '1',
        crews: 1,
        place: 'Quay',
      },
    });
  });

  it('match members of a union by an interface', async () => {
    expect(
      await graph.read(
        '{ search { ... on Event { id } ... on Counted { victims } ... on Note { text } ... on Accident { crews } ... on Patrol { crews } } }',
      ),
    ).toEqual({ search: [{ id: '1', victims: 2, crews: 1 }, { text: 'n' }, { id: '2', crews: 0 }] });
  });

  it('on the query itself', async () => {
    expect(
      await graph.read(
        'query { ... on Query { ...Root } ... { event(id: "2") { id } } } fragment Root on Query { event(id: "2") { place } }',
      ),
    ).toEqual({
      event: { place: 'Bay', id: '2' },
    });
  });
});

const LINES = { lines: [{ text: 'a' }, null, { text: 'b', level: 3 }] };
