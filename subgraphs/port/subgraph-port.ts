import type { ExecutionResult } from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** It changes something, though it is no mutation: it is neither repeated nor sent once for several. Default: the text tells. */
  readonly changes?: true;
}

export interface SubgraphResult extends ExecutionResult {
  /**
   * Whether the answer came as a JSON text without any backslash: then no text in it has a character that JSON would have
   * to escape. Absent: unknown.
   */
  readonly isUnescaped?: boolean;
}

/**
 * One department's GraphQL face, in this process or behind HTTP. Never rejects: failures are `errors`.
 *
 * @example
 * const { data, errors } = await port.execute({ query: '{ inspections(first: 1) { nodes { id } } }' }, context);
 */
export interface SubgraphPort {
  readonly name: string;
  execute(request: SubgraphRequest, context: CallContext): Promise<SubgraphResult>;
  close(): Promise<void>;
}
