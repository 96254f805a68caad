import type { CallContext } from '../../../runtime/call/call-context.js';
import type { RequestMemory } from '../../port/request-report.js';
import { momentOf } from './moments.js';

/** `request` of the graph. @param memory null: nothing is remembered here. */
export function requestResolver(memory: RequestMemory | null) {
  return async (_parent: unknown, { id }: { readonly id: string }, { caller }: CallContext) => {
    const found = (await memory?.find(id, caller)) ?? null;
    return found === null ? null : { ...found, at: momentOf(found.at) };
  };
}
