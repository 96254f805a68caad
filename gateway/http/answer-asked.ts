import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import { OpenCall } from '../../runtime/call/open-call.js';
import { ANSWER_RESERVE_MS } from '../../runtime/call/request-deadline.js';
import { RequestTrail } from '../../runtime/call/request-trail.js';
import type { Clock } from '../../runtime/clock.js';
import { refusal } from '../../runtime/errors.js';
import { describeRepeated } from '../audit/audit-answers.js';
import type { Recorder } from '../audit/recorder.js';
import { answerKey } from '../execute/answer-key.js';
import type { Executor, OperationRequest } from '../execute/executor.js';
import { noteKept } from '../execute/note-answers.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { markRequest } from '../observe/traces/trace-context.js';
import type { Admission, Leave, WorkKind } from './admission/admission.js';
import { retryAfter } from './admission/shed-early.js';
import { waitForTurn } from './admission/take-turn.js';
import { admittedOf, askingOf } from './admit-callers.js';
import { askApollo } from './ask-apollo.js';
import { askedDeadline } from './asked-deadline.js';
import { findDirect, sendDirect, sendKept } from './direct-answer.js';
import type { DocumentStore } from './document-store.js';
import type { GatewayContext } from './gateway-context.js';
import { createKeptAnswers, type KeptAnswer, type KeptAnswers, type StandingReader } from './kept-answers.js';
import { judgeAsked } from './limits/judge-asked.js';
import { isLimit } from './limits/limit-error.js';
import { describeAnswer } from './observe-requests.js';
import { sendHttpError } from './refusals/http-errors.js';
import { refuseAsked } from './refusals/refuse-asked.js';
import type { RequestLimits } from './request-limits.js';
import type { SharedTags } from './shared-tags.js';

export interface AnswererOptions {
  readonly executor: Executor;
  readonly endpoint: ApolloServer<GatewayContext>;
  readonly documents: DocumentStore;
  readonly observer: GatewayObserver;
  readonly clock: Clock;
  readonly limits: RequestLimits;
  readonly admission: Admission;
  /** Absent: nothing is known of what answers rest on, and none is given again. */
  readonly standing?: StandingReader;
  /** What other machines tell of their answers. Absent: there are none. */
  readonly sharedTags?: SharedTags;
  readonly recorder?: Recorder;
  /** Whether it is noted how requests go. */
  readonly isNoted: boolean;
  /** Share of traces that are recorded; absent: no traces are made. */
  readonly traceRatio?: number;
}

/** Answers GraphQL requests, however they came. */
export interface Answerer {
  /**
   * @param asked what the body of a POST says, or would say.
   * @param serves whether mutations are carried out too. Default: they are.
   */
  answer(
    request: FastifyRequest,
    reply: FastifyReply,
    asked: unknown,
    serves?: 'queries' | 'everything',
  ): Promise<FastifyReply>;
  /** @param status absent: that of the error's code. */
  refuse(request: FastifyRequest, reply: FastifyReply, error: GraphQLError, status?: number): FastifyReply;
}

/** What the log and metrics are told of an answer that was given again. */
const NOTHING_NEW = { data: '{}', errors: [], coverage: null };

/** Whoever names the answer that he has wants another one only if something has changed. */
function isPoll({ headers }: FastifyRequest): boolean {
  return headers['if-none-match'] !== undefined;
}

