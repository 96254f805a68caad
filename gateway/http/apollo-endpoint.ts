import '../plan/silence-apollo.js';
import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { recordRefusals } from '../audit/record-refusals.js';
import type { Recorder } from '../audit/recorder.js';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { Logger } from '../observe/logger.js';
import { DataText, extensionsOf, type FormattedAnswer, stringifyAnswer } from './answer-text.js';
import type { DocumentStore } from './document-store.js';
import type { GatewayContext } from './gateway-context.js';
import { observeRequests } from './observe-requests.js';
import { formatErrors } from './refusals/format-error.js';
import type { LimitValues } from './request-limits.js';

interface EndpointOptions {
  readonly executor: Executor;
  readonly observer: GatewayObserver;
  readonly documents: DocumentStore;
  readonly logger: Logger;
  readonly limits: Pick<LimitValues, 'tokens' | 'errors' | 'errorLength'>;
  readonly recorder?: Recorder;
}

/** The GraphQL endpoint, started: parses and validates documents within the limits, and hands them to the executor. */
export async function startEndpoint(options: EndpointOptions): Promise<ApolloServer<GatewayContext>> {
  const { executor, observer, documents, logger, limits, recorder } = options;
  const server = new ApolloServer<GatewayContext>({
    gateway: asApolloGateway(executor),
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: limits.tokens },
    maxRecursiveSelections: true,
    logger,
    formatError: formatErrors(limits.errorLength),
    documentStore: documents.cache,
    stringifyResult: (result) => stringifyAnswer(result as FormattedAnswer),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      observeRequests(observer, documents),
      ...(recorder === undefined ? [] : [recordRefusals(recorder)]),
      hideSuggestions(),
      reportSome(limits.errors),
    ],
  });
  await server.start();
  return server;
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

/** Of a document's many mistakes the first are told. */
function reportSome(most: number): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
        if (body.singleResult.errors.length > most)
          body.singleResult.errors = body.singleResult.errors.slice(0, most);
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
        (context as GatewayContext).tellCost(answer.cost);
        const { errors } = answer;
        if (answer.kind === 'refused') return { errors };
        const extensions = extensionsOf(answer);
        // Apollo Server does not look into the data; `stringifyResult` takes the text out again.
        const data = (answer.data === 'null' ? null : new DataText(String(answer.data))) as Record<
          string,
          unknown
        > | null;
        return {
          data,
          ...(errors.length > 0 && { errors }),
          ...(extensions !== undefined && { extensions }),
        };
      },
    }),
    // The executor is closed where it was made.
    stop: async () => undefined,
  };
}
