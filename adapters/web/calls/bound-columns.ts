import { compareCodePoints } from '../../compare-cells.js';
import type { Condition } from '../../condition.js';
import { textOf } from './pin-columns.js';

/** Inclusive bounds of a column's text; null: none. */
interface Range {
  readonly from: string | null;
  readonly to: string | null;
}

/** The bounds that the condition as a whole sets to a column; wider than the condition where it is strict. */
export function boundColumn(condition: Condition, column: string): Range {
  let range: Range = { from: null, to: null };
  for (const part of condition.kind === 'all' ? condition.of : [condition]) {
    if (part.kind !== 'compare' || part.column !== column) continue;
    const text = textOf(part.value);
    if (text === null) continue;
    const bounds: Range = {
      from: part.op === 'gt' || part.op === 'gte' || part.op === 'eq' ? text : null,
      to: part.op === 'lt' || part.op === 'lte' || part.op === 'eq' ? text : null,
    };
    range = { from: greater(range.from, bounds.from), to: lesser(range.to, bounds.to) };
  }
  return range;
}

function greater(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareCodePoints(a, b) >= 0 ? a : b;
}

function lesser(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return compareCodePoints(a, b) <= 0 ? a : b;
}
