import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { noteMissing, noteOutcomes } from '../../port/answer-notes.js';
import type { InterfaceOutcome } from '../../port/interface-outcome.js';

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
  info: Pick<GraphQLResolveInfo, 'path'>,
): void {
  noteOutcomes(context, coverage);
  if (!isRead) noteMissing(coverage, context, info);
}
