import type { GraphQLResolveInfo } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { noteRounded } from '../../port/answer-notes.js';
import type { InterfaceCoverage } from '../fan/coverage.js';
import type { Selection } from '../rows/selection.js';
import type { SmallCells } from './small-cells.js';

/**
 * Says that a field's counts are rounded: an error at the field, which keeps its data, unless the query reads `roundedTo`
 * there.
 */
export function tellRounded(
  { roundedTo }: SmallCells,
  selection: Selection,
  context: CallContext,
  info: Pick<GraphQLResolveInfo, 'path'>,
): void {
  if (!selection.has('roundedTo')) noteRounded(roundedTo, context, info);
}

/** What an answer rests on says how many rows each interface gave, which are counts as well. */
export function roundRows(
  coverage: readonly InterfaceCoverage[],
  { round }: SmallCells,
): readonly InterfaceCoverage[] {
  return coverage.map((one) => ({ ...one, rows: round(one.rows) }));
}
