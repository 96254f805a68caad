import { readdirSync, readFileSync } from 'node:fs';
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

const QUERIES = join(import.meta.dirname, '../../examples/queries');
/** Tells of looks at sources rather than of what they hold: of a snapshot's age, and of whatever joins. */
const TELLS_OF_LOOKS = 't10-data-health';

/** Names of the example queries whose answers depend on nothing but rows. */
export const EXAMPLES_OF_ROWS: readonly string[] = readdirSync(QUERIES)
  .map((file) => file.replace(/\.graphql$/, ''))
  .filter((name) => name !== TELLS_OF_LOOKS);

/** The text of an example query, by its file name without ending. */
export function exampleQuery(name: string): string {
  return readFileSync(join(QUERIES, `${name}.graphql`), 'utf8');
}
