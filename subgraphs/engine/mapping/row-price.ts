import { askedKeysOf } from '../snapshot/keys/asked-keys.js';
import type { InterfaceMapping } from './mapping.js';

/** What one call to a source costs, where its mapping does not say: as much as the gateway's call to a subgraph. */
export const USUAL_CALL_PRICE = 10;

/** How much it costs to look a row up, in points of an operation's cost. */
export interface RowPrice {
  /** Of one call to the source. */
  readonly call: number;
  /** Keys that share a call. */
  readonly keys: number;
  /** Of a row: at least 1, as any object. */
  readonly row: number;
}

/** A source whose rows are read now and then as a whole is asked for none of them, and each is as cheap as any object. */
export function rowPrice(mapping: InterfaceMapping): RowPrice {
  const { callPrice: call, keysPerCall } = mapping.limits;
  const keys = askedKeysOf(mapping)?.perExchange ?? keysPerCall;
  const isKept = mapping.snapshot !== undefined && mapping.snapshot.keys === undefined;
  return { call, keys, row: isKept ? 1 : Math.max(1, Math.ceil(call / keys)) };
}
