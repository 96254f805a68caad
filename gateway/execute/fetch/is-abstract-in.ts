import type { Joins } from '../../plan/joins.js';
import type { IsAbstract } from './compile-merge.js';

/** Interfaces and unions are wider than themselves alone. */
export function isAbstractIn({ narrowerTypes }: Joins): IsAbstract {
  return (typeName) => narrowerTypes(typeName).size > 1;
}
