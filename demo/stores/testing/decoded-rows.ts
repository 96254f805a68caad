import { kindOfObject } from '../../../adapters/kinds.js';
import type { SourceValue } from '../../../adapters/source-value.js';
import type { CellFilter, InterfaceMapping } from '../../../subgraphs/engine/mapping/mapping.js';
import { parseMapping } from '../../../subgraphs/engine/mapping/parse-mapping.js';
import { compilePointerCell } from '../../../subgraphs/engine/read/row/pointer-cell.js';
import { testCodecEnvironment } from '../../../subgraphs/engine/testing/codec-environment.js';
import type { FieldValue } from '../../../subgraphs/kinds/field-value.js';
import { formatRef, type Scheme } from '../../../subgraphs/kinds/subject-key.js';
import { readSubjectRef } from '../../../subgraphs/values/identifiers/subject-ref.js';
import { makeCodec } from '../../../subgraphs/values/make-codec.js';
import { cellText } from '../../../subgraphs/values/texts/cell-text.js';
import { compileSplitter, type Split } from '../../../subgraphs/values/texts/split.js';
import type { SubjectPointer, World } from '../../world/world.js';
import type { LegacyCell, LegacyStore } from '../legacy-table.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';
import { readMapping } from './read-mapping.js';

/** A row by column name. */
export type NamedRow = ReadonlyMap<string, LegacyCell>;

/** The text of a cell; nothing is empty. */
export function textOf(row: DecodedRow, column: string): string {
  return String(row.cells.get(column) ?? '');
}

/** The row whose cell holds the key. @throws {Error} unless there is exactly one. */
export function onlyRowOf(rows: readonly DecodedRow[], column: string, key: string): DecodedRow {
  const [row, ...others] = rows.filter((each) => textOf(each, column) === key);
  if (row === undefined || others.length > 0) throw new Error(`not one row of ${key}`);
  return row;
}

/** A row that a mapping lets through, as the engine's codecs read it. */
export interface DecodedRow {
  readonly cells: NamedRow;
  /** Ref of the first pointer that yields one. */
  readonly subject: string | null;
  /** Refs of all parts of a cell that names several; otherwise the subject alone, if there is one. */
  readonly subjects: readonly string[];
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly quality: readonly string[];
  /** Owners and the like: role, ref and share. */
  readonly related: readonly string[];
}

const environment = testCodecEnvironment();

/** @param file a subgraph and its mapping, e.g. `market/penalty.yaml`. */
export function mappingOf(file: string): InterfaceMapping {
  const parsed = parseMapping(readMapping(file), file);
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems, null, 1));
  return parsed.mapping;
}

function tableOf({ interface: name, source: { object } }: InterfaceMapping): string {
  const kind = kindOfObject(object);
  if (kind.namesObjects) return kind.nameOf(object);
  throw new Error(`Cannot read ${name}: its source must be a table, but is of kind ${object.kind}`);
}

/** Every row of one table. */
export function tableRows(store: LegacyStore, tableName: string): NamedRow[] {
  const table = store.tables.find(({ name }) => name === tableName);
  if (table === undefined) throw new Error(`Cannot read ${tableName}: the store has no such table`);
  return Array.from(
    table.rows,
    (row) => new Map(table.columns.map(({ name }, index) => [name, row[index] ?? null])),
  );
}

/**
 * The rows of a store that a mapping lets through: a plain reading of `where`, `latest` and `whereLatest`, apart
 * from the engine's. Cells are read by the engine's own codecs.
 *
 * @param behind the store's table, where the mapping's source is what a server or a file makes of one.
 */
export function decodedRows(store: LegacyStore, file: string, behind?: string): DecodedRow[] {
  const mapping = mappingOf(file);
  const competing = tableRows(store, behind ?? tableOf(mapping)).filter((row) => passes(row, mapping.where));
  const { latest } = mapping;
  const newest = latest === undefined ? competing : newestRows(competing, latest.by, latest.newest);
  const decode = rowDecoder(mapping);
  return newest.filter((row) => passes(row, mapping.whereLatest)).map(decode);
}

function newestRows(rows: readonly NamedRow[], by: readonly string[], newest: readonly string[]): NamedRow[] {
  const groups = new Map<string, NamedRow>();
  for (const row of rows) {
    const group = by.map((column) => String(row.get(column))).join('\u0000');
    const known = groups.get(group);
    if (known === undefined || isNewer(row, known, newest)) groups.set(group, row);
  }
  return [...groups.values()];
}

function isNewer(row: NamedRow, than: NamedRow, columns: readonly string[]): boolean {
  for (const column of columns) {
    const [left, right] = [row.get(column) ?? '', than.get(column) ?? ''];
    if (left !== right) return left > right;
  }
  throw new Error(`Cannot tell which row is newer: ${columns.join(', ')} must differ within a group`);
}

