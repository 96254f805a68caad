import type { CallContext } from '../../runtime/call/call-context.js';
import { type ErrorCode, isErrorCode } from '../../runtime/errors.js';
import type { SubgraphPort } from '../port/subgraph-port.js';
import type { CountyRequestMessage, FeedRequestMessage } from './feed-messages.js';

const FEED_QUERY = 'query Feed($request: FeedMessage!) { _feed(request: $request) }';

export type FeedAnswer =
  | { readonly kind: 'answered'; readonly data: unknown }
  /** `said`: the code as it came. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly said: unknown };

/** Sends one message; never rejects. */
export async function sendFeedMessage(
  subgraph: SubgraphPort,
  request: FeedRequestMessage | CountyRequestMessage,
  context: CallContext,
): Promise<FeedAnswer> {
  const { data, errors } = await subgraph.execute(
    {
      query: FEED_QUERY,
      variables: { request },
      operationName: 'Feed',
      ...(request.operation === 'hand' && { changes: true }),
    },
    context,
  );
  const [error] = errors ?? [];
  const said = error?.extensions?.code;
  if (error !== undefined) return { kind: 'failed', code: readCode(said), said };
  return { kind: 'answered', data: data?._feed };
}

function readCode(code: unknown): ErrorCode {
  return isErrorCode(code) ? code : 'SUBGRAPH_UNAVAILABLE';
}
