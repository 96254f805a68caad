import { type DocumentNode, type GraphQLError, parse } from 'graphql';
import { operationNamed } from '../../plan/document-parts.js';
import {
  createMeasure,
  exceedLimits,
  exceedListItems,
  type OperationLimits,
  writtenSelections,
} from '../operation-limits.js';
import type { LimitValues } from '../request-limits.js';
import { limitError } from './limit-error.js';
import { scanDocument } from './scan-document.js';

/** Limits on a document and the operation of it that is asked for. */
export type DocumentLimits = OperationLimits & Pick<LimitValues, 'tokens' | 'nesting' | 'written'>;

interface JudgedText {
  readonly query: string;
  readonly operationName: string | undefined;
  /** As the caller sent them. */
  readonly variables: unknown;
}

/** Whether a text must not be seen by the parser. */
export function exceedTextLimits(
  text: string,
  limits: Pick<LimitValues, 'tokens' | 'nesting'>,
): GraphQLError | null {
  const scan = scanDocument(text);
  for (const limit of ['nesting', 'tokens'] as const) {
    const allowed = limits[limit];
    const actual = scan[limit];
    if (actual > allowed) return limitError('GRAPHQL_PARSE_FAILED', { limit, allowed, actual });
  }
  return null;
}

/** Whether a document must not be validated: what is not asked for is validated too. */
export function exceedWritten(
  document: DocumentNode,
  { written: allowed }: Pick<LimitValues, 'written'>,
): GraphQLError | null {
  const actual = writtenSelections(document);
  if (actual <= allowed) return null;
  return limitError('GRAPHQL_VALIDATION_FAILED', { limit: 'written', allowed, actual });
}

/**
 * Judges a text before anybody validates it. What cannot be parsed, or has no such operation, is left to whoever words that.
 * Other operations of the document count as much as they are written.
 */
export function judgeText(
  { query, operationName, variables }: JudgedText,
  limits: DocumentLimits,
): GraphQLError | null {
  const beyond = exceedTextLimits(query, limits);
  if (beyond !== null) return beyond;
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true, maxTokens: limits.tokens });
  } catch {
    return null;
  }
  const large = exceedWritten(document, limits);
  if (large !== null) return large;
  const operation = operationNamed(document, operationName);
  if (operation === null) return null;
  const size = createMeasure(document)(operation);
  return exceedLimits(size, limits) ?? exceedListItems(size, variables, limits);
}
