import type { ObjectDefinition } from '../source-object.js';

/** A table or view, as `table` in a mapping names it. */
export interface TableDefinition extends ObjectDefinition {
  readonly kind: 'table';
  readonly table: string;
}
