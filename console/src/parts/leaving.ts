import type { Refused } from '../ask.js';

/** What a page is given to say that whoever sits before it is not let in. */
export interface Leaving {
  readonly onRefused: (why: Refused['why']) => void;
}
