import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import mercurius from 'mercurius';
import type { CallContext } from '../../runtime/call/call-context.js';
import { CALLER_HEADER, type Caller, decodeCaller } from '../../runtime/call/caller.js';
import { decodeLane, LANE_HEADER } from '../../runtime/call/lane.js';
import { LONGEST_DEADLINE_MS, USUAL_DEADLINE } from '../../runtime/call/request-deadline.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import type { Clock } from '../../runtime/clock.js';
import { publicError } from '../../runtime/errors.js';
import { withNotes } from './answer-notes.js';

/** One subgraph as an HTTP server of its own: `POST /graphql`, `GET /health/live`. */
export async function createSubgraphServer(schema: GraphQLSchema, clock: Clock): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 16 * 1024 * 1024 });
  app.get('/health/live', () => ({ status: 'ok' }));
  await app.register(mercurius, {
    schema,
    path: '/graphql',
    graphiql: false,
    context: (request) => contextOf(request, clock),
    // Errors of fields are data of the answer; the gateway wants them under status 200.
    errorFormatter: (execution) => ({ statusCode: 200, response: execution }),
  });
  app.graphql.addHook('onResolution', async (execution, context) => {
    Object.assign(execution, withNotes(execution, context as unknown as CallContext));
  });
  return app;
}

/** @throws BAD_USER_INPUT where nobody can be told from the header: such a call must not count as anybody's. */
function readCaller(header: string | string[] | undefined): Caller {
  const caller = typeof header === 'object' ? null : decodeCaller(header);
  if (caller !== null) return caller;
  throw publicError(
    'BAD_USER_INPUT',
    `${CALLER_HEADER} 不是可识别的调用者。${CALLER_HEADER} must name a caller.`,
  );
}

function contextOf(request: FastifyRequest, clock: Clock): CallContext & Record<string, unknown> {
  const left = new AbortController();
  request.raw.on('close', () => {
    if (!request.raw.complete) left.abort();
  });
  const asked = Number(request.headers['x-deadline-ms']);
  const budgetMs =
    Number.isFinite(asked) && asked > 0 ? Math.min(asked, LONGEST_DEADLINE_MS) : USUAL_DEADLINE.defaultMs;
  const requestId = request.headers['x-request-id'];
  return {
    caller: readCaller(request.headers[CALLER_HEADER]),
    requestId: typeof requestId === 'string' ? requestId : request.id,
    signal: sharedSignal(left.signal, AbortSignal.timeout(budgetMs)),
    deadline: Date.now() + budgetMs,
    lane: decodeLane(request.headers[LANE_HEADER]),
    today: clock.today(),
  };
}
