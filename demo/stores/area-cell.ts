/** `0.48075` for the digits 48075 and five decimals. */
function decimalText(digits: bigint, scale: number): string {
  const padded = digits.toString().padStart(scale + 1, '0');
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`.replace(/\.?0+$/, '');
}

/** What a hundredth of a square metre is in each unit: so many, and so many decimals. */
const UNITS = {
  平方米: [1n, 2],
  亩: [15n, 6],
  公顷: [1n, 6],
  平方公里: [1n, 8],
} as const;

/**
 * An area in any of the units in which the bureau writes one, exact: a square metre is 0.0015 亩.
 *
 * @param squareMetres with two decimals: `320.50`.
 */
export function areaIn(squareMetres: string, unit: keyof typeof UNITS): string {
  const [factor, scale] = UNITS[unit];
  return decimalText(BigInt(squareMetres.replace('.', '')) * factor, scale);
}
