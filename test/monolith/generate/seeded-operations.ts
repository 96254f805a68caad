import { parse, validate } from 'graphql';
import { randomFor } from '../../../demo/random.js';
import { type GeneratedOperation, generateOperation, type OperationOptions } from './generate-operation.js';

/** Another one each time, unless `MONOLITH_SEED` fixes it. */
export const SEED = Number(process.env.MONOLITH_SEED ?? Date.now() % 2 ** 31);

/** The n-th operation of a seed; null when it is not valid, as a few are not. */
export function operationOf(
  options: Omit<OperationOptions, 'random'>,
  graph: string,
  index: number,
): GeneratedOperation | null {
  const operation = generateOperation({ ...options, random: randomFor(SEED, graph, index) });
  return validate(options.schema, parse(operation.query)).length === 0 ? operation : null;
}

export function describeOperation({ query, variables, operationName }: GeneratedOperation): string {
  const named = operationName === undefined ? '' : `operation ${operationName}\n`;
  return `${named}${query}\nvariables ${JSON.stringify(variables)}`;
}
