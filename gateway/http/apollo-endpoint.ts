import '../plan/silence-apollo.js';
import { ApolloServer, type ApolloServerOptionsWithGateway } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import { type DocumentLimits, limitDocuments } from './document-limits.js';
import { formatError } from './format-error.js';
import type { GatewayContext } from './gateway-context.js';
import { observeRequests } from './observe-requests.js';

export interface EndpointOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly logger: Logger;
  readonly limits: DocumentLimits & { readonly maxTokens: number };
}

/** The GraphQL endpoint, started: parses, validates and limits documents, and hands them to the executor. */
export async function startEndpoint(options: EndpointOptions): Promise<ApolloServer<GatewayContext>> {
  const { executor, observer, logger, limits } = options;
  const server = new ApolloServer<GatewayContext>({
    gateway: asApolloGateway(executor),
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.maxTokens },
    maxRecursiveSelections: true,
    validationRules: [limitDocuments(limits)],
    logger,
    formatError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      observeRequests(observer),
    ],
  });
  await server.start();
  return server;
}

type ApolloGateway = ApolloServerOptionsWithGateway<GatewayContext>['gateway'];

/** Our executor behind the interface that Apollo Server has for gateways. */
function asApolloGateway(executor: Executor): ApolloGateway {
  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: executor.apiSchema, coreSupergraphSdl: executor.supergraphSdl });
      return () => undefined;
    },
    load: async () => ({
      executor: ({ document, queryHash, request, context }) =>
        executor.execute(
          {
            document,
            documentId: queryHash,
            operationName: request.operationName,
            variables: request.variables ?? {},
          },
          (context as GatewayContext).call,
        ),
    }),
    // Whoever made the executor closes it.
    stop: async () => undefined,
  };
}
