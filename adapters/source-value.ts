/**
 * One cell as a source holds it.
 *
 * Exact: decimals and dates come as text in the source's own digits, integers beyond 2^53 as bigint.
 * `null` is the source's NULL and never the empty text.
 */
export type SourceValue = string | number | bigint | boolean | Uint8Array | null;

/** One row; cells stand in the order of `ReadRequest.columns`, so that no name from outside becomes a property. */
export type SourceRow = readonly SourceValue[];
