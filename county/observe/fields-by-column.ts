import { createHash } from 'node:crypto';
import type { InterfaceMapping } from '../../subgraphs/engine/mapping/mapping.js';
import { columnsOfMapping } from '../../subgraphs/engine/mapping/mapping-columns.js';

/** Columns that a mapping reads, with the fields of each. */
export function fieldsByColumn(mapping: InterfaceMapping): ReadonlyMap<string, readonly string[]> {
  const fields = [...mapping.fields.values()];
  return new Map(
    columnsOfMapping(mapping).map((column) => [
      column,
      fields.filter((field) => field.column === column).map(({ name }) => name),
    ]),
  );
}

/** Another one when the mapping reads its source otherwise: what was seen of the columns before is no measure then. */
export function mappingFingerprint(mapping: InterfaceMapping): string {
  const { source, key } = mapping;
  const fields = [...mapping.fields.values()].map(({ place: _, words: __, clock: ___, ...field }) => field);
  const said = JSON.stringify([source.connection, source.object, key, columnsOfMapping(mapping), fields]);
  return createHash('sha256').update(said).digest('hex').slice(0, 16);
}
