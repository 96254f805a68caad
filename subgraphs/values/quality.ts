import { CLEAN, type Decoded, type QualityCode } from './value-codec.js';

/** An empty cell that nobody needs to hear of. */
export const NOTHING: Decoded<null> = Object.freeze({ value: null, quality: CLEAN });

const SINGLE = new Map<QualityCode, readonly QualityCode[]>();

/** The frozen list of one code; shared, because a column of defects would make one per row. */
export function only(code: QualityCode): readonly QualityCode[] {
  const known = SINGLE.get(code);
  if (known !== undefined) return known;
  const made = Object.freeze([code]);
  SINGLE.set(code, made);
  return made;
}

/** Null because of a defect. */
export function nullFor(code: QualityCode): Decoded<null> {
  return { value: null, quality: only(code) };
}
