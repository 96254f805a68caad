import { stringify } from 'yaml';
import { ALWAYS } from '../../../../adapters/condition.js';
import { kindOfObject } from '../../../../adapters/kinds.js';
import type {
  CallBounds,
  SourceAdapter,
  SourceColumn,
  SourceShape,
} from '../../../../adapters/source-adapter.js';
import type { ObjectDefinition } from '../../../../adapters/source-object.js';
import type { SourceValue } from '../../../../adapters/source-value.js';
import { readObject, type SourceText } from '../../mapping/source-grammar.js';
import { type DraftedField, draftField, draftPointers } from './draft-fields.js';
import { fieldNames } from './field-names.js';
import type { SeenCode } from './seen-codes.js';

/** Rows looked at to guess what columns hold. */
const SAMPLE_ROWS = 200;
/** More columns than this together are no key that a person would accept. */
const MAX_KEY_COLUMNS = 2;

/** What to draft from: a `source` block, of which an endpoint's may leave out where the rows are. */
interface DraftRequest {
  readonly source: SourceText;
  readonly department: string;
  readonly personKey: string;
}

/**
 * Drafts a mapping from a live table, endpoint, operation or file: everything that can be read off its shape and a
 * few rows is filled in, what a person must decide is left as a comment.
 *
 * @param adapter of the connection.
 * @returns the text of a YAML file that parses, to be completed by the department's engineer.
 */
export async function draftMapping(
  adapter: SourceAdapter,
  { source, department, personKey }: DraftRequest,
  bounds: CallBounds,
): Promise<string> {
  const object = readObject(source);
  const { shape, rows } = await lookAt(adapter, object, bounds);
  const columns = shape.columns.filter(({ name }) => !isAdded(object, name));
  const cells = new Map(
    columns.map(({ name }) => {
      const index = shape.columns.findIndex((column) => column.name === name);
      return [name, rows.map((row) => row[index] ?? null)] as const;
    }),
  );
  const unique = shape.indexes.find((index) => index.unique)?.columns ?? [];
  const key = unique.length > 0 ? unique : guessKey(columns, cells, rows.length);
  const pointers = draftPointers(columns, cells, personKey);
  const pointed = new Set(pointers.map((pointer) => pointer.column));
  const fields = columns.filter((column) => !pointed.has(column.name));
  const names = fieldNames(fields.map(({ name }) => name));
  const drafted = fields.map((column, index): NamedField => {
    const name = names[index] ?? column.name;
    const found = draftField(column, cells.get(column.name) ?? []);
    return { name, ...found, list: found.codes === null ? null : `${department}/${kebab(name)}` };
  });
  const draft = stringify(
    {
      interface: `${department}.${interfaceName(object)}`,
      title: shape.comment ?? kindOfObject(object).nameOf(object),
      owner: { department },
      source: withRows(source, object, shape.rowsAt),
      key,
      ...(pointers.length > 0 && { subject: pointers }),
      fields: Object.fromEntries(
        drafted.map(({ name, field, list }) => [name, { ...field, ...(list !== null && { codes: list }) }]),
      ),
    },
    { flowCollectionPadding: true, lineWidth: 120 },
  );
  return [
    '# yaml-language-server: $schema=../../schema/interface.v1.json',
    '# Draft read off the live source. To decide: title, feeds or facet, field names, code lists, where (soft deletes,',
    '# test rows), watermark, the level of each field of a facet (classification), on what terms it is shared (catalogue),',
    '# and whether the key is right.',
    ...(unique.length > 0
      ? []
      : [`# Nothing promises the key: it is unique among ${rows.length} rows looked at.`]),
    ...(shape.rowsAt === '$' && rows.length === 1 ? [WHOLE_ANSWER] : []),
    ...kindOfObject(object).toDecide.map((line) => `# ${line}`),
    draft,
    ...drafted.flatMap((field) => draftCodeList(field, rows.length)),
  ].join('\n');
}

/** Services that fail with HTTP 200, or that are asked by POST alone, answer a plain GET with one object. */
const WHOLE_ANSWER =
  '# The answer holds no list, so the whole of it became one row. If it tells of a failure, say how to ask (method, send, fixed) in a file: --source FILE.';

interface NamedField extends DraftedField {
  readonly name: string;
  /** The code list to write. */
  readonly list: string | null;
}

