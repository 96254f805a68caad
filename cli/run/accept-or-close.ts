import { formatProblem, MappingError } from '../../runtime/yaml/problem.js';
import type { ServedCounty } from './served-county.js';

/**
 * Makes use of a county that was read again, which is closed where it cannot be served. What has errors is refused as a
 * whole: the department concerned is served as it was before.
 *
 * @throws {MappingError} with those that the county which serves does not have, and whatever `use` throws.
 */
export async function acceptOrClose<T>(
  next: Pick<ServedCounty, 'errors' | 'close'>,
  served: Pick<ServedCounty, 'errors'>,
  use: () => T,
): Promise<T> {
  try {
    const known = new Set(served.errors.map(formatProblem));
    const fresh = next.errors.filter((problem) => !known.has(formatProblem(problem)));
    if (fresh.length > 0) throw new MappingError(fresh);
    return use();
  } catch (error) {
    await next.close();
    throw error;
  }
}
