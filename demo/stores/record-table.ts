import type { LegacyCell, LegacyColumnType, LegacyTable } from './legacy-table.js';

type NamedColumn = LegacyColumnType & { readonly name: string };

/** A row by column name. */
export type RecordOf<Columns extends readonly NamedColumn[]> = Readonly<
  Record<Columns[number]['name'], LegacyCell>
>;

/** A table whose rows are written as records, so that a forgotten column does not compile. */
interface RecordTable<Columns extends readonly NamedColumn[]> {
  readonly name: string;
  readonly columns: Columns;
  readonly primaryKey: readonly Columns[number]['name'][];
  readonly indexes: readonly (readonly Columns[number]['name'][])[];
  /** Called once per walk; every walk gives the same. */
  readonly records: () => Iterable<RecordOf<Columns>>;
}

export function recordTable<const Columns extends readonly NamedColumn[]>(
  table: RecordTable<Columns>,
): LegacyTable {
  const { name, columns, primaryKey, indexes, records } = table;
  const names: readonly Columns[number]['name'][] = columns.map((column) => column.name);
  return {
    name,
    columns,
    primaryKey,
    indexes,
    rows: {
      *[Symbol.iterator]() {
        for (const record of records()) yield names.map((column): LegacyCell => record[column]);
      },
    },
  };
}
