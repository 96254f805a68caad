import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { OpenCall } from '../../runtime/call/open-call.js';
import { ANSWER_RESERVE_MS } from '../../runtime/call/request-deadline.js';
import type { Clock } from '../../runtime/clock.js';
import { answerKey } from '../execute/answer-key.js';
import type { Executor } from '../execute/executor.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { admittedOf } from './admit-callers.js';
import { askApollo } from './ask-apollo.js';
import { askedDeadline } from './asked-deadline.js';
import { type AllowedOrigins, allowOrigin, answerOptions } from './cors.js';
import { findDirect, sendDirect, sendKept } from './direct-answer.js';
import type { DocumentStore } from './document-store.js';
import type { GatewayContext } from './gateway-context.js';
import { createKeptAnswers, type StandingReader } from './kept-answers.js';
import { judgeAsked } from './limits/judge-asked.js';
import { describeAnswer } from './observe-requests.js';
import { sendHttpError } from './refusals/http-errors.js';
import { nameRefusal } from './refusals/refusal-body.js';
import { refuseAsked } from './refusals/refuse-asked.js';
import type { RequestLimits } from './request-limits.js';

interface GraphqlOptions {
  readonly executor: Executor;
  readonly endpoint: ApolloServer<GatewayContext>;
  readonly documents: DocumentStore;
  readonly observer: GatewayObserver;
  readonly clock: Clock;
  readonly limits: RequestLimits;
  readonly allowedOrigins: AllowedOrigins;
  /** Absent: nothing is known of what answers rest on, and none is given again. */
  readonly standing?: StandingReader;
}

const METHODS = ['POST', 'OPTIONS'];

/** What the log and metrics are told of an answer that was given again. */
const NOTHING_NEW = { data: '{}', errors: [] };

/** Whoever names the answer that he has wants another one only if something has changed. */
function isPoll({ headers }: FastifyRequest): boolean {
  return headers['if-none-match'] !== undefined;
}

/** `POST /graphql`; `OPTIONS` of every path. */
export function serveGraphql(app: FastifyInstance, options: GraphqlOptions): void {
  const { executor, endpoint, documents, observer, limits, allowedOrigins, standing } = options;
  const kept = standing === undefined ? null : createKeptAnswers(standing);
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: GraphQLError): FastifyReply =>
    refuseAsked({ request, reply, error, observer, maxLength: limits.errorLength });
  app.post('/graphql', {
    onRequest: (request, reply, done) => {
      allowOrigin(request, reply, allowedOrigins);
      done();
    },
    onSend: async (request, _, payload) => nameRefusal(payload, request.id),
    handler: async (request, reply) => {
      const direct = findDirect(request, documents);
      if (direct !== null) {
        if (direct.refused !== null) return refuse(request, reply, direct.refused);
        const context = openContext(request, reply, options);
        const key = kept === null ? null : answerKey(direct.operation, context.call, context.rules);
        const known = key === null || !isPoll(request) ? null : (kept?.find(key) ?? null);
        if (known !== null) {
          observer.request(describeAnswer(direct.definition, NOTHING_NEW, context));
          return sendKept(request, reply, direct, known);
        }
        const answer = await executor.execute(direct.operation, context.call, context.rules);
        // Apollo Server words refusals.
        if (answer.kind === 'executed') {
          observer.request(describeAnswer(direct.definition, answer, context));
          const fresh = key === null ? null : (kept?.keep(key, answer) ?? null);
          return fresh === null ? sendDirect(reply, direct, answer) : sendKept(request, reply, direct, fresh);
        }
      } else {
        const beyond = judgeAsked(request.body, documents, limits);
        if (beyond !== null) return refuse(request, reply, beyond);
      }
      return askApollo(endpoint, request, reply, () => openContext(request, reply, options));
    },
  });
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => sendHttpError(reply.header('allow', METHODS.join(', ')), 405),
  });
  app.options('*', (request, reply) => {
    const methods = methodsOf(app, request.url);
    if (methods.length === 0) return sendHttpError(reply, 404);
    return answerOptions(request, reply, { methods, allowed: allowedOrigins });
  });
}

/** The methods of a path; none where there is nothing. */
function methodsOf(app: FastifyInstance, url: string): readonly string[] {
  const [path = ''] = url.split('?', 1);
  if (path === '/graphql' || path === '/export') return METHODS;
  if (path === '*') return ['GET', 'HEAD', ...METHODS];
  return app.findRoute({ url: path, method: 'GET' }) === null ? [] : ['GET', 'HEAD', 'OPTIONS'];
}

function openContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, limits }: GraphqlOptions,
): GatewayContext {
  const { id: requestId, receivedAt } = request;
  const { caller, rules } = admittedOf(request);
  const { deadlineMs, applied } = askedDeadline(request.headers.prefer, limits.deadline);
  if (applied !== null) void reply.header('preference-applied', applied);
  const leftMs = Math.floor(deadlineMs - ANSWER_RESERVE_MS - (performance.now() - receivedAt));
  const call = new OpenCall({ requestId, caller, today: clock.today() }, leftMs, Date.now() + leftMs);
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) call.end();
    else call.leave();
  });
  return { receivedAt, call, rules };
}
