import { ALWAYS, all, any, type Condition, not } from '../../../adapters/condition.js';
import type { CellFilter } from '../mapping/mapping.js';

/** The `where` and `whereLatest` blocks of a mapping as one condition on cells. */
export function compileCellFilters(filters: readonly CellFilter[]): Condition {
  return filters.length === 0 ? ALWAYS : all(filters.map(compileCellFilter));
}

function compileCellFilter({ column, negated, values }: CellFilter): Condition {
  const present = values.filter((value) => value !== null);
  const matches = any([
    ...(present.length > 0 ? [{ kind: 'in', column, values: present } satisfies Condition] : []),
    // An empty text means "nothing" in these systems as much as NULL does (domain §3.13 D4).
    ...(present.length < values.length
      ? ([
          { kind: 'isNull', column },
          { kind: 'compare', column, op: 'eq', value: '' },
        ] satisfies Condition[])
      : []),
  ]);
  return negated ? not(matches) : matches;
}
