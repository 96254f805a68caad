import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The text of an example query, by its file name without ending. */
export function exampleQuery(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../examples/queries', `${name}.graphql`), 'utf8');
}
