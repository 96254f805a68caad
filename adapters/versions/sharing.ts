/**
 * Whether other processes read the versions of the same folder. `alone`: none does. `keeps`: this one writes, others read. `follows`: this
 * one reads what another writes, and writes nothing.
 */
export type Sharing = 'alone' | 'keeps' | 'follows';

/** A process that follows has learnt of the next version long before. */
export const SHARED_LINGER_MS = 60_000;
