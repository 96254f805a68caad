import { stringify } from 'yaml';
import { ALWAYS } from '../../../adapters/condition.js';
import type {
  CallBounds,
  SourceAdapter,
  SourceColumn,
  SourceShape,
  SourceValue,
} from '../../../adapters/source-adapter.js';
import { SCHEMES, type Scheme } from '../../subject-key.js';
import { readSubjectRef } from '../values/subject-ref.js';

/** Rows looked at to guess what columns hold. */
const SAMPLE_ROWS = 200;
/** A column is taken for something when this share of its non-empty cells is. */
const CONFIDENT = 0.9;

/**
 * Drafts a mapping from a live table: everything that can be read off its shape and a few rows is filled in, what
 * a person must decide is left as a comment.
 *
 * @returns the text of a YAML file that parses, to be completed by the department's engineer
 */
export async function draftMapping(
  adapter: SourceAdapter,
  connection: string,
  table: string,
  department: string,
  personKey: string,
  bounds: CallBounds,
): Promise<string> {
  const shape = await adapter.describe(table, bounds);
  const columns = shape.columns.map((column) => column.name);
  const rows = await adapter.read(
    { from: { name: table }, columns, where: ALWAYS, orderBy: [], limit: SAMPLE_ROWS },
    bounds,
  );
  const cells = new Map(columns.map((column, index) => [column, rows.map((row) => row[index] ?? null)]));
  const key = keyOf(shape);
  const pointers = subjectPointers(shape, cells, personKey);
  const pointed = new Set(pointers.map((pointer) => pointer.column));
  const fields = Object.fromEntries(
    shape.columns
      .filter((column) => !pointed.has(column.name))
      .map((column) => [fieldName(column.name), fieldDraft(column, cells.get(column.name) ?? [])]),
  );
  const draft = stringify(
    {
      interface: `${department}.${table
        .toLowerCase()
        .replaceAll('_', '-')
        .replace(/[^a-z0-9-]/g, '')}`,
      title: `${table}`,
      owner: { department },
      source: { connection, table },
      key: key.length > 0 ? key : columns.slice(0, 1),
      ...(pointers.length > 0 && { subject: pointers }),
      fields,
    },
    { flowCollectionPadding: true, lineWidth: 120 },
  );
  return [
    '# yaml-language-server: $schema=../../schema/interface.v1.json',
    '# Draft read off the live table. To decide: title, feeds or facet, field names, code lists, where (soft deletes,',
    '# test rows), watermark, classification of personal data, and whether the key is right.',
    ...(key.length > 0 ? [] : ['# The table has no unique index: check the key.']),
    draft,
  ].join('\n');
}

function keyOf(shape: SourceShape): readonly string[] {
  return shape.indexes.find((index) => index.unique)?.columns ?? [];
}

function subjectPointers(
  shape: SourceShape,
  cells: ReadonlyMap<string, readonly SourceValue[]>,
  personKey: string,
): readonly { scheme: Scheme; column: string }[] {
  return shape.columns.flatMap(({ name }) => {
    const filled = (cells.get(name) ?? []).filter((cell) => cell !== null && cell !== '');
    if (filled.length === 0) return [];
    const scheme = SCHEMES.find(
      (candidate) =>
        filled.filter((cell) => readSubjectRef(candidate, cell, { personKey }).refs[0]?.scheme === candidate)
          .length >=
        filled.length * CONFIDENT,
    );
    return scheme === undefined ? [] : [{ scheme, column: name }];
  });
}

const TEXT_DATES: readonly (readonly [format: string, type: 'Date' | 'DateTime', shape: RegExp])[] = [
  ['yyyyMMdd', 'Date', /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/],
  ['yyyy-MM-dd', 'Date', /^\d{4}-\d{2}-\d{2}$/],
  ['yyyyMMddHHmmss', 'DateTime', /^(19|20)\d{12}$/],
  ['yyyy-MM-dd HH:mm:ss', 'DateTime', /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/],
];

function fieldDraft(column: SourceColumn, cells: readonly SourceValue[]): Readonly<Record<string, string>> {
  const base = { column: column.name };
  if (column.type === 'date') return { ...base, type: 'Date', sorts: 'native' };
  if (column.type === 'datetime') return { ...base, type: 'DateTime', sorts: 'native' };
  if (column.type === 'decimal' || column.type === 'float') return { ...base, type: 'Decimal' };
  if (column.type === 'integer') return { ...base, type: 'Integer' };
  if (column.type === 'boolean') return { ...base, type: 'Boolean' };
  const filled = cells.filter((cell): cell is string => typeof cell === 'string' && cell.trim() !== '');
  for (const [format, type, shape] of TEXT_DATES) {
    const fitting = filled.filter((cell) => shape.test(cell)).length;
    if (filled.length === 0 || fitting < filled.length * CONFIDENT) continue;
    return { ...base, type, format, sorts: 'asText' };
  }
  return base;
}

/** `S_EXT_VALIDFLAG` → `sExtValidflag`; `检查日期` → `column…` in hexadecimal, to be renamed. */
function fieldName(column: string): string {
  const words = column.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  if (words.length === 0) return `column${Buffer.from(column).toString('hex').slice(0, 12)}`;
  const name = words
    .map((word, index) => {
      const lower = word === word.toUpperCase() ? word.toLowerCase() : word;
      return index === 0
        ? lower.charAt(0).toLowerCase() + lower.slice(1)
        : lower.charAt(0).toUpperCase() + lower.slice(1);
    })
    .join('');
  return /^[a-z]/.test(name) ? name : `c${name}`;
}
