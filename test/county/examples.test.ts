import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, Kind as NodeKind, parse, validate } from 'graphql';

const ROOT = join(import.meta.dirname, '../..');
const QUERIES = join(ROOT, 'examples/queries');

describe('the example queries', () => {
  const api = buildSchema(readFileSync(join(ROOT, 'schema/api.graphql'), 'utf8'));

  it.each(readdirSync(QUERIES))('%s is one that the county understands', (file) => {
    const document = parse(readFileSync(join(QUERIES, file), 'utf8'));
    expect(validate(api, document)).toEqual([]);
    // Each can be asked as it stands.
    const variables = document.definitions.flatMap((node) =>
      node.kind === NodeKind.OPERATION_DEFINITION ? (node.variableDefinitions ?? []) : [],
    );
    const open = variables.filter(
      ({ type, defaultValue }) => type.kind === NodeKind.NON_NULL_TYPE && defaultValue === undefined,
    );
    expect(open.map(({ variable }) => variable.name.value)).toEqual([]);
  });
});
