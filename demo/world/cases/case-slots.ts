import { randomFor } from '../../random.js';

/**
 * Which inspection a case came from, both ways and without looking at any other case: every case owns a run of
 * inspections of equal length, and one place in it if an inspection led to it.
 */
interface CaseSlots {
  /** Index of the inspection, or null. Landmarks have links of their own. */
  inspectionOf(caseIndex: number): number | null;
  /** Index of the case that followed, or null. */
  caseOf(inspectionIndex: number): number | null;
}

/** Of all cases, how many came from an inspection. */
const LINKED = 0.6;

export function createCaseSlots(
  seed: number,
  cases: { readonly first: number; readonly count: number },
  inspections: { readonly first: number; readonly count: number },
): CaseSlots {
  const run = Math.floor((inspections.count - inspections.first) / (cases.count - cases.first));
  if (run < 1) throw new RangeError('Cannot link cases: there must be at least as many inspections as cases');
  const placeOf = (caseIndex: number): number | null => {
    const random = randomFor(seed, 'case-link', caseIndex);
    return random.chance(LINKED) ? random.int(0, run - 1) : null;
  };
  return {
    inspectionOf(caseIndex) {
      const place = placeOf(caseIndex);
      return place === null ? null : inspections.first + (caseIndex - cases.first) * run + place;
    },
    caseOf(inspectionIndex) {
      const offset = inspectionIndex - inspections.first;
      const caseIndex = cases.first + Math.floor(offset / run);
      if (offset < 0 || caseIndex >= cases.count) return null;
      return placeOf(caseIndex) === offset % run ? caseIndex : null;
    },
  };
}
