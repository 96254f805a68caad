import type { CallContext } from './call-context.js';

/**
 * Makes one thing per request and key, so that what one request asks for at several places is batched, and nothing
 * that was loaded outlives its request.
 */
export function perRequest<T>(
  make: (context: CallContext, key: string) => T,
): (context: CallContext, key?: string) => T {
  const made = new WeakMap<CallContext, Map<string, T>>();
  return (context, key = '') => {
    const ofRequest = made.get(context) ?? new Map<string, T>();
    made.set(context, ofRequest);
    const known = ofRequest.get(key);
    if (known !== undefined) return known;
    const fresh = make(context, key);
    ofRequest.set(key, fresh);
    return fresh;
  };
}
