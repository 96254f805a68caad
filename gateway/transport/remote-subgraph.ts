import { LRUCache } from 'lru-cache';
import { type CallContext, onCallOver, remainingMs } from '../../runtime/call/call-context.js';
import { CALLER_HEADER, callerKey, encodeCaller, withoutHands } from '../../runtime/call/caller.js';
import { LANE_HEADER } from '../../runtime/call/lane.js';
import { createSharedRuns } from '../../runtime/call/shared-runs.js';
import type { Secret } from '../../runtime/config/secret.js';
import { publicError } from '../../runtime/errors.js';
import { ACCEPTED_ENCODINGS } from '../../runtime/http/read-body.js';
import { stringifyExact } from '../../runtime/json/exact-json.js';
import type { SubgraphPort, SubgraphRequest, SubgraphResult } from '../../subgraphs/port/subgraph-port.js';
import { CALLS_EXTENSION, decodeCalls, TELL_CALLS_HEADER } from '../../subgraphs/port/told-calls.js';
import type { ExactPort, ExactRequest } from '../execute/exact-port.js';
import { formatTraceparent } from '../observe/traces/trace-context.js';
import { decodeAnswer } from './decode-answer.js';
import { Exchange, type Outcome } from './exchange.js';
import type { OriginPools } from './origin-pools.js';
import { createSubgraphGuard, type SubgraphGuard } from './subgraph-guard.js';
import { NO_ANSWER_IN_TIME, TransportFailure } from './transport-failure.js';

interface RemoteSubgraphOptions {
  readonly name: string;
  /** `http(s)://host[:port]/path` */
  readonly url: string;
  /** Shared by all subgraphs, and closed where they were made. */
  readonly pools: OriginPools;
  /** Size of one answer after decompression. Default 32 MiB. */
  readonly maxBytes?: number;
  /** Whether identical reads that run at the same time are sent once. Default true. */
  readonly sharesReads?: boolean;
  /** Sent as `authorization: Bearer …`. Default: nothing is. */
  readonly key?: Secret;
  /** Signs who calls, so that the subgraph believes it. Default: it is not signed. */
  readonly callerKey?: Secret;
  /** Where whoever uses the port keeps within bounds himself. Default: a guard of its own. */
  readonly guard?: SubgraphGuard;
}

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;
/** Of large answers of one subgraph under way; those of others have room beside them. */
const MOST_BYTES = 96 * 1024 * 1024;
/** Operations whose text is kept as JSON. */
const MAX_QUERIES = 1000;

