/**
 * What a single-precision number says: the shortest decimal that reads back as the same single, or the one of so many
 * places when the column has them. As a double it would be `1234.56005859375`.
 *
 * @param single a number that single precision holds exactly; infinities stay.
 * @param places of a column such as FLOAT(10,2).
 */
export function shownSingle(single: number, places?: number): number {
  if (!Number.isFinite(single)) return single;
  if (places !== undefined) return Number(single.toFixed(places));
  for (let digits = 1; digits <= MOST_DIGITS; digits += 1) {
    const shown = Number(single.toPrecision(digits));
    if (Math.fround(shown) === single) return shown;
  }
  return single;
}

/** Nine digits tell every single apart. */
const MOST_DIGITS = 9;

export const GREATEST_SINGLE = shownSingle((2 - 2 ** -23) * 2 ** 127);
