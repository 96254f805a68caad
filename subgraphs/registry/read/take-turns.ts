import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallContext } from '../../../runtime/call/call-context.js';

/** Splits a list so that each part is looked up in a few milliseconds. */
export function partsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

/** Lets others run before the next part; throws when nobody waits for the answer any more. */
export async function letOthersRun(context: CallContext): Promise<void> {
  await nextTurn();
  context.signal.throwIfAborted();
}
