import { setFlagsFromString } from 'node:v8';

/**
 * By what V8 multiplies a thread's space for young objects once so much has outlived collections as it holds. It adds that up for
 * good, so that what little goes on in the background takes the space to its limit in time.
 */
const FACTOR = '--semi-space-growth-factor';
/** V8's own. */
const USUAL = 2;

let isHeld = false;

/** From now on the spaces for young objects of all threads stay as large as they are. */
export function holdYoungSpaces(): void {
  if (isHeld) return;
  isHeld = true;
  setFlagsFromString(`${FACTOR}=1`);
}

/** They grow as they are needed. */
export function releaseYoungSpaces(): void {
  if (!isHeld) return;
  isHeld = false;
  setFlagsFromString(`${FACTOR}=${USUAL}`);
}
