import type { GraphQLError } from 'graphql';
import { publicError } from '../../../runtime/errors.js';
import type { ErrorPath } from '../public-error.js';
import type { Violation } from './complete-answer.js';

/** What is known to have gone wrong. */
interface Known {
  readonly errors: readonly GraphQLError[];
  /** Places that got no data because of one of the errors. */
  readonly lost: readonly ErrorPath[];
}

/**
 * Errors for the violations that nothing else explains: no error above, at or below their place, and none without a
 * place.
 */
export function explainViolations(
  violations: readonly Violation[],
  { errors, lost }: Known,
): readonly GraphQLError[] {
  return violations
    .filter(
      (violation) =>
        !errors.some(({ path }) => path === undefined || touch(path, violation.path)) &&
        !lost.some((path) => touch(path, violation.path)),
    )
    .map(({ path, kind }) => {
      if (kind !== 'missing') return publicError('SUBGRAPH_MALFORMED', undefined, { path });
      const cause = new Error(`the plan must fetch ${path.join('.')}, but does not`);
      return publicError('INTERNAL', undefined, { path, originalError: cause });
    });
}

/** Whether one path leads to the other. */
function touch(left: ErrorPath, right: ErrorPath): boolean {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) if (left[index] !== right[index]) return false;
  return true;
}
