import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { withoutStack } from './without-stack.js';

interface CatalogueEntry {
  /** Of an answer that has nothing but this error. */
  readonly httpStatus: number;
  /** What a caller may read: Chinese first, English after; never a host name, SQL or another department's row. */
  readonly message: string;
  readonly retryable: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

/** Every error code that a field of an answer can have. `docs/errors.md` lists the same. */
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
  COUNTY_UNAVAILABLE: {
    httpStatus: 200,
    message: '下级县暂不可用。The county does not answer.',
    retryable: true,
    logLevel: 'warn',
  },
  COUNTY_TIMEOUT: {
    httpStatus: 200,
    message: '下级县未在时限内返回。The county did not answer in time.',
    retryable: true,
    logLevel: 'warn',
  },
  COUNTY_MALFORMED: {
    httpStatus: 200,
    message: '下级县返回的内容不符合约定。The county answered with something else than agreed.',
    retryable: false,
    logLevel: 'error',
  },
  COUNTY_KEY_REFUSED: {
    httpStatus: 401,
    message: '下级县不接受本级的密钥。The county does not accept the key.',
    retryable: false,
    logLevel: 'error',
  },
  COUNTY_INCOMPATIBLE: {
    httpStatus: 200,
    message: '下级县与本级不能相接。The county and this hub do not fit together.',
    retryable: false,
    logLevel: 'error',
  },
  INTERFACE_MISSING: {
    httpStatus: 200,
    message: '有数据接口未参与，结果不完整。An interface took no part: the answer is not whole.',
    retryable: true,
    logLevel: 'debug',
  },
  COUNTS_ROUNDED: {
    httpStatus: 200,
    message:
      '涉及自然人的计数已取整，过小的组未列出。Counts of persons are rounded, and small groups are left out.',
    retryable: false,
    logLevel: 'debug',
  },
  INTERFACE_PAUSED: {
    httpStatus: 200,
    message: '数据接口已由数据中心暂停。The data centre has paused the interface.',
    retryable: true,
    logLevel: 'debug',
  },
  SOURCE_CUT_OFF: {
    httpStatus: 200,
    message:
      '数据中心已人工熔断，不再调用该数据源。The data centre has opened the breaker of the source: it is not called.',
    retryable: true,
    logLevel: 'debug',
  },
  HANDS_NOT_SHARED: {
    httpStatus: 200,
    message:
      '已在所问的机器上执行；服务同一县的其他机器（如有）尚不知悉。Done at the machine that was asked; others that serve the same county, if there are any, do not know of it yet.',
    retryable: false,
    logLevel: 'warn',
  },
  INTERFACE_MISCONFIGURED: {
    httpStatus: 200,
    message:
      '数据接口的配置有误，待其部门更正。The interface is set up wrongly; its department has to correct it.',
    retryable: false,
    logLevel: 'error',
  },
  INTERFACE_ELSEWHERE: {
    httpStatus: 200,
    message:
      '部门专属字段由数据所属的县提供，请向该县查询。These fields are answered by the county that has the data: ask there.',
    retryable: false,
    logLevel: 'debug',
  },
  FORBIDDEN: {
    httpStatus: 403,
    message: '无权访问。Not allowed.',
    retryable: false,
    logLevel: 'info',
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
  QUERY_NOT_PLANNED: {
    httpStatus: 200,
    message: '无法为此查询制定执行计划。No plan can be made for this query.',
    retryable: false,
    logLevel: 'error',
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

/**
 * Every code of a request that is refused before anything is asked of a subgraph. `docs/errors.md` lists the same. They are
 * no codes of a field: what a subgraph says under one of these names is not the caller's mistake.
 */
export const REFUSAL_CATALOGUE = {
  GRAPHQL_PARSE_FAILED: {
    httpStatus: 400,
    message: '查询文本无法解析。The query cannot be parsed.',
    retryable: false,
  },
  GRAPHQL_VALIDATION_FAILED: {
    httpStatus: 400,
    message: '查询不符合数据模型，或超过上限。The query does not fit the schema, or exceeds a limit.',
    retryable: false,
  },
  OPERATION_RESOLUTION_FAILURE: {
    httpStatus: 400,
    message: '无法确定要执行的操作。Which operation is meant cannot be told.',
    retryable: false,
  },
  PERSISTED_QUERY_NOT_FOUND: {
    httpStatus: 200,
    message: '没有此散列的查询，请连同文本重发。No query of this hash is known: send it again with its text.',
    retryable: true,
  },
  PERSISTED_QUERY_NOT_SUPPORTED: {
    httpStatus: 200,
    message: '不支持持久化查询。Persisted queries are not served.',
    retryable: false,
  },
  BAD_REQUEST: {
    httpStatus: 400,
    message: '请求无法解析。The request cannot be read.',
    retryable: false,
  },
  UNAUTHENTICATED: {
    httpStatus: 401,
    message:
      '未认证，或凭据无效、已过期。Who asks is not known: no credential, a wrong one, or an expired one.',
    retryable: false,
  },
  OPERATION_UNKNOWN: {
    httpStatus: 404,
    message: '没有登记这样的查询。There is no such registered operation.',
    retryable: false,
  },
  NOT_FOUND: {
    httpStatus: 404,
    message: '没有这个地址。There is nothing at this address.',
    retryable: false,
  },
  METHOD_NOT_ALLOWED: {
    httpStatus: 405,
    message: '请用 POST。Use POST.',
    retryable: false,
  },
  NOT_ACCEPTABLE: {
    httpStatus: 406,
    message: '无法按 Accept 所列类型作答。None of the types in Accept can be given.',
    retryable: false,
  },
  RECEIVE_TIMEOUT: {
    httpStatus: 408,
    message: '请求未在时限内送达。The request did not arrive in time.',
    retryable: true,
  },
  EXPORT_NOT_ONE_LIST: {
    httpStatus: 400,
    message:
      '导出须恰为一个查询，根部恰有一个分页清单。An export takes one query with exactly one list (connection) at its root.',
    retryable: false,
  },
  EXPORT_FORMAT_UNKNOWN: {
    httpStatus: 400,
    message: '没有这种导出格式或字符集。There is no such format or charset of an export.',
    retryable: false,
  },
  PAYLOAD_TOO_LARGE: {
    httpStatus: 413,
    message: '请求体过大。The request body is too large.',
    retryable: false,
  },
  UNSUPPORTED_MEDIA_TYPE: {
    httpStatus: 415,
    message:
      '请求体须为未压缩的 UTF-8 application/json。The body must be application/json in UTF-8, not compressed.',
    retryable: false,
  },
  EXPECTATION_FAILED: {
    httpStatus: 417,
    message: '不支持 Expect 的要求。What Expect asks for is not served.',
    retryable: false,
  },
  RATE_LIMITED: {
    httpStatus: 429,
    message: '请求过于频繁，请按 Retry-After 稍后再试。Too many requests: try again after Retry-After.',
    retryable: true,
  },
  HEADERS_TOO_LARGE: {
    httpStatus: 431,
    message: '请求头过大。The request headers are too large.',
    retryable: false,
  },
  AUDIT_UNAVAILABLE: {
    httpStatus: 503,
    message: '审计暂不可写，不予答复。The audit cannot be written: nothing is answered.',
    retryable: true,
  },
  EXPORTS_BUSY: {
    httpStatus: 503,
    message: '导出任务已满，请稍后再试。Too many exports are under way: try again later.',
    retryable: true,
  },
  OVERLOADED: {
    httpStatus: 503,
    message:
      '服务繁忙，未开始处理，请按 Retry-After 稍后再试。The service is busy and has not begun: try again after Retry-After.',
    retryable: true,
  },
  SHUTTING_DOWN: {
    httpStatus: 503,
    message: '服务正在停止。The service is shutting down.',
    retryable: true,
  },
} as const satisfies Record<string, Omit<CatalogueEntry, 'logLevel'>>;

export type RefusalCode = keyof typeof REFUSAL_CATALOGUE;

export function isRefusalCode(text: unknown): text is RefusalCode {
  return typeof text === 'string' && Object.hasOwn(REFUSAL_CATALOGUE, text);
}

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
  return withoutStack(
    () =>
      new GraphQLError(detail === undefined ? message : `${message} ${detail}`, {
        ...options,
        extensions: { retryable, ...options.extensions, code },
      }),
  );
}

/**
 * Why a request is refused.
 *
 * @param detail one more public sentence, Chinese first.
 * @param facts for programs: which limit, what it allows.
 */
export function refusal(
  code: RefusalCode,
  detail?: string,
  facts?: Readonly<Record<string, unknown>>,
): GraphQLError {
  const { message, retryable } = REFUSAL_CATALOGUE[code];
  return withoutStack(
    () =>
      new GraphQLError(detail === undefined ? message : `${message} ${detail}`, {
        extensions: { ...facts, code, retryable },
      }),
  );
}
