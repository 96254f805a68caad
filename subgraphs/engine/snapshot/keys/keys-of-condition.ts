import { comparableValue } from '../../../../adapters/compare-cells.js';
import type { Condition } from '../../../../adapters/condition.js';
import type { SourceValue } from '../../../../adapters/source-value.js';

/** The texts of which a column of every row of the condition has one; null: a row may have any. */
export function keysOfCondition(condition: Condition, column: string): ReadonlySet<string> | null {
  switch (condition.kind) {
    case 'never':
      return new Set();
    case 'all':
      return condition.of.map((part) => keysOfCondition(part, column)).reduce(both, null);
    case 'any':
      return condition.of.map((part) => keysOfCondition(part, column)).reduce(either, new Set<string>());
    case 'compare':
      return condition.column === column && condition.op === 'eq' ? textsOf([condition.value]) : null;
    case 'in':
      return condition.column === column ? textsOf(condition.values) : null;
    case 'inTuples': {
      const place = condition.columns.indexOf(column);
      return place < 0 ? null : textsOf(condition.tuples.flatMap((tuple) => tuple[place] ?? []));
    }
    default:
      return null;
  }
}

type Keys = ReadonlySet<string> | null;

function both(left: Keys, right: Keys): Keys {
  if (left === null || right === null) return left ?? right;
  return new Set([...left].filter((key) => right.has(key)));
}

function either(left: Keys, right: Keys): Keys {
  return left === null || right === null ? null : new Set([...left, ...right]);
}

/** A value that no text equals stands in no row. */
function textsOf(values: readonly Exclude<SourceValue, null>[]): ReadonlySet<string> {
  return new Set(
    values.flatMap((value) => {
      const wanted = comparableValue(value, 'text');
      return wanted?.kind === 'text' ? [wanted.text] : [];
    }),
  );
}
