import type { Dialect } from './dialect.js';
import { sql } from './sql-fragment.js';

/** Of a dialect whose null is SQL's own, so that conditions have three values. */
export const sqlNulls: Pick<Dialect, 'isNull' | 'isPresent' | 'negate'> = {
  isNull: (expression) => `(${expression} IS NULL)`,
  isPresent: (expression) => `(${expression} IS NOT NULL)`,
  negate: (condition) => sql`(${condition} IS NOT TRUE)`,
};
