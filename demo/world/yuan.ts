/** `1234.50`, `-20.00` of whole cents. */
export function formatYuan(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whole cents of an amount in yuan with two decimals. */
export function centsOfYuan(yuan: string): number {
  return Number(yuan.replace('.', ''));
}
