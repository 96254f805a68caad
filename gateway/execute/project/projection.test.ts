import fc from 'fast-check';
import { buildSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { buildProjection } from './build-projection.js';
import { compileWriter } from './compile-writer.js';
import { completeAnswer } from './complete-answer.js';

const SCHEMA = buildSchema(`
  type Query { vessel: Vessel vessels: [Vessel!] matrix: [[Int!]]! thing: Thing things: [Thing]! owner: Owner! }
  interface Thing { id: ID! note: String }
  type Vessel implements Thing { id: ID! note: String! length: Float tonnes: Int state: State active: Boolean! owner: Owner }
  type Net implements Thing { id: ID! note: String mesh: Int }
  union Owner = Person | Firm
  type Person { name: String! }
  type Firm { name: String code: ID extra: JSON }
  scalar JSON
  enum State { OPEN CLOSED }
`);

const QUERY = `query ($a: Boolean = true) {
  v: vessel { ...V }
  vessels { ...V owner { ... on Firm { code } } }
  matrix
  thing { id ... on Vessel { length note2: note } ... on Net { mesh } __typename }
  things { id note }
  owner { __typename ... on Person { name } ... on Firm { n: name code extra } }
}
fragment V on Vessel { id note length tonnes state active @include(if: $a) owner { __typename } }`;

function projectionOf(query: string, variables = { a: true }) {
  const { definitions } = parse(query);
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const fragments = definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
  );
  return buildProjection({
    schema: SCHEMA,
    operation: operation as OperationDefinitionNode,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables,
    nameOf: ({ alias, name }) => alias?.value ?? name.value,
  });
}

/** What subgraphs could send: mostly what the schema says, now and then something else. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('渔船', '"', '\\', '\u0001', 'a'.repeat(60)),
);
const wrong = fc.constantFrom<unknown>(null, undefined, 1.5, 'text', [], {}, [null], true, {
  __typename: 'Nobody',
});
const mostly = (arbitrary: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary }, { weight: 1, arbitrary: wrong });
const typeName = (name: string) => mostly(fc.constant(name));
const person = fc.record({ __typename: typeName('Person'), name: mostly(text) });
const firm = fc.record({
  __typename: typeName('Firm'),
  name: mostly(text),
  n: mostly(text),
  code: mostly(fc.oneof(text, fc.integer())),
  extra: fc.jsonValue(),
});
const owner = mostly(fc.oneof(person, firm, fc.constant(null)));
const vessel = fc.record({
  __typename: typeName('Vessel'),
  id: mostly(text),
  note: mostly(text),
  note2: mostly(text),
  length: mostly(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null))),
  tonnes: mostly(fc.oneof(fc.integer(), fc.constant(null))),
  state: mostly(fc.constantFrom('OPEN', 'CLOSED')),
  active: mostly(fc.boolean()),
  owner,
});
const net = fc.record({
  __typename: typeName('Net'),
  id: mostly(text),
  note: mostly(text),
  mesh: mostly(fc.integer()),
});
const thing = mostly(fc.oneof(vessel, net));
const answer = fc.record({
  v: mostly(vessel),
  vessels: mostly(fc.array(mostly(vessel), { maxLength: 4 })),
  matrix: mostly(fc.array(mostly(fc.array(mostly(fc.integer()), { maxLength: 3 })), { maxLength: 3 })),
  thing,
  things: mostly(fc.array(thing, { maxLength: 3 })),
  owner,
});

describe('the writer of answers', () => {
  it('gives the text that the careful reading gives, and nothing where that finds a violation', () => {
    const projection = projectionOf(QUERY);
    const write = compileWriter(projection);
    let written = 0;
    let refused = 0;
    fc.assert(
      fc.property(answer, (data) => {
        const fast = write({ data, isUnescaped: false }, () => 'null');
        const { data: careful, violations } = completeAnswer(projection, data, () => 'null');
        if (fast === null) refused++;
        else written++;
        expect(fast === null).toBe(violations.length > 0);
        if (fast !== null) expect(fast).toBe(careful);
        JSON.parse(careful);
      }),
      { numRuns: 3000 },
    );
    // Both ways must have been gone, or the property says nothing.
    expect(Math.min(written, refused)).toBeGreaterThan(100);
  });

  it('writes texts as they stand when they came without a backslash', () => {
    const projection = projectionOf('{ owner { ... on Person { name } } }');
    const reply = '{"owner":{"__typename":"Person","name":"渔船 <\u2028>"}}';
    const written = compileWriter(projection)({ data: JSON.parse(reply), isUnescaped: true }, () => 'null');
    expect(written).toBe('{"owner":{"name":"渔船 <\u2028>"}}');
  });

  it('takes nulls up to where one is allowed, and says where they began', () => {
    const projection = projectionOf('{ vessels { id note } matrix owner { __typename } }');
    const vessels = [
      { id: 'a', note: 'x' },
      { id: 'b', note: null },
    ];
    const owner = { __typename: 'Person' };
    const whole = completeAnswer(projection, { vessels, matrix: [[1, null], [2]], owner }, () => 'null');
    expect(whole).toEqual({
      data: '{"vessels":null,"matrix":[null,[2]],"owner":{"__typename":"Person"}}',
      violations: [
        { path: ['vessels', 1, 'note'], kind: 'null' },
        { path: ['matrix', 0, 1], kind: 'null' },
      ],
    });
    const nothing = completeAnswer(projection, { vessels: [], matrix: [], owner: null }, () => 'null');
    expect(nothing.data).toBe('null');
  });

  it('says when nothing was fetched for a field of the root', () => {
    const projection = projectionOf('{ vessel { id } thing { id } }');
    expect(compileWriter(projection)({ data: { vessel: null }, isUnescaped: true }, () => 'null')).toBeNull();
    expect(completeAnswer(projection, { vessel: null }, () => 'null').violations).toEqual([
      { path: ['thing'], kind: 'missing' },
    ]);
  });

  it('knows an object by an interface alone as long as no type is asked for', () => {
    const data = { thing: { __typename: 'Thing', id: '1', note: 'n' } };
    const write = (query: string) =>
      compileWriter(projectionOf(query))({ data, isUnescaped: true }, () => 'null');
    expect(write('{ thing { id ... on Thing { note } } }')).toBe('{"thing":{"id":"1","note":"n"}}');
    expect(write('{ thing { id ... on Net { mesh } } }')).toBeNull();
    expect(write('{ thing { __typename } }')).toBeNull();
  });

  it('keeps the order in which the query names the fields that are included', () => {
    const query = 'query ($a: Boolean!) { vessel { note @include(if: $a) id note } }';
    const data = { vessel: { id: '1', note: 'n' } };
    const write = (a: boolean) =>
      compileWriter(projectionOf(query, { a }))({ data, isUnescaped: true }, () => 'null');
    expect(write(true)).toBe('{"vessel":{"note":"n","id":"1"}}');
    expect(write(false)).toBe('{"vessel":{"id":"1","note":"n"}}');
  });
});
