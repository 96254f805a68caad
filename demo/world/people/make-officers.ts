import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import { DEPARTMENTS } from '../departments.js';
import type { Officer } from '../world.js';
import { drawPersonName } from './names.js';

/** Officers of one department, whose certificates run past the county's today. */
export type OfficersByDepartment = ReadonlyMap<string, readonly Officer[]>;

/**
 * Officers of every department. The first four of each hold certificates that run on; of the rest some lapsed, who
 * take part in nothing after that.
 */
export function makeOfficers(seed: number, today: string, perDepartment: number): readonly Officer[] {
  return DEPARTMENTS.flatMap(({ department, digits }, place) =>
    Array.from({ length: perDepartment }, (_, rank): Officer => {
      const random = randomFor(seed, 'officer', department, rank);
      const name = drawPersonName(random);
      const lapsed = rank >= 4 && random.chance(0.2);
      return {
        index: place * perDepartment + rank,
        department,
        name,
        certNo: `330922${digits}${String(rank + 1).padStart(3, '0')}`,
        certValidTo: addDays(today, lapsed ? -random.int(30, 900) : random.int(60, 1500)),
      };
    }),
  );
}

export function officersByDepartment(officers: readonly Officer[]): OfficersByDepartment {
  const grouped = new Map<string, Officer[]>();
  for (const officer of officers) {
    const group = grouped.get(officer.department);
    if (group === undefined) grouped.set(officer.department, [officer]);
    else group.push(officer);
  }
  return grouped;
}
