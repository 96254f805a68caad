/** The same text for equal values in every process; what `node:v8` makes of equal values differs. */
export function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    one instanceof Map || one instanceof Set ? [...one] : one,
  );
}
