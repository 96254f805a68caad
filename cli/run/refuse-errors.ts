import { formatProblem, MappingError } from '../../runtime/yaml/problem.js';
import type { ServedCounty } from './served-county.js';

/**
 * What has errors is refused as a whole: the department concerned is served as it was before.
 *
 * @throws {MappingError} with those that the county which serves does not have.
 */
export function refuseErrors(next: Pick<ServedCounty, 'errors'>, served: Pick<ServedCounty, 'errors'>): void {
  const known = new Set(served.errors.map(formatProblem));
  const fresh = next.errors.filter((problem) => !known.has(formatProblem(problem)));
  if (fresh.length > 0) throw new MappingError(fresh);
}
