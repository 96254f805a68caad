import { type GraphQLResolveInfo, responsePathAsArray } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { interfaceMissing, noteError, noteOutcomes } from '../../port/answer-notes.js';
import { type InterfaceOutcome, isAbsent } from '../../port/interface-outcome.js';

/**
 * Says what a field's answer rests on. An interface that gave nothing is an error at the field, which keeps its data,
 * unless the query reads `coverage` there.
 *
 * @param isRead whether the query reads the field's `coverage`.
 */
export function tellCoverage(
  coverage: readonly InterfaceOutcome[],
  isRead: boolean,
  context: CallContext,
  { path }: Pick<GraphQLResolveInfo, 'path'>,
): void {
  noteOutcomes(context, coverage);
  if (isRead) return;
  const place = responsePathAsArray(path);
  for (const outcome of coverage.filter(isAbsent)) noteError(context, interfaceMissing(outcome, place));
}
