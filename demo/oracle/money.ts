/** Cents of an amount in yuan with two decimals. @throws {RangeError} for another text. */
export function centsOf(yuan: string): bigint {
  if (!/^-?\d+\.\d{2}$/.test(yuan)) {
    throw new RangeError(`Cannot add an amount: it must be yuan with two decimals, but is '${yuan}'`);
  }
  return BigInt(yuan.replace('.', ''));
}

/** `1234.50` */
export function yuanOf(cents: bigint): string {
  const sign = cents < 0n ? '-' : '';
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Null counts as nothing. */
export function addYuan(amounts: Iterable<string | null>): string {
  let cents = 0n;
  for (const amount of amounts) cents += amount === null ? 0n : centsOf(amount);
  return yuanOf(cents);
}
