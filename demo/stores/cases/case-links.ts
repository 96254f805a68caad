import type { World } from '../../world/world.js';

/** Codes of the cases that inspections led to, by index of the inspection. */
export function caseCodesByInspection(world: World): ReadonlyMap<number, string> {
  const codes = new Map<number, string>();
  for (const penaltyCase of world.cases) {
    if (penaltyCase.inspection !== null) codes.set(penaltyCase.inspection, penaltyCase.caseCode);
  }
  return codes;
}

/** Numbers of the inspections that led to cases, by index of the case. */
export function inspectionNumbersByCase(world: World): ReadonlyMap<number, string> {
  const numbers = new Map<number, string>();
  for (const inspection of world.inspections) {
    if (inspection.case !== null) numbers.set(inspection.case, inspection.number);
  }
  return numbers;
}
