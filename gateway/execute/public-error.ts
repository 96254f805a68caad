import { GraphQLError } from 'graphql';
import { briefText } from '../../runtime/brief-text.js';
import { ERROR_CATALOGUE, type ErrorCode, isErrorCode, publicError } from '../../runtime/errors.js';
import { countyOf } from '../../subgraphs/port/county-name.js';

/** Characters of a subgraph's text that are passed on. */
const MAX_DETAIL = 1000;

export type ErrorPath = readonly (string | number)[];

export interface ErrorPlace {
  readonly requestId: string;
  readonly subgraph: string | null;
  /** In the caller's query; undefined when the error belongs to no field. */
  readonly path: ErrorPath | undefined;
}

/** Interface names, the one detail of a subgraph's error that is passed on; before a slash stands their county. */
const INTERFACE_NAME = /^[a-z0-9][a-z0-9._/-]{0,127}$/i;

/** The code that an error carries, if it is one of the catalogue. */
export function catalogueCodeOf(error: unknown): ErrorCode | null {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === 'string' && isErrorCode(code) ? code : null;
}

/**
 * What a caller may read of an error. The text of an error is passed on only when it was made by
 * `publicError()`; anything else could name hosts, tables or people.
 */
export function toPublicError(error: unknown, place: ErrorPlace): GraphQLError {
  const code = catalogueCodeOf(error) ?? 'INTERNAL';
  const { message } = ERROR_CATALOGUE[code];
  const ownText = code !== 'INTERNAL' && error instanceof GraphQLError && error.message.startsWith(message);
  const detail = ownText
    ? briefText(error.message.slice(message.length).trim(), MAX_DETAIL)
    : internalDetail(code, place);
  return publicError(code, detail === '' ? undefined : detail, {
    ...(place.path !== undefined && { path: place.path }),
    extensions: {
      ...(place.subgraph !== null && { subgraph: place.subgraph }),
      ...interfaceOf(error),
      ...(code === 'INTERFACE_MISSING' && missingOf(error)),
      ...(code === 'SUBJECT_AMBIGUOUS' && candidatesOf(error)),
      ...retryAfterOf(error),
      requestId: place.requestId,
    },
  });
}

function internalDetail(code: ErrorCode, { requestId }: ErrorPlace): string {
  return code === 'INTERNAL' ? `请求编号 Request id: ${requestId}` : '';
}

/** More would help nobody to choose. */
const MAX_CANDIDATES = 100;

function candidatesOf(error: unknown): { readonly candidates?: readonly string[] } {
  const candidates = error instanceof GraphQLError ? error.extensions.candidates : undefined;
  if (!Array.isArray(candidates)) return {};
  const texts = candidates.filter((one): one is string => typeof one === 'string');
  return { candidates: texts.slice(0, MAX_CANDIDATES).map((one) => briefText(one, LONGEST_REASON)) };
}

const LONGEST_REASON = 500;

/** What the hub says of the interface that is missing: its reasons are made of public sentences. */
function missingOf(error: unknown): Readonly<Record<string, unknown>> {
  const { department, reason, retryable } = error instanceof GraphQLError ? error.extensions : {};
  return {
    ...(typeof department === 'string' && INTERFACE_NAME.test(department) && { department }),
    ...(typeof reason === 'string' && { reason: reason.slice(0, LONGEST_REASON) }),
    ...(typeof retryable === 'boolean' && { retryable }),
  };
}

function interfaceOf(error: unknown): { readonly interface?: string; readonly county?: string } {
  const name = error instanceof GraphQLError ? error.extensions.interface : undefined;
  if (typeof name !== 'string' || !INTERFACE_NAME.test(name)) return {};
  const county = countyOf(name);
  return { interface: name, ...(county !== null && { county }) };
}

/** What the subgraph's `Retry-After` said. */
function retryAfterOf(error: unknown): { readonly retryAfterSeconds?: number } {
  const seconds = error instanceof GraphQLError ? error.extensions.retryAfterSeconds : undefined;
  return typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0
    ? { retryAfterSeconds: seconds }
    : {};
}
