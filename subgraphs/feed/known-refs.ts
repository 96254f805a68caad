import type { Scheme } from '../kinds/subject-key.js';

/**
 * Every ref of a scheme (`scheme:value`) that the county's register knows, page by page; a ref may come more than once.
 * Null while there is no register.
 */
export type KnownRefs = (scheme: Scheme) => AsyncIterable<readonly string[]> | null;
