import { type DocumentNode, type GraphQLError, type OperationDefinitionNode, parse } from 'graphql';
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

interface AskedText {
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

/** What is found of a request's text before anybody validates it. */
export interface JudgedText {
  /** Why it is beyond a limit; null: it is not. */
  readonly refused: GraphQLError | null;
  /** The operation that is asked for; null where there is no such one, or nobody has looked. */
  readonly operation: OperationDefinitionNode | null;
}

/**
 * Judges a text before anybody validates it. What cannot be parsed, or has no such operation, is left to whoever words that.
 * Other operations of the document count as much as they are written.
 */
export function judgeText(
  { query, operationName, variables }: AskedText,
  limits: DocumentLimits,
): JudgedText {
  const beyond = exceedTextLimits(query, limits);
  if (beyond !== null) return { refused: beyond, operation: null };
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true, maxTokens: limits.tokens });
  } catch {
    return { refused: null, operation: null };
  }
  const operation = operationNamed(document, operationName);
  const large = exceedWritten(document, limits);
  if (large !== null || operation === null) return { refused: large, operation };
  const size = createMeasure(document)(operation);
  return { refused: exceedLimits(size, limits) ?? exceedListItems(size, variables, limits), operation };
}
