import { kindOfObject } from '../../../adapters/kinds.js';
import type { Place } from '../../../runtime/yaml/placed-yaml.js';
import type { FieldMappingType } from '../../values/field-mapping.js';
import type { InterfaceMapping } from './mapping.js';

/** A column that a mapping reads, and where the mapping says so. */
interface MappedColumn {
  readonly column: string;
  readonly place: Place;
}

/** Every mention of a source column in a mapping, in the order of the file's blocks. */
export function mappedColumns(mapping: InterfaceMapping): readonly MappedColumn[] {
  const { place, latest, watermark, scope } = mapping;
  const at = (columns: readonly (string | undefined)[], where: Place): readonly MappedColumn[] =>
    columns.flatMap((column) => (column === undefined ? [] : [{ column, place: where }]));
  return [
    ...at([...mapping.key, ...(mapping.by ?? []), ...(latest?.by ?? []), ...(latest?.newest ?? [])], place),
    ...mapping.subject.flatMap((pointer) => at([pointer.column, pointer.colour?.column], pointer.place)),
    ...mapping.related.flatMap((pointer) => at([pointer.column, pointer.share], pointer.place)),
    ...mapping.where,
    ...mapping.whereLatest,
    ...[...mapping.fields.values()].flatMap((field) =>
      at([field.column, field.codesAsOf, field.pair, field.clock?.column, field.unitColumn], field.place),
    ),
    ...[...mapping.observe.texts.values()].flatMap((text) =>
      text.kind === 'column' ? at([text.column], mapping.observe.place) : [],
    ),
    ...at([watermark?.column, watermark?.recent?.column, scope.township], place),
  ];
}

/** The columns that a source must have for a mapping to be read, each once. */
export function columnsOfMapping(mapping: InterfaceMapping): readonly string[] {
  const added = kindOfObject(mapping.source.object).addedColumns;
  const names = mappedColumns(mapping).map(({ column }) => column);
  return [...new Set(names)].filter((name) => !added.includes(name));
}

const NUMBERS: ReadonlySet<FieldMappingType> = new Set([
  'Integer',
  'Decimal',
  'Date',
  'DateTime',
  'Longitude',
  'Latitude',
]);

/** The columns whose cells count or date something, and name nobody. */
export function numberColumns({ fields, subject, related, watermark }: InterfaceMapping): readonly string[] {
  const counted = [...fields.values()].filter(({ type }) => NUMBERS.has(type));
  const names = new Set(counted.flatMap(({ column, pair, codesAsOf }) => [column, pair, codesAsOf]));
  for (const { codesAsOf } of fields.values()) names.add(codesAsOf);
  names.add(watermark?.column);
  for (const { column } of [...subject, ...related]) names.delete(column);
  return [...names].filter((name) => name !== undefined);
}
