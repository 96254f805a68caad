import type { GraphQLError } from 'graphql';
import { publicError, refusal } from '../../../runtime/errors.js';
import { type FileForm, negotiateForm, readForm } from './export-format.js';

/** What a caller asks to have exported. */
export interface ExportRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  /** As the caller sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly form: FileForm;
  /** Cursor behind which the export begins; null: at the beginning. */
  readonly after: string | null;
}

const KEYS = new Set(['query', 'variables', 'operationName', 'format', 'charset', 'after', 'extensions']);

/** Reads the body of `POST /export`. @returns why it is refused. */
export function readExportRequest(body: unknown, accept: string | undefined): ExportRequest | GraphQLError {
  if (!isObject(body)) return refusal('BAD_REQUEST', '请求体应为 JSON 对象。The body must be a JSON object.');
  const unknown = Object.keys(body).find((key) => !KEYS.has(key));
  if (unknown !== undefined) {
    return refusal(
      'BAD_REQUEST',
      `未知的键 ${JSON.stringify(unknown)}。The body must have query, variables, operationName, format, charset and after alone.`,
    );
  }
  const { query, variables, operationName, format, charset, after } = body;
  if (typeof query !== 'string') return refusal('BAD_REQUEST', '缺少 query。The body must have a query.');
  if (!isTextOrNothing(operationName) || !isTextOrNothing(after)) {
    return refusal('BAD_REQUEST', 'operationName 与 after 应为文本。operationName and after must be texts.');
  }
  if ((variables ?? null) !== null && !isObject(variables)) {
    return publicError('BAD_USER_INPUT', 'variables 应为 JSON 对象。The variables must be a JSON object.');
  }
  const form = isNothing(format) && isNothing(charset) ? negotiateForm(accept) : readForm(format, charset);
  if ('message' in form) return form;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: (variables ?? {}) as ExportRequest['variables'],
    form,
    after: after ?? null,
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isTextOrNothing(value: unknown): value is string | null | undefined {
  return isNothing(value) || (typeof value === 'string' && value !== '');
}
