import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

interface CatalogueEntry {
  readonly httpStatus: number;
  /** What a caller may read: Chinese first, English after; never a host name, SQL or another department's row. */
  readonly message: string;
  readonly retryable: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Every error code that a caller can meet. `docs/errors.md` lists the same. */
export const ERROR_CATALOGUE = {
  SOURCE_UNAVAILABLE: {
    httpStatus: 200,
    message: '数据源暂不可用。The source does not answer.',
    retryable: true,
    logLevel: 'warn',
  },
  SOURCE_TIMEOUT: {
    httpStatus: 200,
    message: '数据源未在时限内返回。The source did not answer in time.',
    retryable: true,
    logLevel: 'warn',
  },
  SOURCE_REJECTED: {
    httpStatus: 200,
    message: '数据源拒绝了请求。The source refused the request.',
    retryable: false,
    logLevel: 'error',
  },
  SOURCE_CREDENTIALS_REFUSED: {
    httpStatus: 200,
    message:
      '数据源不接受网关的凭据（已过期、有误或权限不足）。The source does not accept the credentials of the gateway: expired, wrong or without permission.',
    retryable: false,
    logLevel: 'error',
  },
  SOURCE_COLUMN_MISSING: {
    httpStatus: 200,
    message:
      '数据源缺少所需的表或列，结构可能已变更。The source lacks a table or column that is needed; it may have been changed.',
    retryable: false,
    logLevel: 'error',
  },
  SOURCE_MALFORMED: {
    httpStatus: 200,
    message: '数据源返回的内容不符合约定。The source answered with something else than agreed.',
    retryable: false,
    logLevel: 'error',
  },
  SOURCE_TOO_LARGE: {
    httpStatus: 200,
    message: '数据量超过上限，请增加筛选条件。Too much data: add a filter.',
    retryable: false,
    logLevel: 'info',
  },
  SUBGRAPH_UNAVAILABLE: {
    httpStatus: 200,
    message: '部门子图暂不可用。The department does not answer.',
    retryable: true,
    logLevel: 'warn',
  },
  SUBGRAPH_TIMEOUT: {
    httpStatus: 200,
    message: '部门子图未在时限内返回。The department did not answer in time.',
    retryable: true,
    logLevel: 'warn',
  },
  SUBGRAPH_MALFORMED: {
    httpStatus: 200,
    message: '部门子图返回的内容不符合约定。The department answered with something else than agreed.',
    retryable: false,
    logLevel: 'error',
  },
  INTERFACE_MISSING: {
    httpStatus: 200,
    message: '有数据接口未参与，结果不完整。An interface took no part: the answer is not whole.',
    retryable: true,
    logLevel: 'debug',
  },
  BAD_USER_INPUT: {
    httpStatus: 400,
    message: '请求参数有误。The request is not valid.',
    retryable: false,
    logLevel: 'info',
  },
  SUBJECT_AMBIGUOUS: {
    httpStatus: 200,
    message: '该名称对应多个主体。Several subjects bear this name.',
    retryable: false,
    logLevel: 'info',
  },
  CURSOR_INVALID: {
    httpStatus: 200,
    message: '游标无效，或不属于这次查询。The cursor is not valid for this query.',
    retryable: false,
    logLevel: 'info',
  },
  QUERY_TOO_COMPLEX: {
    httpStatus: 200,
    message: '查询过于复杂，无法制定执行计划，请拆分查询。The query is too complex to plan: split it.',
    retryable: false,
    logLevel: 'warn',
  },
  REQUEST_TIMEOUT: {
    httpStatus: 200,
    message: '请求超时。The request took too long.',
    retryable: true,
    logLevel: 'warn',
  },
  INTERNAL: {
    httpStatus: 200,
    message: '内部错误。Something went wrong inside.',
    retryable: true,
    logLevel: 'error',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERROR_CATALOGUE, text);
}

/**
 * What coverage says of an interface that gave nothing: the code, and the sentence for people.
 *
 * @param detail one more public sentence, Chinese first.
 */
export function publicReason(code: ErrorCode, detail?: string): string {
  const reason = `${code}: ${ERROR_CATALOGUE[code].message}`;
  return detail === undefined ? reason : `${reason} ${detail}`;
}

/**
 * A GraphQL error that a caller may read.
 *
 * @param detail one more public sentence, Chinese first: which argument, what was found, what was expected.
 * @param options `originalError` goes to the log, never to the caller; `extensions` may say whether it can be retried.
 */
export function publicError(
  code: ErrorCode,
  detail?: string,
  options: GraphQLErrorOptions = {},
): GraphQLError {
  const { message, retryable } = ERROR_CATALOGUE[code];
  return new GraphQLError(detail === undefined ? message : `${message} ${detail}`, {
    ...options,
    extensions: { retryable, ...options.extensions, code },
  });
}
