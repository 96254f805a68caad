import { buildSchema, parse } from 'graphql';
import { findOperation, fragmentsOf } from '../../plan/document-parts.js';
import { responseNameOf } from '../../plan/response-name.js';
import { buildProjection } from './build-projection.js';
import { compileWriter } from './compile-writer.js';

const schema = buildSchema(`
  type Query { ship: Ship berth: Berth }
  type Ship { name: String sister: Ship owner: Owner }
  type Owner { name: String }
  type Berth { code: Int ship: Ship owner: Owner }
`);

function write(query: string, data: object): string | null {
  const document = parse(query);
  const projection = buildProjection({
    schema,
    operation: findOperation(document, undefined),
    fragments: fragmentsOf(document),
    variables: {},
    nameOf: responseNameOf,
  });
  return compileWriter(projection)({ data, isUnescaped: true }, () => 'null');
}

describe('compileWriter()', () => {
  it('writes an object that one fragment shows at several places, and others between them', () => {
    const query = `
      { first: ship { ...S } berth { owner { name } code ship { ...S } } last: ship { ...S } }
      fragment S on Ship { name owner { name } }`;
    const ship = (name: string) => ({ name, owner: { name: `owner of ${name}` } });
    const data = {
      first: ship('a'),
      berth: { owner: { name: 'port' }, code: 7, ship: ship('b') },
      last: ship('c'),
    };
    expect(write(query, data)).toBe(JSON.stringify(data));
  });
});
