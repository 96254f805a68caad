import type { SourceRow, SourceValue } from '../../../../adapters/source-value.js';
import type { SubjectRefs } from '../../../feed/feed.js';
import type { FieldValue } from '../../../kinds/field-value.js';
import { formatRef, formatSpelling, type Scheme } from '../../../kinds/subject-key.js';
import { heldPart, heldSpelling, readSubjectRef } from '../../../values/identifiers/subject-ref.js';
import { remember } from '../../../values/remember.js';
import { unguardedText } from '../../../values/texts/cell-text.js';
import { compileSplitter, type Splitter } from '../../../values/texts/split.js';
import type { CompiledField, CompiledInterface } from '../../compile/compiled-interface.js';
import { keyText } from '../../compile/row-id.js';
import { type CompiledSort, sortTextOf } from '../page/sort-order.js';
import { planFields } from './compile-derived.js';
import { type NamedSubject, named, readKeptRef } from './kept-readings.js';
import { compilePointerCell } from './pointer-cell.js';
import { compileRowCheck } from './row-checks.js';

/** One row of one interface, decoded as far as somebody asked. */
export interface EngineRow {
  readonly keyCells: readonly SourceValue[];
  readonly key: readonly string[];
  /** Key of the row that this one belongs to, where it was asked for. */
  readonly owner?: readonly string[];
  readonly sort: readonly (string | null)[];
  readonly subject: string | null;
  /** All whom the row names, of a mapping that splits the cell. Absent: nobody but `subject`. */
  readonly subjects?: readonly string[];
  /** By field name, for every field that was asked for. */
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly quality: readonly string[];
  readonly refs?: SubjectRefs;
}

interface ReaderOptions {
  /** Mapped and derived. */
  readonly fields: readonly string[];
  /** The county's calendar day that derived fields are relative to. */
  readonly today: string;
  readonly sort?: CompiledSort;
  readonly subject: boolean;
  readonly refs: boolean;
  /** The row that each belongs to is wanted too (`by` of the mapping). */
  readonly owner?: true;
  /** Groups of rows have no key. */
  readonly keyless?: true;
}

export interface RowReader {
  /** What to ask the source for. */
  readonly columns: readonly string[];
  read(row: SourceRow): EngineRow;
}

type Cell = (row: SourceRow) => SourceValue;

/** What a group of rows has of a key and an order. */
const NOTHING: readonly never[] = [];

/** Compiles the reading of exactly the wanted parts of a row. */
export function compileRowReader(compiled: CompiledInterface, options: ReaderOptions): RowReader {
  const columns: string[] = [];
  const cellOf = (column: string): Cell => {
    let index = columns.indexOf(column);
    if (index < 0) index = columns.push(column) - 1;
    return (row) => row[index] ?? null;
  };
  const keyCells = options.keyless === true ? [] : compiled.mapping.key.map(cellOf);
  const ownerCells = options.owner === true ? (compiled.mapping.by ?? []).map(cellOf) : null;
  const planned = planFields(compiled, options.fields, options.today);
  const fieldReaders = planned.read.flatMap((name) => {
    const field = compiled.fields.get(name);
    return field === undefined ? [] : [compileFieldReader(compiled, field, cellOf)];
  });
  const sortReaders = (options.sort?.orders ?? []).map((order): ((row: SourceRow) => string | null) => {
    if (order.kind === 'fixed') return () => order.text;
    if (order.kind === 'column') {
      const cell = cellOf(order.column);
      return (row) => order.sort.sortText(cell(row));
    }
    const read = compileFieldReader(compiled, order.field, cellOf);
    return (row) => {
      let stands = true;
      const value = read(row, { push: (mark) => (stands &&= !mark.startsWith('DATE_IMPLAUSIBLE:')) });
      return stands ? sortTextOf(value) : null;
    };
  });
  const readSubject = options.subject || options.refs ? compileSubjectReader(compiled, cellOf) : null;
  const isShared = compiled.mapping.subject.some(({ split }) => split !== undefined);
  const readSubjects =
    (options.subject || options.refs) && isShared ? compileSubjectsReader(compiled, cellOf) : null;
  const readRefs = options.refs ? compileRefsReader(compiled, cellOf) : null;
  const check = compileRowCheck(compiled.mapping, planned.read);
  const isKeyless = keyCells.length === 0;
  const isUnsorted = sortReaders.length === 0;
  return {
    columns,
    read: (row) => {
      const quality: string[] = [];
      const values = new Map<string, FieldValue>();
      for (const read of fieldReaders) values.set(read.fieldName, read(row, quality));
      check(values, quality);
      planned.derive(values);
      const cells = isKeyless ? NOTHING : keyCells.map((cell) => cell(row));
      return {
        keyCells: cells,
        key: isKeyless ? NOTHING : cells.map(keyText),
        sort: isUnsorted ? NOTHING : sortReaders.map((read) => read(row)),
        subject: readSubject === null ? null : readSubject(row, quality),
        ...(readSubjects !== null && { subjects: readSubjects(row) }),
        values,
        quality,
        ...(ownerCells !== null && { owner: ownerCells.map((cell) => keyText(cell(row))) }),
        ...(readRefs !== null && { refs: readRefs(row) }),
      };
    },
  };
}

