import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';

const ROOT = join(import.meta.dirname, '../..');
const QUERIES = join(ROOT, 'examples/queries');

describe('the example queries', () => {
  const api = buildSchema(readFileSync(join(ROOT, 'schema/api.graphql'), 'utf8'));

  it.each(readdirSync(QUERIES))('%s is one that the county understands', (file) => {
    expect(validate(api, parse(readFileSync(join(QUERIES, file), 'utf8')))).toEqual([]);
  });
});
