import type { ExecutionResult } from 'graphql';
import type { CallContext } from './call-context.js';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** One department's GraphQL face, in this process or behind HTTP. Never rejects: failures are `errors`. */
export interface SubgraphPort {
  readonly name: string;
  execute(request: SubgraphRequest, context: CallContext): Promise<ExecutionResult>;
  close(): Promise<void>;
}
