import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { OperationDefinitionNode } from 'graphql';
import { isAbsent } from '../../subgraphs/port/interface-outcome.js';
import type { AnswerCoverage } from '../execute/answer-coverage.js';
import type { ExecutedAnswer } from '../execute/executor.js';
import type { GatewayObserver, RequestEvent } from '../observe/gateway-observer.js';
import type { DocumentStore } from './document-store.js';
import type { GatewayContext } from './gateway-context.js';
import { isRefusal } from './refusals/format-error.js';

/** Tells the observer how every GraphQL request ended. */
export function observeRequests(
  observer: Pick<GatewayObserver, 'request' | 'hiddenError'>,
  documents: Pick<DocumentStore, 'find'>,
): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async ({ contextValue: { call, receivedAt, cost, asking } }) => ({
      didEncounterErrors: async ({ errors }) => {
        // Errors of the execution carry a code already and were told where they happened.
        const { requestId } = call;
        for (const error of errors.filter(({ extensions }) => extensions.code === undefined)) {
          observer.hiddenError({ requestId, subgraph: null, code: 'INTERNAL', error });
        }
      },
      willSendResponse: async ({ operation, operationName, response, source }) => {
        if (response.body.kind !== 'single') return;
        const { data, errors = [], extensions } = response.body.singleResult;
        observer.request({
          requestId: call.requestId,
          operationName: operationName ?? null,
          registeredName: documents.find(source ?? '')?.registeredName ?? null,
          operationType: operation?.operation ?? null,
          outcome: outcomeOf(data, errors),
          tookMs: performance.now() - receivedAt,
          errorCodes: errors.map(({ extensions }) => String(extensions?.code)),
          caller: asking.asker?.caller.name ?? null,
          role: asking.asker?.caller.role ?? null,
          missing: missingIn(extensions?.coverage as AnswerCoverage | undefined),
          cost: cost(),
          ...(call.trail !== undefined && { trail: call.trail }),
        });
      },
    }),
  };
}

interface AnsweredOperation {
  readonly definition: OperationDefinitionNode;
  readonly registeredName: string | null;
}

/** What the observer is told of an answer that Apollo Server had no part in. */
export function describeAnswer(
  { definition: { name, operation }, registeredName }: AnsweredOperation,
  { data, errors, coverage }: Pick<ExecutedAnswer, 'data' | 'errors' | 'coverage'>,
  { call, receivedAt, cost, asking }: GatewayContext,
): RequestEvent {
  return {
    requestId: call.requestId,
    operationName: name?.value ?? null,
    registeredName,
    operationType: operation,
    outcome: outcomeOf(data === 'null' ? null : data, errors),
    tookMs: performance.now() - receivedAt,
    errorCodes: errors.map(({ extensions }) => String(extensions.code)),
    caller: asking.asker?.caller.name ?? null,
    role: asking.asker?.caller.role ?? null,
    missing: missingIn(coverage),
    cost: cost(),
    ...(call.trail !== undefined && { trail: call.trail }),
  };
}

/** What the observer is told of a request that was refused before its operation was known. */
export function describeRefusal(
  { id: requestId, receivedAt, admitted }: FastifyRequest,
  code: unknown,
): RequestEvent {
  return {
    requestId,
    operationName: null,
    registeredName: null,
    operationType: null,
    outcome: 'refused',
    tookMs: performance.now() - receivedAt,
    errorCodes: [String(code)],
    caller: admitted?.identity?.caller.name ?? null,
    role: admitted?.identity?.caller.role ?? null,
    missing: [],
    cost: null,
  };
}

function missingIn(coverage: AnswerCoverage | null | undefined): readonly string[] {
  return (coverage?.interfaces ?? []).filter(isAbsent).map(({ interface: name }) => name);
}

function outcomeOf(
  data: unknown,
  errors: readonly { readonly extensions?: { readonly code?: unknown } }[],
): RequestEvent['outcome'] {
  if (errors.length === 0) return 'ok';
  if (data !== undefined && data !== null) return 'partial';
  return errors.every(({ extensions }) => isRefusal(extensions?.code)) ? 'refused' : 'failed';
}
