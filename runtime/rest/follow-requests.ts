import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Node says so of each request to a server of this thread. */
const REQUEST = 'http.server.request.start';

export interface FollowedRequests {
  /** Milliseconds since the last request; infinite: there was none. */
  readonly agoMs: number;
  stop(): void;
}

/** Follows when this thread was last asked, which tells what it is likely to need soon. @param onRequest told of each request. */
export function followRequests(onRequest: () => void = () => undefined): FollowedRequests {
  let askedAt = Number.NEGATIVE_INFINITY;
  const hear = (): void => {
    askedAt = performance.now();
    onRequest();
  };
  subscribe(REQUEST, hear);
  return {
    get agoMs() {
      return performance.now() - askedAt;
    },
    stop: () => unsubscribe(REQUEST, hear),
  };
}