/** The list of a field's codes as comments: a file to write, of which the values are a person's to choose. */
function draftCodeList({ field, codes, list }: NamedField, rowCount: number): readonly string[] {
  if (codes === null || list === null) return [];
  const text = stringify(
    {
      list,
      title: titleOf(field.description ?? field.column ?? list),
      enum: 'TODO',
      codes: codes.map(({ code, label }: SeenCode) => ({
        code,
        label: label === '' ? 'TODO' : label,
        value: 'TODO',
      })),
    },
    { lineWidth: 0 },
  );
  return [
    `# 代码表待写：schema/codes/${list}.yaml（在 ${rowCount} 行中见到的代码）。Code list to write, of the codes in ${rowCount} rows:`,
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `#   ${line}`),
    '#',
  ];
}

/** A comment before what it says of each code: `检查结果：1合格 2不合格`. */
function titleOf(comment: string): string {
  return comment.split(/[：:（(,，;；\s]|\d/)[0] || comment;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Look {
  readonly shape: SourceShape;
  readonly rows: readonly (readonly SourceValue[])[];
}

/** The object's shape and its first rows, in the order of the shape's columns. */
async function lookAt(adapter: SourceAdapter, object: ObjectDefinition, bounds: CallBounds): Promise<Look> {
  const first = bindDraft(adapter, object, 'draft.shape', []);
  const shape = await first.adapter.describe(first.name, bounds);
  const columns = shape.columns.map(({ name }) => name);
  const second = bindDraft(
    adapter,
    object,
    'draft.rows',
    columns.filter((name) => !isAdded(object, name)),
  );
  const rows = await second.adapter.read(
    { from: { name: second.name }, columns, where: ALWAYS, orderBy: [], limit: SAMPLE_ROWS },
    bounds,
  );
  return { shape, rows };
}

/** @param name what the object is called while nobody has named it. */
function bindDraft(
  adapter: SourceAdapter,
  definition: ObjectDefinition,
  name: string,
  columns: readonly string[],
): { readonly adapter: SourceAdapter; readonly name: string } {
  const kind = kindOfObject(definition);
  if (kind.namesObjects) return { adapter, name: kind.nameOf(definition) };
  const bound = adapter.bind?.({ interface: name, definition, columns, key: [] });
  return { adapter: bound ?? adapter, name };
}

function isAdded(object: ObjectDefinition, column: string): boolean {
  return kindOfObject(object).addedColumns.includes(column);
}

function withRows(source: SourceText, { kind }: ObjectDefinition, rowsAt: string | undefined): SourceText {
  const block = source[kind];
  if (rowsAt === undefined || typeof block !== 'object') return source;
  return { ...source, [kind]: { ...block, rows: rowsAt } };
}

/** The first column, or pair of columns, that is filled and different in every row that was looked at. */
function guessKey(
  columns: readonly SourceColumn[],
  cells: ReadonlyMap<string, readonly SourceValue[]>,
  rowCount: number,
): readonly string[] {
  const names = [...columns]
    .sort((left, right) => rank(left, cells) - rank(right, cells))
    .map(({ name }) => name);
  const candidates = [
    ...names.map((name) => [name]),
    ...names.flatMap((name, index) => names.slice(index + 1).map((other) => [name, other])),
  ];
  const isUnique = (key: readonly string[]): boolean => {
    const texts = Array.from({ length: rowCount }, (_, row) =>
      key.map((name) => cells.get(name)?.[row] ?? null),
    );
    if (texts.some((text) => text.some((cell) => cell === null || cell === ''))) return false;
    return new Set(texts.map((text) => JSON.stringify(text.map(String)))).size === rowCount;
  };
  return candidates.find((key) => key.length <= MAX_KEY_COLUMNS && isUnique(key)) ?? names.slice(0, 1);
}

/** Amounts and days are unique by luck, if they are. */
function rank(column: SourceColumn, cells: ReadonlyMap<string, readonly SourceValue[]>): number {
  const { type = 'Text' } = draftField(column, cells.get(column.name) ?? []).field;
  return type === 'Text' || type === 'Integer' ? 0 : 1;
}

/** The last word of a path or pattern that can be part of an interface's name. */
function interfaceName(object: ObjectDefinition): string {
  const kind = kindOfObject(object);
  const words = kind
    .nameOf(object)
    .toLowerCase()
    .replace(/\.(?:htm|html|do|xlsx|csv)$/, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word));
  const parts = kind.namesObjects ? words : words.slice(-1);
  return parts.length === 0 ? 'draft' : parts.join('-');
}
