import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
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

/** Whether a query needs no variables: some questions are of one place, month or matter, which the asker names. */
export function asksWithoutVariables(query: string): boolean {
  return parse(query).definitions.every(
    (definition) =>
      definition.kind !== 'OperationDefinition' ||
      (definition.variableDefinitions ?? []).every(
        ({ type, defaultValue }) => type.kind !== 'NonNullType' || defaultValue !== undefined,
      ),
  );
}
