import { setMaxListeners } from 'node:events';

/** A signal that many calls at once listen to; without this Node takes the eleventh listener for a leak. */
export function sharedSignal(...signals: readonly AbortSignal[]): AbortSignal {
  const signal = AbortSignal.any([...signals]);
  setMaxListeners(0, signal);
  return signal;
}
