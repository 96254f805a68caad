import type { GraphQLError } from 'graphql';
import { refusal } from '../../../runtime/errors.js';

/** How an export is written. */
export type FileForm =
  | { readonly format: 'csv'; readonly charset: 'utf-8' | 'gb18030' }
  | { readonly format: 'xlsx' }
  | { readonly format: 'ndjson' };

export type ExportFormat = FileForm['format'];

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MEDIA_TYPES: ReadonlyMap<string, ExportFormat> = new Map([
  ['text/csv', 'csv'],
  [XLSX_TYPE, 'xlsx'],
  ['application/x-ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['*/*', 'csv'],
  ['text/*', 'csv'],
]);

export function contentTypeOf(form: FileForm): string {
  if (form.format === 'csv') return `text/csv; charset=${form.charset}; header=present`;
  return form.format === 'xlsx' ? XLSX_TYPE : 'application/x-ndjson; charset=utf-8';
}

/** Reads `format` and `charset` of a request. @returns why there is no such form. */
export function readForm(format: unknown, charset: unknown): FileForm | GraphQLError {
  const name = typeof format === 'string' ? format.toLowerCase() : format;
  const code = typeof charset === 'string' ? charset.toLowerCase().replace(/^utf8$/, 'utf-8') : charset;
  if (name === 'xlsx' || name === 'ndjson') {
    return (code ?? 'utf-8') === 'utf-8' ? { format: name } : unknownForm();
  }
  if ((name ?? 'csv') !== 'csv') return unknownForm();
  const chosen = code ?? 'utf-8';
  if (chosen === 'utf-8' || chosen === 'gb18030') return { format: 'csv', charset: chosen };
  return unknownForm();
}

function unknownForm(): GraphQLError {
  return refusal(
    'EXPORT_FORMAT_UNKNOWN',
    'format 应为 csv、xlsx 或 ndjson；charset 应为 utf-8，csv 也可为 gb18030。format must be csv, xlsx or ndjson; charset utf-8, or gb18030 of csv.',
  );
}

/** The first type of `Accept` that an export can have, by weight; CSV where nothing is asked for. */
export function negotiateForm(accept: string | undefined): FileForm | GraphQLError {
  const wanted = (accept ?? '*/*')
    .split(',')
    .map(readRange)
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight);
  for (const { type, charset } of wanted) {
    const format = MEDIA_TYPES.get(type);
    if (format !== undefined) return readForm(format, charset);
  }
  return refusal('NOT_ACCEPTABLE', [...MEDIA_TYPES.keys()].slice(0, 3).join(', '));
}

interface MediaRange {
  readonly type: string;
  readonly charset: string | undefined;
  readonly weight: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...given] = text.split(';').map((part) => part.trim().toLowerCase());
  const parameters = new Map(
    given.map((parameter) => {
      const [name = '', value = ''] = parameter.split('=');
      return [name.trim(), value.trim().replace(/^"(.*)"$/, '$1')] as const;
    }),
  );
  const weight = Number(parameters.get('q') ?? 1);
  return { type, charset: parameters.get('charset'), weight: Number.isFinite(weight) ? weight : 0 };
}
