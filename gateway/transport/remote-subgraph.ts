import { type ExecutionResult, GraphQLError } from 'graphql';
import type { Caller } from '../../runtime/caller.js';
import { createSharedCalls } from '../../runtime/shared-calls.js';
import { publicError } from '../../subgraphs/errors.js';
import type { SubgraphPort } from '../../subgraphs/subgraph-port.js';
import { decodeAnswer } from './decode-answer.js';
import type { OriginPools } from './origin-pools.js';
import { type PostAnswer, postQuery } from './post-query.js';
import { TransportFailure } from './transport-failure.js';

export interface RemoteSubgraphOptions {
  readonly name: string;
  /** `http(s)://host[:port]/path` */
  readonly url: string;
  /** Shared by all subgraphs; whoever made them closes them. */
  readonly pools: OriginPools;
  /** Size of one answer after decompression. Default 32 MiB. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 32 * 1024 * 1024;

/** Operations that may be sent twice, and shared; anything unclear counts as a change. */
const READ = /^\s*(?:query\b|\{)/;

/**
 * A subgraph behind HTTP.
 *
 * @throws {TypeError} when the URL is none that can be called.
 */
export function createRemoteSubgraph(options: RemoteSubgraphOptions): SubgraphPort {
  const { name, pools, maxBytes = DEFAULT_MAX_BYTES } = options;
  const url = parseSubgraphUrl(name, options.url);
  const path = url.pathname + url.search;
  const reads = createSharedCalls<PostAnswer>();

  return {
    name,
    execute: async ({ query, variables, operationName }, context) => {
      const body = JSON.stringify({ query, variables, operationName });
      const repeatable = READ.test(query);
      const { requestId } = context;
      const send = ({ signal, deadline }: Caller): Promise<PostAnswer> =>
        postQuery(pools.poolOf(url.origin), {
          path,
          body,
          requestId,
          deadline,
          signal,
          repeatable,
          maxBytes,
        });
      try {
        const answer = repeatable ? reads.join(body, context, send) : send(context);
        return decodeAnswer(await answer);
      } catch (error) {
        return failure(error);
      }
    },
    close: () => Promise.resolve(),
  };
}

function failure(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  const code = error instanceof TransportFailure ? error.code : 'SUBGRAPH_TIMEOUT';
  return { errors: [publicError(code, undefined, error instanceof Error ? { originalError: error } : {})] };
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