export function createAnswerer(options: AnswererOptions): Answerer {
  const { executor, endpoint, documents, observer, limits, standing } = options;
  const kept = standing === undefined ? null : createKeptAnswers(standing, options.sharedTags);
  const send = (request: FastifyRequest, reply: FastifyReply, error: GraphQLError, status?: number) =>
    refuseAsked({
      request,
      reply,
      error,
      observer,
      maxLength: limits.errorLength,
      ...(status !== undefined && { status }),
    });
  const refuse: Answerer['refuse'] = (request, reply, error, status) => {
    const { asker } = askingOf(request, admittedOf(request));
    if (asker !== null) options.recorder?.turnedAway({ ...asker, reason: String(error.extensions.code) });
    return send(request, reply, error, status);
  };
  const viaApollo = (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: unknown,
    leave: Leave,
  ): Promise<FastifyReply> =>
    askApollo(endpoint, request.headers, asked, reply, () => {
      const context = openContext(request, reply, options);
      context.call.onStalled(leave);
      return context;
    });
  /** Does the work once there is room for it, within the request's time. */
  const inTurn = async (
    request: FastifyRequest,
    reply: FastifyReply,
    kind: WorkKind,
    work: (leave: Leave) => Promise<FastifyReply>,
  ): Promise<FastifyReply> => {
    const turn = waitForTurn(options.admission, request, reply, kind);
    const leave = turn instanceof Promise ? await turn : turn;
    if (leave === null || (turn instanceof Promise && isLate(request, limits))) {
      leave?.();
      return send(request, reply.header('retry-after', retryAfter()), refusal('OVERLOADED'));
    }
    try {
      return await work(leave);
    } finally {
      leave();
    }
  };
  return {
    refuse,
    answer: async (request, reply, asked, serves = 'everything') => {
      const direct = findDirect(request, asked, documents);
      if (direct === null) {
        return inTurn(request, reply, kindOf(asked, documents), async (leave) => {
          const { refused, operation } = judgeAsked(asked, documents, limits);
          if (refused !== null) return refuse(request, reply, refused);
          if (serves === 'queries' && isMutation(operation)) return refuseMethod(reply);
          return viaApollo(request, reply, asked, leave);
        });
      }
      if (direct.refused !== null) return refuse(request, reply, direct.refused);
      if (serves === 'queries' && isMutation(direct.definition)) return refuseMethod(reply);
      const context = openContext(request, reply, options);
      const { rules, asker } = context.asking;
      // What is shown whole for a reason is asked for, and recorded, anew each time.
      const isKept = kept !== null && (asker?.unmaskReason ?? null) === null;
      const key = isKept ? answerKey(direct.operation, context.call, rules) : null;
      const known =
        key === null || kept === null || !isPoll(request) ? null : await findKept(kept, key, request);
      if (known !== null) {
        const unrecorded = await recordRepeated(options, direct, known, context);
        if (unrecorded !== null) return sendHttpError(reply, 503);
        context.tellCost(known.cost);
        noteKept(context.call, direct.operation);
        observer.request(describeAnswer(direct, NOTHING_NEW, context));
        return sendKept(request, reply, direct, known);
      }
      return inTurn(
        request,
        reply,
        direct.registeredName !== null ? 'registered' : 'known',
        async (leave) => {
          context.call.onStalled(leave);
          const answer = await executor.execute(direct.operation, context.call, context.asking);
          context.tellCost(answer.cost);
          const [refused] = answer.kind === 'refused' ? answer.errors : [];
          if (refused !== undefined && isLimit(refused)) return refuse(request, reply, refused);
          // Apollo Server words other refusals.
          if (answer.kind === 'refused') return viaApollo(request, reply, asked, leave);
          observer.request(describeAnswer(direct, answer, context));
          const fresh = key === null ? null : (kept?.keep(key, answer) ?? null);
          return fresh === null ? sendDirect(reply, direct, answer) : sendKept(request, reply, direct, fresh);
        },
      );
    },
  };
}

/** Whether what a body asks was asked before; a body that is not as it must be is refused at little cost. */
function kindOf(asked: unknown, documents: DocumentStore): WorkKind {
  const query = typeof asked === 'object' && asked !== null && 'query' in asked ? asked.query : undefined;
  if (typeof query !== 'string') return 'known';
  const known = documents.find(query);
  if (known === undefined) return 'new';
  return known.registeredName !== null ? 'registered' : 'known';
}

/** What cannot be answered in time is not begun. */
function isLate({ headers, receivedAt }: FastifyRequest, { deadline }: RequestLimits): boolean {
  const { deadlineMs } = askedDeadline(headers.prefer, deadline);
  return performance.now() - receivedAt >= deadlineMs - ANSWER_RESERVE_MS;
}

async function findKept(
  kept: KeptAnswers,
  key: string,
  { headers }: FastifyRequest,
): Promise<KeptAnswer | null> {
  return kept.find(key) ?? (await kept.findElsewhere(key, headers['if-none-match']));
}

/** Whoever polls looks as well. @returns why nothing may be answered; null: it may. */
async function recordRepeated(
  { recorder }: AnswererOptions,
  { operation }: { readonly operation: OperationRequest },
  { cost }: Pick<KeptAnswer, 'cost'>,
  { asking: { asker }, receivedAt }: GatewayContext,
): Promise<GraphQLError | null> {
  if (recorder === undefined || asker === null) return null;
  return recorder.answered(asker, describeRepeated(operation, cost, performance.now() - receivedAt));
}

function isMutation(operation: OperationDefinitionNode | null): boolean {
  return operation?.operation === OperationTypeNode.MUTATION;
}

function refuseMethod(reply: FastifyReply): Promise<FastifyReply> {
  return sendHttpError(reply.header('allow', 'POST, OPTIONS'), 405);
}

function openContext(
  request: FastifyRequest,
  reply: FastifyReply,
  { clock, limits, isNoted, traceRatio }: AnswererOptions,
): GatewayContext {
  const { id: requestId, receivedAt } = request;
  const admitted = admittedOf(request);
  const { caller } = admitted;
  const { deadlineMs, applied } = askedDeadline(request.headers.prefer, limits.deadline);
  if (applied !== null) void reply.header('preference-applied', applied);
  const leftMs = Math.floor(deadlineMs - ANSWER_RESERVE_MS - (performance.now() - receivedAt));
  const identity = { requestId, caller, today: clock.today() };
  const trace = traceRatio === undefined ? null : markRequest(request.headers.traceparent, traceRatio);
  const call = new OpenCall(
    isNoted ? { ...identity, trail: new RequestTrail(receivedAt, trace) } : identity,
    leftMs,
    Date.now() + leftMs,
  );
  reply.raw.once('close', () => {
    if (reply.raw.writableFinished) call.end();
    else call.leave();
  });
  let told: number | null = null;
  const tellCost = (cost: number | undefined): void => {
    if (cost === undefined) return;
    told = cost;
    void reply.header('x-cost', cost);
  };
  return { receivedAt, call, asking: askingOf(request, admitted), cost: () => told, tellCost };
}
