import type { CallBounds } from '../source-adapter.js';

/** Bounds that an ordinary call of the suite never meets. */
export function wideBounds(): CallBounds {
  return { signal: new AbortController().signal, timeoutMs: 30_000, maxBytes: 64 * 1024 * 1024 };
}
