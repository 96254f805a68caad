import '../plan/silence-apollo.js';
import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import { type ExecutionResult, GraphQLError, getVariableValues, OperationTypeNode } from 'graphql';
import { type CallContext, remainingMs } from '../../subgraphs/call-context.js';
import { publicError } from '../../subgraphs/errors.js';
import type { SubgraphPort } from '../../subgraphs/subgraph-port.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { createPlanner } from '../plan/planner.js';
import { type LoadedSupergraph, loadSupergraph, type SubgraphDefinition } from '../plan/supergraph.js';
import type { Executor, OperationRequest } from './executor.js';
import { createPlanRun, type PlanRun } from './plan-run.js';
import { toPublicError } from './public-error.js';

export interface ExecutorOptions {
  readonly supergraphSdl: string;
  /** Called once per subgraph of the supergraph; throws when it has none for it. */
  readonly subgraph: (definition: SubgraphDefinition) => SubgraphPort;
  readonly observer: Pick<GatewayObserver, 'plan' | 'subgraphCall' | 'hiddenError'>;
}

/**
 * An executor that has `@apollo/gateway` carry the plans out. Nothing of Apollo's shows in its interface.
 *
 * @throws {SupergraphInvalid}
 */
export function createExecutor({ supergraphSdl, subgraph, observer }: ExecutorOptions): Executor {
  const supergraph = loadSupergraph(supergraphSdl);
  const planner = createPlanner(supergraph, observer);
  const ports = new Map(supergraph.subgraphs.map((definition) => [definition.name, subgraph(definition)]));

  const carryOut = async (request: OperationRequest, context: CallContext): Promise<ExecutionResult> => {
    const refusal = refuseOperation(request, supergraph);
    if (refusal !== null) return { errors: refusal };
    const { queryPlan, stepsAfter } = planner.plan(request);
    if (remainingMs(context) === 0) return { data: null, errors: [publicError('REQUEST_TIMEOUT')] };
    const run = createPlanRun(context, stepsAfter, observer);
    const result = await executeQueryPlan(
      queryPlan,
      dataSources(ports, run),
      apolloRequest(request),
      operationContext(request, supergraph),
      supergraph.internals.supergraphSchema,
      supergraph.internals.apiSchema,
    );
    return publicResult(result, run, (error) => hide(error, context));
  };

  const hide = (error: unknown, context: CallContext): GraphQLError => {
    const path = error instanceof GraphQLError ? error.path : undefined;
    const shown = toPublicError(error, { requestId: context.requestId, subgraph: null, path });
    const code = String(shown.extensions.code);
    observer.hiddenError({ requestId: context.requestId, subgraph: null, code, error });
    return shown;
  };

  return {
    supergraphSdl,
    apiSchema: supergraph.apiSchema,
    subgraphs: [...ports.keys()],
    execute: async (request, context) => {
      try {
        return await carryOut(request, context);
      } catch (error) {
        return { data: null, errors: [hide(error, context)] };
      }
    },
    close: async () => {
      await Promise.all([...ports.values()].map((port) => port.close()));
    },
  };
}

/** Errors of the variables, as graphql-js words them; they name nothing that the caller did not send. */
function refuseOperation(
  request: OperationRequest,
  supergraph: LoadedSupergraph,
): readonly GraphQLError[] | null {
  const { operation } = operationContext(request, supergraph);
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
    return [publicError('BAD_USER_INPUT', '不支持订阅操作。Subscriptions are not served.')];
  }
  const definitions = operation.variableDefinitions ?? [];
  const { errors } = getVariableValues(supergraph.apiSchema, definitions, request.variables);
  return errors ?? null;
}

function operationContext(request: OperationRequest, supergraph: LoadedSupergraph) {
  return buildOperationContext({
    schema: supergraph.apiSchema,
    operationDocument: request.document,
    ...(request.operationName !== undefined && { operationName: request.operationName }),
  });
}

function dataSources(
  ports: ReadonlyMap<string, SubgraphPort>,
  run: PlanRun,
): Record<string, GraphQLDataSource> {
  const sources: Record<string, GraphQLDataSource> = Object.create(null);
  for (const [name, port] of ports) {
    sources[name] = {
      process: async (options) => {
        const { query, operationName, variables } = options.request;
        const data = await run.fetch(port, {
          operation: query ?? '',
          operationName,
          variables: variables ?? {},
          planPath: options.kind === 'incoming operation' ? (options.pathInIncomingRequest ?? []) : [],
        });
        // Errors stay with the run: it places them better than the plan's executor does.
        return { data };
      },
    };
  }
  return sources;
}

/** `executeQueryPlan` reads these few members of Apollo's request context and nothing else. */
function apolloRequest({ document, variables }: OperationRequest): Parameters<typeof executeQueryPlan>[2] {
  const context = { document, request: { variables }, context: {}, metrics: {} };
  return context as unknown as Parameters<typeof executeQueryPlan>[2];
}

function publicResult(
  { data, errors = [], extensions }: ExecutionResult,
  run: PlanRun,
  hide: (error: unknown) => GraphQLError,
): ExecutionResult {
  const all = [...run.errors, ...errors.map(hide)];
  // Fields that a subgraph left null without a reason although they must not be.
  const unexplained: unknown = extensions?.valueCompletion;
  if (all.length === 0 && Array.isArray(unexplained)) {
    for (const error of unexplained) {
      const path = error instanceof GraphQLError ? error.path : undefined;
      all.push(publicError('SUBGRAPH_MALFORMED', undefined, path === undefined ? {} : { path }));
    }
  }
  return { data: data ?? null, ...(all.length > 0 && { errors: all }) };
}
