import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FieldMapping, InterfaceMapping } from '../../../subgraphs/engine/mapping/mapping.js';
import { parseMapping } from '../../../subgraphs/engine/mapping/parse-mapping.js';
import { testCodecEnvironment } from '../../../subgraphs/engine/testing/codec-environment.js';
import { makeCodec } from '../../../subgraphs/engine/values/make-codec.js';
import { readSubjectRef } from '../../../subgraphs/engine/values/subject-ref.js';
import type { FeedValue } from '../../../subgraphs/feed.js';
import { formatRef } from '../../../subgraphs/subject-key.js';
import type { LegacyStore } from '../legacy-table.js';
import { type NamedRow, survivingRows } from './surviving-rows.js';

/** One row of a store as the engine's codecs read it, cell by cell. */
export interface DecodedRow {
  readonly values: ReadonlyMap<string, FeedValue>;
  /** What the first pointer that tells anything tells. */
  readonly subject: string | null;
}

const environment = testCodecEnvironment();
const root = path.join(import.meta.dirname, '../../..');

/** What a mapping reads of a store; for comparing with the world. @param file below `subgraphs/`. */
export function decodedRows(store: LegacyStore, file: string): readonly DecodedRow[] {
  const parsed = parseMapping(readFileSync(path.join(root, 'subgraphs', file), 'utf8'), file);
  if (parsed.kind === 'problems') throw new Error(JSON.stringify(parsed.problems));
  const readers = [...parsed.mapping.fields.values()].map((field) => fieldReader(field));
  return survivingRows(store, file).map((row) => ({
    values: new Map(readers.map(({ name, read }) => [name, read(row)])),
    subject: subjectOf(row, parsed.mapping),
  }));
}

/** The ref by which the engine knows a citizen in these tests. */
export function personRef(idNo: string): string | undefined {
  const [ref] = readSubjectRef('person', idNo, environment).refs;
  return ref === undefined ? undefined : formatRef(ref.scheme, ref.value);
}

function fieldReader(field: FieldMapping) {
  const { column, codesAsOf } = field;
  if (column === undefined) throw new Error(`Cannot read ${field.name}: these stores have no constants`);
  const codec = makeCodec(field, environment);
  return {
    name: field.name,
    read: (row: NamedRow): FeedValue => {
      const asOf = codesAsOf === undefined ? undefined : String(row.get(codesAsOf));
      return codec.decode(row.get(column) ?? null, asOf).value;
    },
  };
}

function subjectOf(row: NamedRow, mapping: InterfaceMapping): string | null {
  for (const { scheme, column } of mapping.subject) {
    const [ref] = readSubjectRef(scheme, row.get(column) ?? null, environment).refs;
    if (ref !== undefined) return formatRef(ref.scheme, ref.value);
  }
  return null;
}
