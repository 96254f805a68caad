import type { ExecutionResult } from 'graphql';
import { pathText } from './failure-paths.js';
import type { MonolithAnswer } from './monolith-of.js';

/**
 * What is wrong with a gateway's answer; null when nothing is.
 *
 * Data must be equal to the last byte, and so must the paths of errors. Only where a null has swallowed several
 * failures is one of them enough, and any: which of them come to be told depends on who is asked first.
 */
export async function differenceOf(
  expected: MonolithAnswer,
  actual: ExecutionResult,
): Promise<string | null> {
  const [wantedData, data] = [expected.data, actual.data].map((each) => JSON.stringify(each));
  const errors = actual.errors ?? [];
  if (wantedData !== data) {
    return `data: expected\n  ${wantedData}\nbut got\n  ${data}\nwith errors\n  ${JSON.stringify(errors)}`;
  }
  const paths = errors.map(({ path }) => (path === undefined ? 'no path' : pathText(path)));
  const asText = `expected errors at\n  ${listed(expected.errors)}\nbut got\n  ${listed(paths)}`;
  const wanted = new Set([...expected.errors].map((path) => placeIn(expected.data, path)));
  const told = new Set(paths.map((path) => placeIn(expected.data, path)));
  if (listed(wanted) !== listed(told)) return asText;
  if (paths.some((path) => !expected.errors.has(path))) {
    const failures = await expected.failures();
    const invented = paths.find((path) => !expected.errors.has(path) && !failures.has(path));
    if (invented !== undefined) return `nothing fails at ${invented}: ${asText}`;
  }
  const bare = errors.find(({ extensions }) => typeof extensions?.code !== 'string');
  return bare === undefined ? null : `an error without a code: ${bare.message}`;
}

function listed(paths: Iterable<string>): string {
  return [...new Set(paths)].sort().join('\n  ');
}

/** Where an error shows: at the null above its path, if there is one. */
function placeIn(data: unknown, path: string): string {
  let value = data;
  const walked: string[] = [];
  for (const part of path.split('.')) {
    if (value === null) break;
    walked.push(part);
    value = typeof value === 'object' && value !== undefined ? Reflect.get(value, part) : undefined;
  }
  return walked.join('.');
}