/** Operations that may be sent twice, and shared. Any other text counts as a mutation. */
const READ = /^\s*(?:query\b|\{)/;

const NOTHING_SENT = { abort: () => undefined };

interface QueryText {
  readonly operationName: string | undefined;
  /** The body up to the variables. */
  readonly start: string;
  readonly startBytes: Buffer;
  readonly isRead: boolean;
}

/**
 * A subgraph behind HTTP.
 *
 * @throws {TypeError} when the URL is none that can be called.
 */
export function createRemoteSubgraph(options: RemoteSubgraphOptions): SubgraphPort & ExactPort {
  const { name, pools, maxBytes = DEFAULT_MAX_BYTES, sharesReads = true, key } = options;
  const { callerKey: signingKey, guard = createSubgraphGuard() } = options;
  const url = parseSubgraphUrl(name, options.url);
  const path = url.pathname + url.search;
  const credentials = key === undefined ? [] : ['authorization', `Bearer ${key.reveal()}`];
  const reads = createSharedRuns<Outcome>();
  const bytes = pools.bytes.part(MOST_BYTES);
  const queries = new LRUCache<string, QueryText>({ max: MAX_QUERIES });

  const textOf = ({ query, operationName }: SubgraphRequest): QueryText => {
    const known = queries.get(query);
    if (known !== undefined && known.operationName === operationName) return known;
    const named = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
    const start = `{"query":${JSON.stringify(query)},${named}"variables":`;
    const text = { operationName, start, startBytes: Buffer.from(start), isRead: READ.test(query) };
    queries.set(query, text);
    return text;
  };

  const send = (
    body: string | Buffer,
    isRead: boolean,
    context: CallContext,
    { settle, stalled }: { settle(outcome: Outcome): void; stalled(): void },
  ) => {
    const end = guard.begin(stalled);
    if (end instanceof TransportFailure) {
      queueMicrotask(() => settle(end));
      return NOTHING_SENT;
    }
    const headers = [...headersOf(context, isRead, signingKey), ...credentials];
    const exchange = new Exchange(
      pools.clientOf(url.origin),
      { path, headers, body, repeatable: isRead, maxBytes, bytes },
      (outcome) => {
        end(outcome);
        settle(outcome);
      },
    );
    exchange.send();
    return exchange;
  };

  return {
    name,
    keepsDigits: true,
    execute: (request: ExactRequest, context) =>
      new Promise((resolve) => {
        const text = textOf(request);
        const isRead = text.isRead && request.changes !== true;
        const body = bodyOf(text, request);
        if (body === null) {
          resolve(failure(new TransportFailure('SUBGRAPH_MALFORMED', 'values to send are nested too deep')));
          return;
        }
        const started = performance.now();
        let isShared = true;
        let stopListening = (): void => undefined;
        const settle = (outcome: Outcome): void => {
          stopListening();
          const result = readOutcome(outcome, request);
          noteCalls(result, context, { started, isShared });
          resolve(result);
        };
        const stalled = (): void => context.stalled?.();
        const join = (): (() => void) => {
          const { deadline, caller, lane = 'interactive' } = context;
          if (isRead && sharesReads) {
            return reads.join(
              `${callerKey(caller)}\n${lane}\n${typeof body === 'string' ? body : body.toString('latin1')}`,
              { deadline, settle, stalled },
              (all, allStalled) => {
                isShared = false;
                return send(body, isRead, context, { settle: all, stalled: allStalled });
              },
            );
          }
          isShared = false;
          const exchange = send(body, isRead, context, { settle, stalled });
          return () => exchange.abort();
        };
        const leave = join();
        stopListening = onCallOver(context, () => {
          leave();
          settle(NO_ANSWER_IN_TIME);
        });
      }),
    close: () => Promise.resolve(),
  };
}

function headersOf(context: CallContext, isRead: boolean, signingKey: Secret | undefined): readonly string[] {
  const trace = context.trail?.trace ?? null;
  // Who reads changes nothing; subgraphs and counties of an earlier version do not know such callers.
  const caller = isRead ? withoutHands(context.caller) : context.caller;
  return [
    'content-type',
    'application/json',
    'accept',
    'application/graphql-response+json, application/json;q=0.9',
    'accept-encoding',
    ACCEPTED_ENCODINGS,
    'x-request-id',
    context.requestId,
    CALLER_HEADER,
    encodeCaller(caller, signingKey),
    'x-deadline-ms',
    String(Math.max(1, Math.floor(remainingMs(context)))),
    LANE_HEADER,
    context.lane ?? 'interactive',
    ...(context.trail === undefined ? [] : [TELL_CALLS_HEADER, '1']),
    ...(trace === null ? [] : ['traceparent', formatTraceparent(trace)]),
  ];
}

/** Notes what the subgraph called for the request, as if it were called here. @param asked when, and whether for others as well. */
function noteCalls(
  { extensions }: SubgraphResult,
  { trail }: CallContext,
  { started, isShared }: { readonly started: number; readonly isShared: boolean },
): void {
  const told = trail === undefined ? null : decodeCalls(extensions?.[CALLS_EXTENSION]);
  if (told === null) return;
  const calls = isShared ? told.calls.map((call) => ({ ...call, origin: 'SHARED' as const })) : told.calls;
  trail?.callsElsewhere(started, calls, told.omitted);
}

const BODY_END = Buffer.from('}');

/** Null when what other subgraphs gave, to be sent on, is nested deeper than can be written. */
function bodyOf({ start, startBytes }: QueryText, request: ExactRequest): string | Buffer | null {
  const { variablesJson } = request;
  if (variablesJson !== undefined) return Buffer.concat([startBytes, variablesJson, BODY_END]);
  const variables = textOfVariables(request);
  return variables === null ? null : `${start}${variables}}`;
}

function textOfVariables({ variables = {} }: SubgraphRequest): string | null {
  try {
    return stringifyExact(variables) ?? '{}';
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readOutcome(outcome: Outcome, request: ExactRequest): SubgraphResult {
  try {
    if (!(outcome instanceof TransportFailure)) return decodeAnswer(outcome, request);
    return failure(outcome);
  } catch (error) {
    return failure(error);
  }
}

function failure(error: unknown): SubgraphResult {
  const { code, retryAfterSeconds } =
    error instanceof TransportFailure ? error : ({ code: 'INTERNAL', retryAfterSeconds: null } as const);
  const told = {
    ...(error instanceof Error && { originalError: error }),
    ...(retryAfterSeconds !== null && { extensions: { retryAfterSeconds } }),
  };
  return { errors: [publicError(code, undefined, told)] };
}

function parseSubgraphUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TypeError(
      `Cannot reach the subgraph ${name}: its URL must be http:// or https://, but is ${JSON.stringify(text)}.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Cannot reach the subgraph ${name}: its URL must not hold a user or a password.`);
  }
  return url;
}
