import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import type { CallContext } from '../../subgraphs/call-context.js';

/** One operation of a caller, parsed and valid against `Executor.apiSchema`. */
export interface OperationRequest {
  readonly document: DocumentNode;
  /** Equal for equal documents, different for different ones: plans are kept under it. */
  readonly documentId: string;
  readonly operationName: string | undefined;
  /** As the caller sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Plans operations over a supergraph and carries the plans out. */
export interface Executor {
  readonly supergraphSdl: string;
  /** What callers see of the supergraph. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly string[];
  /**
   * Never rejects. Every error is public: a code of `subgraphs/errors.ts`, the path in the caller's query.
   * `data` is absent when the variables do not fit.
   */
  execute(request: OperationRequest, context: CallContext): Promise<ExecutionResult>;
  /** Closes the subgraphs. */
  close(): Promise<void>;
}
