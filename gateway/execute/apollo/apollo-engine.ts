import '../../plan/silence-apollo.js';
import type { ApolloGateway, ServiceEndpointDefinition } from '@apollo/gateway';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { publicError } from '../../../runtime/errors.js';
import { stringifyExact } from '../../../runtime/json/exact-json.js';
import type { SubgraphPort } from '../../../subgraphs/port/subgraph-port.js';
import { EVERYTHING_ALLOWED } from '../../access/authorise/access-rules.js';
import { readRequirements } from '../../access/requirements/read-requirements.js';
import { SupergraphInvalid } from '../../plan/supergraph-invalid.js';
import { sumUp } from '../answer-coverage.js';
import type { ExecutorOptions } from '../create-executor.js';
import { describeOperation } from '../described-operation.js';
import type { Answer, Executor, OperationRequest } from '../executor.js';
import { hideError } from '../hide-error.js';
import { readRequest } from '../read-request.js';
import { dataSourceOf, takeSaid } from './data-source.js';

type ApolloEngineOptions = Pick<ExecutorOptions, 'supergraphSdl' | 'subgraph' | 'observer'>;

/**
 * The reference: `@apollo/gateway` plans and executes, over the same subgraph ports. It is there to compare with, not to
 * serve callers: it plans in this thread and without a budget, and has the faults that `test/engines` lists.
 *
 * @throws {SupergraphInvalid}
 */
export async function createApolloEngine(options: ApolloEngineOptions): Promise<Executor> {
  const { supergraphSdl, subgraph, observer } = options;
  const { requirements } = readRequirements(supergraphSdl);
  if ([...requirements.values()].some(({ authenticated }) => authenticated)) {
    throw new SupergraphInvalid('it demands who asks, which this engine does not enforce');
  }
  const ports = new Map<string, SubgraphPort>();
  const { gateway, definitions } = await loadGateway(supergraphSdl, ports, observer);
  const { schema: apiSchema } = gateway;
  try {
    for (const { name, url = '' } of definitions) ports.set(name, subgraph({ name, url }));
    if (apiSchema === undefined) throw new Error('@apollo/gateway must have a schema once it is loaded');
  } catch (error) {
    await gateway.stop();
    throw error;
  }

  const carryOut = async (request: OperationRequest, context: CallContext): Promise<Answer> => {
    const { document, operationName, variables } = request;
    const described = describeOperation(document, operationName, apiSchema);
    if (described instanceof GraphQLError) return { kind: 'refused', errors: [described] };
    const read = readRequest(described, variables);
    if (read.kind === 'refused') return read;
    const { data = null, errors = [] } = await gateway.executor(
      requestContextOf(request, described.operation, apiSchema, context),
    );
    return {
      kind: 'executed',
      data: stringifyExact(data) ?? 'null',
      errors: errors.map((error) => hide(error, context)),
      coverage: sumUp(takeSaid(context), errors.length > 0),
      isTold: false,
    };
  };
  const hide = (error: unknown, { requestId }: CallContext): GraphQLError => {
    const { path, extensions = {} } = error instanceof GraphQLError ? error : {};
    const subgraphName = 'serviceName' in extensions ? String(extensions.serviceName) : null;
    return hideError(observer, error, { requestId, subgraph: subgraphName, path });
  };

  return {
    supergraphSdl,
    apiSchema,
    // It plans when it is asked.
    prepare: () => Promise.resolve(false),
    asked: () => [],
    subgraphs: [...ports.keys()],
    requirements,
    execute: async (request, context, asking) => {
      try {
        if ((asking?.rules ?? EVERYTHING_ALLOWED) !== EVERYTHING_ALLOWED) throw publicError('FORBIDDEN');
        return await carryOut(request, context);
      } catch (error) {
        return {
          kind: 'executed',
          data: 'null',
          errors: [hide(error, context)],
          coverage: null,
          isTold: false,
        };
      }
    },
    close: async () => {
      await gateway.stop();
      await Promise.all([...ports.values()].map((port) => port.close()));
    },
  };
}

interface LoadedGateway {
  readonly gateway: ApolloGateway;
  readonly definitions: readonly ServiceEndpointDefinition[];
}

/** @param ports filled once the names of the subgraphs are known. */
async function loadGateway(
  supergraphSdl: string,
  ports: ReadonlyMap<string, SubgraphPort>,
  observer: ApolloEngineOptions['observer'],
): Promise<LoadedGateway> {
  // Loaded on demand: it brings OpenTelemetry and an HTTP client that nothing else needs.
  const apollo = await import('@apollo/gateway');
  const definitions: ServiceEndpointDefinition[] = [];
  const gateway = new apollo.ApolloGateway({
    supergraphSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: SILENT,
    buildService: (definition) => {
      definitions.push(definition);
      return dataSourceOf(definition.name, ports, observer);
    },
  });
  try {
    await gateway.load();
  } catch (error) {
    throw new SupergraphInvalid(error instanceof Error ? error.message : String(error), error);
  }
  return { gateway, definitions };
}

function nothing(): void {}
/** It complains of subgraphs without a URL, which those in this process do not need. Its failures are thrown. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

type RequestContext = Parameters<ApolloGateway['executor']>[0];

/** A request as Apollo Server would describe it. */
function requestContextOf(
  { document, documentId, operationName, variables }: OperationRequest,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  context: CallContext,
): RequestContext {
  return {
    request: { variables: { ...variables }, ...(operationName !== undefined && { operationName }) },
    operationName: operationName ?? null,
    operation,
    document,
    source: document.loc?.source.body ?? '',
    queryHash: documentId,
    schema,
    schemaHash: '' as RequestContext['schemaHash'],
    context,
    cache: NO_CACHE,
    logger: SILENT,
    metrics: { captureTraces: false },
    overallCachePolicy: undefined,
  };
}

const NO_CACHE: RequestContext['cache'] = {
  get: async () => undefined,
  set: async () => undefined,
  delete: async () => undefined,
};
