import type { TestCounty } from '../../county/open-test-county.js';
import type { Refusal } from './answer.js';

export type AskTogether = TestCounty['ask'];

/** A field whose arguments are variables, so that many queries have one text. */
export interface RepeatedField {
  /** Types of the variables by name. */
  readonly types: Readonly<Record<string, string>>;
  /** The field's text. @param of spells a variable. */
  readonly field: (of: (name: string) => string) => string;
}

const BUDGET_MS = 60_000;

/**
 * Asks for a field many times in one request. When that fails, each time alone, so that one refusal does not take the
 * others with it.
 */
export async function askAll<T extends object>(
  ask: AskTogether,
  repeated: RepeatedField,
  variables: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly (T | Refusal)[]> {
  const { data, errors } = await ask(textOf(repeated, variables.length), numbered(variables), BUDGET_MS);
  if (errors === undefined) {
    const answers = data as unknown as Readonly<Record<string, T>>;
    return variables.map((_, index) => {
      const answer = answers[`q${index}`];
      if (answer === undefined) throw new RangeError(`Cannot read the answer: it must have q${index}`);
      return answer;
    });
  }
  if (variables.length > 1) {
    const alone = variables.map((each) => askAll<T>(ask, repeated, [each]));
    return (await Promise.all(alone)).flat();
  }
  return [{ is: 'refused', code: String(errors[0]?.extensions?.code ?? errors[0]?.message) }];
}

function textOf({ types, field }: RepeatedField, times: number): string {
  const indexes = Array.from({ length: times }, (_, index) => index);
  const declared = indexes.flatMap((index) =>
    Object.entries(types).map(([name, type]) => `$${name}${index}: ${type}`),
  );
  const fields = indexes.map((index) => `q${index}: ${field((name) => `$${name}${index}`)}`);
  return `query (${declared.join(', ')}) {\n${fields.join('\n')}\n}`;
}

function numbered(
  variables: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    variables.flatMap((each, index) =>
      Object.entries(each).map(([name, value]) => [`${name}${index}`, value] as const),
    ),
  );
}