function passes(row: NamedRow, filters: readonly CellFilter[]): boolean {
  return filters.every(({ column, negated, values }) => {
    const held = row.get(column);
    if (held === undefined) throw new Error(`Cannot filter by ${column}: the table has no such column`);
    const matches = values.some((value) => (value === null ? held === null || held === '' : held === value));
    return matches !== negated;
  });
}

function rowDecoder(mapping: InterfaceMapping): (cells: NamedRow) => DecodedRow {
  const fields = [...mapping.fields.values()].flatMap((field) => {
    const { name, column, codesAsOf, pair, clock, unitColumn } = field;
    const beside = codesAsOf ?? pair ?? clock?.column ?? unitColumn;
    return column === undefined ? [] : [{ name, column, beside, codec: makeCodec(field, environment) }];
  });
  const columns = [...new Set(mapping.subject.flatMap(({ column, colour }) => [column, colour?.column]))];
  const pointers = mapping.subject.map((pointer) => ({
    scheme: pointer.scheme,
    split: pointer.split,
    cellOf: compilePointerCell(pointer, (column) => {
      const index = columns.indexOf(column);
      return (row) => row[index] ?? null;
    }),
  }));
  return (cells) => {
    const quality: string[] = [];
    const values = new Map<string, FieldValue>();
    for (const { name, column, beside, codec } of fields) {
      const decoded = codec.decode(
        cellOf(cells, column),
        beside === undefined ? null : cellText(cellOf(cells, beside)),
      );
      values.set(name, decoded.value);
      quality.push(...decoded.quality.map((code) => `${code}:${name}`));
    }
    const pointing = columns.map((column) => (column === undefined ? null : cellOf(cells, column)));
    const [subjects = []] = pointers
      .map((pointer) => refsIn(pointer.scheme, pointer.cellOf(pointing), pointer.split))
      .filter((refs) => refs.length > 0);
    const [subject = null] = subjects;
    return { cells, subject, subjects, values, quality, related: relatedOf(mapping, cells) };
  };
}

function refsIn(scheme: Scheme, cell: SourceValue, split: Split | undefined): readonly string[] {
  const parts = split === undefined ? [cell] : compileSplitter(split)(String(cell ?? ''));
  return parts.flatMap((part) =>
    readSubjectRef(scheme, part, environment)
      .refs.slice(0, 1)
      .map((ref) => formatRef(ref.scheme, ref.value)),
  );
}

function relatedOf(mapping: InterfaceMapping, cells: NamedRow): string[] {
  return mapping.related.flatMap(({ role, scheme, column, split, share }) => {
    const splitter = split === undefined ? (text: string) => [text] : compileSplitter(split);
    const parts = splitter(String(cells.get(column) ?? ''));
    const shares = share === undefined ? [] : splitter(String(cells.get(share) ?? ''));
    return parts.flatMap((part, place) =>
      refsIn(scheme, part, undefined).map((ref) => [role, ref, shares[place] ?? ''].join(' ')),
    );
  });
}

function cellOf(cells: NamedRow, column: string): LegacyCell {
  const cell = cells.get(column);
  if (cell === undefined) throw new Error(`Cannot read ${column}: the table has no such column`);
  return cell;
}

/** Every ref by which the registry would know a subject of the world, the canonical one first. */
export function refsOfSubject(world: World, pointer: SubjectPointer): readonly string[] {
  switch (pointer.kind) {
    case 'organisation': {
      const { uscc, formerUsccs, regNo, pripid } = itemAt(world.organisations, pointer.index);
      return [
        ...[uscc, ...formerUsccs].flatMap((code) => (code === null ? [] : [formatRef('uscc', code)])),
        ...(regNo === null ? [] : [formatRef('regno', regNo)]),
        formatRef('pripid', pripid),
      ];
    }
    case 'person':
      return readSubjectRef('person', itemAt(world.persons, pointer.index).idNo, environment).refs.map(
        ({ scheme, value }) => formatRef(scheme, value),
      );
    case 'vessel': {
      const { vesselCode, name } = itemAt(world.vessels, pointer.index);
      const alone = namesOfOneVessel(world.vessels).has(name);
      return [formatRef('vessel', vesselCode), ...(alone ? [formatRef('vesselname', name)] : [])];
    }
  }
}

/** The ref by which the engine knows a citizen in these tests. */
export function personRef(idNo: string): string | undefined {
  const [ref] = readSubjectRef('person', idNo, environment).refs;
  return ref === undefined ? undefined : formatRef(ref.scheme, ref.value);
}