interface QualitySink {
  push(mark: string): unknown;
}

interface FieldReader {
  (row: SourceRow, quality: QualitySink): FieldValue;
  readonly fieldName: string;
}

function compileFieldReader(
  compiled: CompiledInterface,
  field: CompiledField,
  cellOf: (column: string) => Cell,
): FieldReader {
  if (field.kind === 'constant') return Object.assign(() => field.value, { fieldName: field.name });
  const { codec, name } = field;
  const cell = cellOf(field.column);
  const { beside } = field;
  const besideCell = beside === null ? null : cellOf(beside.column);
  const { observer } = compiled.environment;
  const interfaceName = compiled.mapping.interface;
  const read = (row: SourceRow, quality: QualitySink): FieldValue => {
    const decoded = codec.decode(cell(row), besideCell === null ? null : beside?.read(besideCell(row)));
    for (const code of decoded.quality) {
      quality.push(`${code}:${name}`);
      observer.quality({ interface: interfaceName, field: name, code });
      if (code === 'CODE_UNKNOWN') observer.unknownCode({ interface: interfaceName, field: name });
    }
    return decoded.value;
  };
  return Object.assign(read, { fieldName: name });
}

interface CompiledPointer {
  readonly scheme: Scheme;
  readonly cell: Cell;
  /** Who a part of the cell names. Rows repeat whom they name. */
  readonly read: (part: SourceValue) => NamedSubject;
  /** What names somebody in a cell: the cell, or its elements. */
  readonly parts: (cell: SourceValue) => readonly SourceValue[];
  readonly isSplit: boolean;
}

function compilePointers(
  { mapping, environment: { personKey } }: CompiledInterface,
  cellOf: (column: string) => Cell,
): readonly CompiledPointer[] {
  return mapping.subject.map((pointer) => {
    const { scheme } = pointer;
    const splitter = pointer.split === undefined ? null : compileSplitter(pointer.split);
    const readText = remember((text) => readKeptRef(scheme, text, personKey));
    return {
      scheme,
      cell: compilePointerCell(pointer, cellOf),
      read: (part) =>
        typeof part === 'string' ? readText(part) : named(readSubjectRef(scheme, part, { personKey })),
      parts: (cell) => (splitter === null ? [cell] : splitCell(cell, splitter)),
      isSplit: splitter !== null,
    };
  });
}

/** All parts of the cell of the first pointer that yields a valid ref. */
function compileSubjectsReader(compiled: CompiledInterface, cellOf: (column: string) => Cell) {
  const pointers = compilePointers(compiled, cellOf);
  return (row: SourceRow): readonly string[] => {
    for (const { cell, parts, read } of pointers) {
      const refs = parts(cell(row)).flatMap((part) => read(part).refs.slice(0, 1));
      if (refs.length > 0) return [...new Set(refs.map((ref) => formatRef(ref.scheme, ref.value)))];
    }
    return [];
  };
}

