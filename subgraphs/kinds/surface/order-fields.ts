import { isList } from '../field.js';
import { declarationOf, type RowKind } from '../kinds.js';

/** Fields that lists can be ordered by: every one that holds a single value of the source's own. */
export function orderFieldsOf(kind: RowKind): readonly string[] {
  return Object.entries(declarationOf(kind).fields).flatMap(([name, { type }]) =>
    isList(type) ? [] : [name],
  );
}
