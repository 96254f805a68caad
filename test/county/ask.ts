import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCounty } from './open-test-county.js';

/** What a county answers an example query, whole. */
export async function askExample(
  county: Pick<TestCounty, 'ask'>,
  name: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { data, errors } = await county.ask(exampleQuery(name), variables);
  expect(errors).toBeUndefined();
  return data;
}

/** The text of an example query, by its file name without ending. */
export function exampleQuery(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../examples/queries', `${name}.graphql`), 'utf8');
}
