import { getIntrospectionQuery, graphql } from 'graphql';
import { type Graph, openGraph, type Part } from './open-graph.js';

const police: Part = {
  sdl: `
    """What the police know."""
    type Query { case: Case things: [Thing] named: Named }
    type Mutation { touch: Case }
    union Thing = Case | Note
    interface Named { name: String }
    "One case." type Case implements Named @key(fields: "id") { id: ID! name: String old: String @deprecated(reason: "gone") mode(of: Mode! = FULL, deep: Deep = { a: 1 }): Mode }
    type Note { text: String }
    enum Mode { FULL SHORT }
    input Deep { a: Int! = 2 }`,
  resolvers: {
    Query: {
      case: () => ({ id: '1', name: 'fire' }),
      things: () => [{ __typename: 'Note' }, { __typename: 'Case', id: '1' }, null],
      named: () => ({ __typename: 'Case', id: '1' }),
    },
    Mutation: { touch: () => ({ id: '2' }) },
  },
};
const courts: Part = {
  sdl: 'type Case @key(fields: "id") { id: ID! verdict: Verdict } type Verdict { text: String }',
  resolvers: { Case: { verdict: () => ({ text: 'guilty' }) } },
};

describe('__typename and introspection', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await openGraph({ police, courts });
  });
  afterAll(() => graph.close());

  it('__typename stands everywhere', async () => {
    expect(
      await graph.read(
        '{ __typename case { __typename verdict { __typename text } } things { __typename } named { __typename } }',
      ),
    ).toEqual({
      __typename: 'Query',
      case: { __typename: 'Case', verdict: { __typename: 'Verdict', text: 'guilty' } },
      things: [{ __typename: 'Note' }, { __typename: 'Case' }, null],
      named: { __typename: 'Case' },
    });
    expect(await graph.read('mutation { __typename touch { __typename } }')).toEqual({
      __typename: 'Mutation',
      touch: { __typename: 'Case' },
    });
  });

  it('__typename alone asks nobody', async () => {
    const before = graph.asked.length;
    expect(await graph.read('{ __typename kind: __typename ... on Query { __typename } }')).toEqual({
      __typename: 'Query',
      kind: 'Query',
    });
    expect(graph.asked).toHaveLength(before);
  });

  it('__typename under aliases, conditions and in fragments', async () => {
    expect(
      await graph.read(
        'query ($no: Boolean = false) { case { a: __typename __typename @include(if: $no) verdict { b: __typename } ... on Named { c: __typename } } things { ... on Case { d: __typename verdict { e: __typename } } } }',
      ),
    ).toEqual({
      case: { a: 'Case', verdict: { b: 'Verdict' }, c: 'Case' },
      things: [{}, { d: 'Case', verdict: { e: 'Verdict' } }, null],
    });
  });

  it('the schema and data come in one answer, in the order of the query', async () => {
    const { data } = await graph.ask(
      '{ case { verdict { text } } __type(name: "Case") { kind name description fields { name } interfaces { name } } __schema { queryType { name } mutationType { name } } __typename }',
    );
    expect(JSON.stringify(data)).toBe(
      JSON.stringify({
        case: { verdict: { text: 'guilty' } },
        __type: {
          kind: 'OBJECT',
          name: 'Case',
          description: 'One case.',
          fields: [{ name: 'id' }, { name: 'verdict' }, { name: 'name' }, { name: 'mode' }],
          interfaces: [{ name: 'Named' }],
        },
        __schema: { queryType: { name: 'Query' }, mutationType: { name: 'Mutation' } },
        __typename: 'Query',
      }),
    );
  });

  it('introspection takes variables, aliases and fragments', async () => {
    expect(
      await graph.read(
        'query ($name: String!, $old: Boolean = true) { t: __type(name: $name) { ...Fields possibleTypes { name } } none: __type(name: "Nobody") { name } } fragment Fields on __Type { fields(includeDeprecated: $old) { name isDeprecated deprecationReason } }',
        { name: 'Case' },
      ),
    ).toMatchObject({
      t: {
        fields: expect.arrayContaining([{ name: 'old', isDeprecated: true, deprecationReason: 'gone' }]),
        possibleTypes: null,
      },
      none: null,
    });
  });

  it('introspection tells defaults of arguments', async () => {
    expect(
      await graph.read(
        '{ __type(name: "Case") { fields { args { name defaultValue type { kind ofType { name } } } } } }',
      ),
    ).toMatchObject({
      __type: {
        fields: expect.arrayContaining([
          {
            args: [
              { name: 'of', defaultValue: 'FULL', type: { kind: 'NON_NULL', ofType: { name: 'Mode' } } },
              { name: 'deep', defaultValue: '{a: 1}', type: { kind: 'INPUT_OBJECT', ofType: null } },
            ],
          },
        ]),
      },
    });
  });

  it('introspection shows nothing of federation', async () => {
    const data = await graph.read(
      '{ __schema { types { name } directives { name } queryType { fields { name } } } }',
    );
    const text = JSON.stringify(data);
    expect(text).not.toMatch(/_entities|_service|_Any|join__|link__|"key"|"external"/);
    expect(text).toContain('Verdict');
  });

  it.each([
    '{ __type(name: "Deep") { name isOneOf } }',
    'query ($name: String!, $all: Boolean = true) { a: __type(name: $name) { isOneOf fields(includeDeprecated: $all) { name } } }',
    '{ ...S } fragment S on Query { __type(name: "Case") { ...T } } fragment T on __Type { isOneOf ofType { ...U } } fragment U on __Type { isOneOf }',
    getIntrospectionQuery({
      oneOf: true,
      specifiedByUrl: true,
      inputValueDeprecation: true,
      schemaDescription: true,
    }),
  ])('introspection is graphql-js’s own: %#', async (query) => {
    const variables = { name: 'Case' };
    const { apiSchema } = graph;
    const own = await graphql({ schema: apiSchema, source: query, variableValues: variables });
    expect(await graph.ask(query, variables)).toEqual(JSON.parse(JSON.stringify(own)));
  });

  it('introspection stands next to data, in fragments and under conditions', async () => {
    const query = `query ($no: Boolean = false) { ...F case { name } a: __type(name: "Deep") @include(if: $no) { name } }
      fragment F on Query { case { verdict { text } } __type(name: "Deep") { isOneOf ...N } __schema @skip(if: $no) { queryType { ...N } } }
      fragment N on __Type { name }`;
    expect(await graph.read(query)).toEqual({
      case: { name: 'fire', verdict: { text: 'guilty' } },
      __type: { isOneOf: false, name: 'Deep' },
      __schema: { queryType: { name: 'Query' } },
    });
    expect(Object.keys(await graph.read(query, { no: true }))).toEqual(['case', '__type', 'a']);
  });
});
