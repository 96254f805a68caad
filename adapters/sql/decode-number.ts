/** An integer of any size: a number where that is exact, else a bigint; null when the text is no integer. */
export function decodeInteger(value: string | number | bigint): number | bigint | null {
  if (typeof value === 'string' && !/^-?[0-9]+$/.test(value)) return null;
  const exact = BigInt(value);
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact;
}

/** A double; the infinities and NaN stay text, since JSON and most readers have no numbers for them. */
export function decodeFloat(value: string): number | string | null {
  const number = Number(value);
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
  return value !== '' && Number.isFinite(number) ? number : null;
}
