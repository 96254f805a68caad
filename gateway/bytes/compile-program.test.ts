import { buildSchema, type FieldNode, parse } from 'graphql';
import { describeOperation } from '../execute/described-operation.js';
import { buildProjection } from '../execute/project/build-projection.js';
import { responseNameOf } from '../plan/response-name.js';
import { compileProgram, type Program } from './compile-program.js';

const TYPES = Array.from({ length: 40 }, (_, index) => `T${index}`);
const schema = buildSchema(`
  type Query { ship: Ship other: Ship wide: Wide }
  type Ship { id: ID! name: String secret: String! note: String }
  interface Wide { id: ID! }
  ${TYPES.map((name) => `type ${name} implements Wide { id: ID! of${name}: Wide }`).join('\n')}
`);

interface Shown {
  readonly fetched?: readonly string[];
  readonly denied?: string;
  readonly masked?: string;
  readonly nameOf?: (field: FieldNode) => string;
}

function compile(
  query: string,
  { fetched = ['ship', 'other', 'wide'], denied, masked, nameOf }: Shown = {},
): Program | null {
  const described = describeOperation(parse(query), undefined, schema);
  if (described instanceof Error) throw described;
  const { operation, fragments } = described;
  const access = {
    isDenied: (_: string, { name }: FieldNode) => name.value === denied,
    isMasked: (_: string, { name }: FieldNode) => name.value === masked,
  };
  const projection = buildProjection({
    schema,
    operation,
    fragments,
    variables: {},
    nameOf: nameOf ?? responseNameOf,
    access,
  });
  return compileProgram(projection, new Set(fetched));
}

describe('compileProgram()', () => {
  it('gives one record for the same selections on the same type, however many ways lead to it', () => {
    const query = '{ ship { ...F } other { ...F } } fragment F on Ship { id name }';
    expect(compile(query)?.objects.map(({ typeName }) => typeName)).toEqual(['Query', 'Ship', 'Ship']);
    expect(compile('{ ship { id note } }', { denied: 'note' })).not.toBeNull();
  });

  it.each<[string, string, Shown]>([
    ['a masked value', '{ ship { id name } }', { masked: 'name' }],
    ['a denied field that must not be null', '{ ship { id secret } }', { denied: 'secret' }],
    ['introspection', '{ ship { id } __schema { queryType { name } } }', {}],
    ['a root field that the reply is not asked for', '{ ship { id } other { id } }', { fetched: ['ship'] }],
    [
      'two fields that stand in one member',
      '{ ship { a: id b: name } }',
      { nameOf: ({ name }) => (name.value === 'name' ? 'id' : name.value) },
    ],
    ['an alias that stands for the type', '{ ship { __typename: id } }', {}],
    [
      'more types than are worth it',
      `{ wide { ${TYPES.map((name) => `... on ${name} { of${name} { ${TYPES.map((inner) => `... on ${inner} { id of${inner} { id } }`).join(' ')} } }`).join(' ')} } }`,
      {},
    ],
  ])('gives none for %s', (_, query, shown) => {
    expect(compile(query, shown)).toBeNull();
  });
});
