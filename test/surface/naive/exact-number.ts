/** A number as a whole count of 10⁻¹²: finer than any amount of the county. */
export type Exact = bigint;

const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);

/** @throws {RangeError} for a text that is no decimal number of at most twelve places. */
export function readExact(value: string | number): Exact {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(String(value));
  if (match === null) throw new RangeError(`Cannot read a number: it must be decimal, but is '${value}'`);
  const [, sign, whole = '', fraction = ''] = match;
  const magnitude = BigInt(whole + fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** With two places or as many as it needs: `5000.00`, `12.345`. */
export function writeExact(number: Exact): string {
  const digits = String(number < 0n ? -number : number).padStart(PLACES + 1, '0');
  const fraction = digits.slice(-PLACES).replace(/0+$/, '').padEnd(2, '0');
  return `${number < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${fraction}`;
}

/** A quotient rounded to two places, halves away from zero. */
export function averageOf(sum: Exact, count: number): string {
  const cent = ONE / 100n;
  const magnitude = sum < 0n ? -sum : sum;
  const [quotient, rest] = [magnitude / (BigInt(count) * cent), magnitude % (BigInt(count) * cent)];
  const rounded = (rest * 2n >= BigInt(count) * cent ? quotient + 1n : quotient) * cent;
  return writeExact(sum < 0n ? -rounded : rounded);
}

/** Half the sum of the middle two; null of no numbers. */
export function medianOf(numbers: readonly Exact[]): Exact | null {
  const sorted = [...numbers].sort(compareExact);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2n;
}

export function compareExact(left: Exact, right: Exact): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
