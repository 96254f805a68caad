import { parse } from 'yaml';
import { z } from 'zod';
import type { LegacyCell, LegacyStore } from '../legacy-table.js';
import { readMapping } from './read-mapping.js';

/** A row by column name. */
export type NamedRow = ReadonlyMap<string, LegacyCell>;

const cell = z.union([z.string(), z.number(), z.null()]);
const filters = z.record(
  z.string(),
  z.union([cell, z.array(cell), z.strictObject({ not: z.union([cell, z.array(cell)]) })]),
);
const mapping = z.object({
  source: z.object({ table: z.string() }),
  key: z.array(z.string()),
  latest: z.object({ by: z.array(z.string()), newest: z.array(z.string()) }),
  where: filters,
  whereLatest: filters,
});
type Filters = z.infer<typeof filters>;

/** Every row of one table. */
export function namedRows(store: LegacyStore, tableName: string): NamedRow[] {
  const table = store.tables.find((candidate) => candidate.name === tableName);
  if (table === undefined)
    throw new Error(`Cannot read ${tableName}: the store ${store.connection} has no such table`);
  return Array.from(
    table.rows,
    (row) => new Map(table.columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
}

/**
 * What a mapping lets through of a store: a plain reading of `where`, `latest` and `whereLatest`, apart from the
 * engine's, so that stores can be checked against their mappings.
 *
 * @param file a subgraph and its mapping, e.g. `cases/case.yaml`.
 */
export function survivingRows(store: LegacyStore, file: string): NamedRow[] {
  const { source, latest, where, whereLatest } = mapping.parse(parse(readMapping(file)));
  const newest = new Map<string, NamedRow>();
  for (const row of namedRows(store, source.table)) {
    if (!passes(row, where)) continue;
    const group = latest.by.map((column) => String(row.get(column))).join('\u0000');
    const known = newest.get(group);
    if (known === undefined || isNewer(row, known, latest.newest)) newest.set(group, row);
  }
  return [...newest.values()].filter((row) => passes(row, whereLatest));
}

function isNewer(row: NamedRow, than: NamedRow, columns: readonly string[]): boolean {
  for (const column of columns) {
    const left = row.get(column) ?? '';
    const right = than.get(column) ?? '';
    if (left !== right) return left > right;
  }
  throw new Error(`Cannot tell which row is newer: ${columns.join(', ')} must differ within a group`);
}

function passes(row: NamedRow, all: Filters): boolean {
  return Object.entries(all).every(([column, filter]) => {
    const held = row.get(column);
    if (held === undefined) throw new Error(`Cannot filter by ${column}: the table has no such column`);
    const negated = typeof filter === 'object' && filter !== null && !Array.isArray(filter);
    const values = [negated ? filter.not : filter].flat();
    return values.includes(held === '' ? null : (held as string | number | null)) !== negated;
  });
}

/** Texts that a database would refuse or cut, as `column: text`. */
export function cellsTooLong(store: LegacyStore): readonly string[] {
  const found: string[] = [];
  for (const table of store.tables) {
    for (const row of table.rows) {
      for (const [index, column] of table.columns.entries()) {
        const cell = row[index];
        if (column.type !== 'text' || column.length === undefined || typeof cell !== 'string') continue;
        if ([...cell].length > column.length) found.push(`${column.name}: ${cell}`);
      }
    }
  }
  return found;
}
