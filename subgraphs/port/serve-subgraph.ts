import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import type { CallContext } from '../../runtime/call/call-context.js';
import { CALLER_HEADER, type Caller, decodeCaller, withoutHands } from '../../runtime/call/caller.js';
import { decodeLane, LANE_HEADER } from '../../runtime/call/lane.js';
import { LONGEST_DEADLINE_MS, USUAL_DEADLINE } from '../../runtime/call/request-deadline.js';
import { RequestTrail } from '../../runtime/call/request-trail.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import type { Clock } from '../../runtime/clock.js';
import type { Secret } from '../../runtime/config/secret.js';
import { ERROR_CATALOGUE, publicError } from '../../runtime/errors.js';
import { withNotes } from './answer-notes.js';
import { CALLS_EXTENSION, TELL_CALLS_HEADER, tellCalls } from './told-calls.js';

const LIVE_PATH = '/health/live';

interface ServerOptions {
  /** Nobody is answered who does not send it as `authorization: Bearer …`. Default: everybody is. */
  readonly key?: Secret;
  /** Who calls must be signed by it; nobody is answered whose header is not. Default: the header is believed. */
  readonly callerKey?: Secret;
  /** Whether callers may change something, where whoever asks says so. Default: where they are signed. */
  readonly takesHands?: boolean;
  /** Whether a gateway that asks for it is told the calls to sources. Default: it is not. */
  readonly tellsCalls?: boolean;
}

/** One subgraph as an HTTP server of its own: `POST /graphql`, `GET /health/live`. */
export async function createSubgraphServer(
  schema: GraphQLSchema,
  clock: Clock,
  { key, callerKey, takesHands = callerKey !== undefined, tellsCalls = false }: ServerOptions = {},
): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 16 * 1024 * 1024 });
  if (key !== undefined) {
    app.addHook('onRequest', async ({ url, headers }, reply) => {
      if (url === LIVE_PATH || bearsKey(headers.authorization, key)) return;
      const error = publicError('COUNTY_KEY_REFUSED');
      await reply.status(ERROR_CATALOGUE.COUNTY_KEY_REFUSED.httpStatus).send({ errors: [error.toJSON()] });
    });
  }
  app.get(LIVE_PATH, () => ({ status: 'ok' }));
  await app.register(mercurius, {
    schema,
    path: '/graphql',
    graphiql: false,
    context: (request) => {
      const told = contextOf(request, clock, callerKey);
      const context = takesHands ? told : { ...told, caller: withoutHands(told.caller) };
      const isTold = tellsCalls && request.headers[TELL_CALLS_HEADER] !== undefined;
      return isTold ? { ...context, trail: new RequestTrail() } : context;
    },
    // Errors of fields are data of the answer; the gateway wants them under status 200.
    errorFormatter: (execution) => ({ statusCode: 200, response: execution }),
  });
  app.graphql.addHook('onResolution', async (execution, context) => {
    const call = context as unknown as CallContext;
    Object.assign(execution, withCalls(withNotes(execution, call), call));
  });
  return app;
}

function withCalls(result: ExecutionResult, { trail }: CallContext): ExecutionResult {
  const told = trail === undefined ? null : tellCalls(trail);
  return told === null
    ? result
    : { ...result, extensions: { ...result.extensions, [CALLS_EXTENSION]: told } };
}

/** Takes the same time whatever is wrong with the key: digests are equally long. */
function bearsKey(header: string | undefined, key: Secret): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${key.reveal()}`));
}

/** @throws BAD_USER_INPUT where nobody can be told from the header: such a call must not count as anybody's. */
function readCaller(header: string | string[] | undefined, callerKey: Secret | undefined): Caller {
  const caller = typeof header === 'object' ? null : decodeCaller(header, callerKey);
  if (caller !== null) return caller;
  throw publicError(
    'BAD_USER_INPUT',
    `${CALLER_HEADER} 不是可识别的调用者。${CALLER_HEADER} must name a caller.`,
  );
}

function contextOf(
  request: FastifyRequest,
  clock: Clock,
  callerKey: Secret | undefined,
): CallContext & Record<string, unknown> {
  const left = new AbortController();
  request.raw.on('close', () => {
    if (!request.raw.complete) left.abort();
  });
  const asked = Number(request.headers['x-deadline-ms']);
  const budgetMs =
    Number.isFinite(asked) && asked > 0 ? Math.min(asked, LONGEST_DEADLINE_MS) : USUAL_DEADLINE.defaultMs;
  const requestId = request.headers['x-request-id'];
  return {
    caller: readCaller(request.headers[CALLER_HEADER], callerKey),
    requestId: typeof requestId === 'string' ? requestId : request.id,
    signal: sharedSignal(left.signal, AbortSignal.timeout(budgetMs)),
    deadline: Date.now() + budgetMs,
    lane: decodeLane(request.headers[LANE_HEADER]),
    today: clock.today(),
  };
}
