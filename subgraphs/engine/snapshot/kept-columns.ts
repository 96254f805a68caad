import { levelOf } from '../mapping/level-of.js';
import type { InterfaceMapping } from '../mapping/mapping.js';
import { columnsOfMapping } from '../mapping/mapping-columns.js';
import { askedKeysOf } from './keys/asked-keys.js';

/** What of an interface's rows a snapshot keeps. */
export interface KeptColumns {
  readonly columns: readonly string[];
  /** Columns in which personal numbers may stand: these cells are kept sealed. */
  readonly sealed: ReadonlySet<string>;
  /** Columns of free text of which telephone and citizen numbers are shown to nobody: these are not kept. */
  readonly redacted: ReadonlySet<string>;
  /** Fields that only the source can tell: their columns are of level L3 and not named under `store`. */
  readonly leftOut: ReadonlySet<string>;
}

export function keptColumns(mapping: InterfaceMapping): KeptColumns {
  const store = new Set(mapping.snapshot?.store ?? []);
  const fields = [...mapping.fields.values()];
  const leftOut = fields.filter((field) => levelOf(mapping, field) >= 'L3' && !store.has(field.name));
  const secret = new Set(leftOut.flatMap(({ column }) => (column === undefined ? [] : [column])));
  // Rows are asked for by such a key one by one, and neither sorted by it nor searched for a part of it.
  const asked = mapping.snapshot?.keys === undefined ? undefined : askedKeysOf(mapping)?.column;
  const sealed = new Set(
    [...mapping.subject, ...mapping.related]
      .filter(
        ({ scheme, column }) =>
          MAY_HOLD_PERSONS.has(scheme) && (column === asked || !mapping.key.includes(column)),
      )
      .map(({ column }) => column),
  );
  return {
    columns: columnsOfMapping(mapping).filter((column) => !secret.has(column)),
    sealed,
    redacted: new Set(
      fields.flatMap(({ column, redact }) =>
        redact !== true || column === undefined || sealed.has(column) ? [] : [column],
      ),
    ),
    // A second field of such a column would show it.
    leftOut: new Set(
      fields.filter(({ column }) => column !== undefined && secret.has(column)).map(({ name }) => name),
    ),
  };
}

/** Where no social credit code is had, a citizen's number stands in its column (D1). */
const MAY_HOLD_PERSONS: ReadonlySet<string> = new Set(['person', 'uscc']);
