import type { FieldDeclaration } from '../field.js';
import { declarationOf, type RowKind } from '../kinds.js';
import { constantCase } from './constant-case.js';

const TRUNCATIONS = ['year', 'quarter', 'month', 'week', 'day'] as const;

/** What of a subject rows can be counted by. */
type SubjectAttribute = 'id' | 'kind' | 'township' | 'industry' | 'state';

/** What rows can be counted by: taken from them, or from whom they are about. */
export type StatsDimension =
  | {
      readonly of: 'row';
      readonly dimension:
        | { readonly field: string }
        | { readonly field: string; readonly truncate: (typeof TRUNCATIONS)[number] }
        | { readonly interface: true };
      readonly words: string;
    }
  | { readonly of: 'subject'; readonly attribute: SubjectAttribute; readonly words: string };

/** Dimensions of rows by what their subjects are, by name. */
export const SUBJECT_DIMENSIONS: ReadonlyMap<string, StatsDimension & { readonly of: 'subject' }> = new Map([
  ['SUBJECT', { of: 'subject', attribute: 'id', words: '主体. The subject, by canonical id.' }],
  ['SUBJECT_KIND', { of: 'subject', attribute: 'kind', words: '主体类型. Kind of subject.' }],
  [
    'SUBJECT_TOWNSHIP',
    { of: 'subject', attribute: 'township', words: "主体所在乡镇. The subject's township." },
  ],
  ['SUBJECT_INDUSTRY', { of: 'subject', attribute: 'industry', words: "主体行业. The subject's industry." }],
  [
    'SUBJECT_STATE',
    { of: 'subject', attribute: 'state', words: "主体登记状态. State of the subject's registration." },
  ],
]);

const cache = new Map<RowKind, ReadonlyMap<string, StatsDimension>>();

/** Dimensions of a kind's statistics, by name. */
export function dimensionsOf(kind: RowKind): ReadonlyMap<string, StatsDimension> {
  const known = cache.get(kind);
  if (known !== undefined) return known;
  const { day, subject, fields, derived } = declarationOf(kind);
  const fresh = new Map<string, StatsDimension>([
    ['INTERFACE', { of: 'row', dimension: { interface: true }, words: '数据接口. The interface.' }],
    ...(day === null ? [] : truncated('', day, fields[day]?.words ?? '')),
    ...Object.entries(fields).flatMap(([name, field]) => dimensionsOfField(name, field)),
    ...Object.entries(derived).flatMap(([name, field]) =>
      field.type === 'Boolean' ? dimensionsOfField(name, field) : [],
    ),
    ...(subject === null ? [] : SUBJECT_DIMENSIONS),
  ]);
  cache.set(kind, fresh);
  return fresh;
}

function dimensionsOfField(
  field: string,
  { type, township, few, one = field, words }: FieldDeclaration,
): readonly (readonly [string, StatsDimension])[] {
  switch (type) {
    case 'Date':
    case 'DateTime':
      return truncated(`${constantCase(field)}_`, field, words);
    case 'Decimal':
      return [];
    case 'Integer':
    case 'Text':
      if (few !== true && township !== true) return [];
      break;
  }
  return [[constantCase(one), { of: 'row', dimension: { field }, words }]];
}

function truncated(
  prefix: string,
  field: string,
  words: string,
): readonly (readonly [string, StatsDimension])[] {
  return TRUNCATIONS.map((truncate) => [
    `${prefix}${truncate.toUpperCase()}`,
    { of: 'row', dimension: { field, truncate }, words },
  ]);
}
