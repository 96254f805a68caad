import { stringifyExact } from '../../../runtime/json/exact-json.js';
import type { FetchRequest } from '../fetch/fetch-plan.js';

type Variables = Readonly<Record<string, unknown>>;

/** Variables of the caller that a request uses. @param given all of them. */
export function givenVariables({ variableNames }: FetchRequest, given: Variables): Record<string, unknown> {
  const used: Record<string, unknown> = Object.create(null);
  for (const name of variableNames) {
    if (Object.hasOwn(given, name) && given[name] !== undefined) used[name] = given[name];
  }
  return used;
}

const NO_MORE = Buffer.from('}');

/** The same as JSON, as it stands behind other variables: `,"first":5}`. */
export function givenBehind(request: FetchRequest, given: Variables): Buffer {
  if (request.variableNames.length === 0) return NO_MORE;
  const text = stringifyExact(givenVariables(request, given)) ?? '{}';
  return text === '{}' ? NO_MORE : Buffer.from(`,${text.slice(1)}`);
}