/** The first pointer that yields a valid ref wins. */
function compileSubjectReader(compiled: CompiledInterface, cellOf: (column: string) => Cell) {
  const pointers = compilePointers(compiled, cellOf);
  return (row: SourceRow, quality: QualitySink): string | null => {
    const noticed: string[] = [];
    for (const { cell, parts, read } of pointers) {
      for (const part of parts(cell(row))) {
        const found = read(part);
        if (found.ref !== null) {
          for (const code of found.quality) quality.push(`${code}:subject`);
          return found.ref;
        }
        noticed.push(...found.quality);
      }
    }
    if (pointers.length > 0) quality.push('ID_UNRESOLVED:subject');
    for (const code of new Set(noticed)) if (code !== 'ID_UNRESOLVED') quality.push(`${code}:subject`);
    return null;
  };
}

function compileRefsReader(compiled: CompiledInterface, cellOf: (column: string) => Cell) {
  const { personKey } = compiled.environment;
  const options = { personKey };
  const pointers = compilePointers(compiled, cellOf);
  const related = compiled.mapping.related.map((pointer) => ({
    ...pointer,
    cell: cellOf(pointer.column),
    shareCell: pointer.share === undefined ? null : cellOf(pointer.share),
    splitter: pointer.split === undefined ? null : compileSplitter(pointer.split),
  }));
  return (row: SourceRow): SubjectRefs => {
    const refs = new Set<string>();
    const spellings: { ref: string; held: string }[] = [];
    for (const pointer of pointers) {
      const { scheme, cell } = pointer;
      const value = cell(row);
      if (pointer.isSplit) {
        for (const { ref, held } of readSharedCell(pointer, value, options)) {
          refs.add(ref);
          if (held !== null) spellings.push({ ref, held: formatSpelling(scheme, held) });
        }
        continue;
      }
      const found = pointer.read(value);
      for (const ref of found.refs) refs.add(formatRef(ref.scheme, ref.value));
      const [first] = found.refs;
      const held = first === undefined ? null : heldSpelling(scheme, value, options);
      if (first !== undefined && held !== null) {
        spellings.push({ ref: formatRef(first.scheme, first.value), held: formatSpelling(scheme, held) });
      }
    }
    return {
      refs: [...refs],
      spellings,
      related: related.flatMap((pointer) => {
        const shares = splitCell(pointer.shareCell?.(row) ?? null, pointer.splitter);
        return splitCell(pointer.cell(row), pointer.splitter).flatMap((part, index) =>
          relatedRef(pointer.scheme, part, options).map((ref) => {
            const share = shares[index];
            return { role: pointer.role, ref, ...(share !== undefined && share !== '' && { share }) };
          }),
        );
      }),
    };
  };
}

/** Whom a cell names that names several, and the spelling by which each of them finds it again. */
function readSharedCell(
  { read, parts }: CompiledPointer,
  cell: SourceValue,
  options: { personKey: Parameters<typeof readSubjectRef>[2]['personKey'] },
): readonly { readonly ref: string; readonly held: string | null }[] {
  const found = parts(cell).flatMap((part) => read(part).refs.slice(0, 1));
  const hasPerson = found.some((ref) => ref.scheme === 'person');
  return found.map((ref) => ({
    ref: formatRef(ref.scheme, ref.value),
    held: heldPart(ref, cell, hasPerson, options),
  }));
}

function relatedRef(
  scheme: Scheme,
  part: string,
  options: { personKey: Parameters<typeof readSubjectRef>[2]['personKey'] },
) {
  return readSubjectRef(scheme, part, options)
    .refs.slice(0, 1)
    .map((ref) => formatRef(ref.scheme, ref.value));
}

function splitCell(cell: SourceValue, splitter: Splitter | null): readonly string[] {
  const text = unguardedText(cell);
  if (text === null) return [];
  return splitter === null ? [text] : splitter(text);
}
