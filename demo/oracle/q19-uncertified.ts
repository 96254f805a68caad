import { staffOf } from '../world/people/make-staff.js';
import type { World } from '../world/world.js';

interface CertifiedInspection {
  readonly number: string;
  /** Officers whose certificate was valid on the day of the inspection. */
  readonly certified: number;
}

/** Question 19: inspections of a time, and how many certified officers took part in each. */
export function certifiedOfficers(world: World, from: string, to: string): readonly CertifiedInspection[] {
  const staff = staffOf(world);
  return [...world.inspections]
    .filter(({ date }) => from <= date && date <= to)
    .map(({ number, date, officers }) => ({
      number,
      certified: officers.filter((index) => (staff[index]?.certValidTo ?? '') >= date).length,
    }));
}
