const COUNTS =
  /^(?:(?:total|all|data|record|row)_?(?:count|num|number|rows?|size|records?|elements)?|count|rowcount)$/i;

/**
 * What a count beside the place of missing rows says: `total: 0` that there honestly are none, `total: 57` that they
 * are somewhere else.
 *
 * @param texts by name, the plain values beside the place.
 */
export function countBeside(
  texts: Iterable<readonly [name: string, text: string]>,
): 'none' | 'some' | 'unknown' {
  let said: 'none' | 'unknown' = 'unknown';
  for (const [name, text] of texts) {
    if (!COUNTS.test(name)) continue;
    if (/^\s*0*[1-9]/.test(text)) return 'some';
    if (/^\s*0+\s*$/.test(text)) said = 'none';
  }
  return said;
}
