import '../plan/silence-apollo.js';
import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import { DataText, type FormattedAnswer, stringifyAnswer } from './answer-text.js';
import type { DocumentStore } from './document-store.js';
import type { GatewayContext } from './gateway-context.js';
import { observeRequests } from './observe-requests.js';
import { exceedLimits, type OperationLimits } from './operation-limits.js';
import { formatError } from './refusals/format-error.js';

interface EndpointOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly documents: DocumentStore;
  readonly logger: Logger;
  readonly limits: OperationLimits & { readonly maxTokens: number };
}

/** The GraphQL endpoint, started: parses, validates and limits documents, and hands them to the executor. */
export async function startEndpoint(options: EndpointOptions): Promise<ApolloServer<GatewayContext>> {
  const { executor, observer, documents, logger, limits } = options;
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
    logger,
    formatError,
    documentStore: documents.cache,
    stringifyResult: (result) => stringifyAnswer(result as FormattedAnswer),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      observeRequests(observer),
      limitOperations(limits),
      hideSuggestions(),
    ],
  });
  await server.start();
  return server;
}

/** Refuses operations beyond the limits; other operations of a document do not count. */
function limitOperations(limits: OperationLimits): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation, document }) => {
        const refused = operation && exceedLimits(operation, document, limits);
        if (!refused) return;
        const { message, extensions } = refused;
        // Apollo Server takes `http` out again.
        throw new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
      },
    }),
  };
}

const SUGGESTION = / Did you mean [^?]*\?/g;

/** Whoever may not ask for the schema does not learn its names from what is said of his mistakes. */
function hideSuggestions(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async ({ contextValue: { asking } }) => ({
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind !== 'single' || asking.rules.may('introspect')) return;
        const { singleResult } = body;
        if (singleResult.errors === undefined) return;
        singleResult.errors = singleResult.errors.map((error) => ({
          ...error,
          message: error.message.replace(SUGGESTION, ''),
        }));
      },
    }),
  };
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
      executor: async ({ document, queryHash, request, context }) => {
        const answer = await executor.execute(
          {
            document,
            documentId: queryHash,
            operationName: request.operationName,
            variables: request.variables ?? {},
          },
          (context as GatewayContext).call,
          (context as GatewayContext).asking,
        );
        const { errors } = answer;
        if (answer.kind === 'refused') return { errors };
        // Apollo Server does not look into the data; `stringifyResult` takes the text out again.
        const data = (answer.data === 'null' ? null : new DataText(answer.data)) as Record<
          string,
          unknown
        > | null;
        return {
          data,
          ...(errors.length > 0 && { errors }),
          ...(answer.coverage !== null && { extensions: { coverage: answer.coverage } }),
        };
      },
    }),
    // The executor is closed where it was made.
    stop: async () => undefined,
  };
}
