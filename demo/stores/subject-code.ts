import type { Random } from '../random.js';
import type { SubjectPointer, World } from '../world/world.js';
import { dirtyText, fullWidth } from './dirt/dirt.js';
import { personCode, typedUscc } from './supervision/supervision-party.js';
import { itemAt } from './world-lookups.js';

/**
 * The number of whoever it is, for systems that have one column for all: a credit code or the old registration
 * number (D1), a citizen's number (D6 too), a vessel code; typed as people type them (D2, D3, D11).
 *
 * @param turn counts the rows, so that each habit certainly occurs.
 */
export function subjectCode(random: Random, world: World, subject: SubjectPointer, turn: number): string {
  switch (subject.kind) {
    case 'organisation': {
      const { uscc, regNo } = itemAt(world.organisations, subject.index);
      if (regNo !== null && (uscc === null || turn % 17 === 4)) return regNo;
      return uscc === null ? '' : typedUscc(random, uscc, turn);
    }
    case 'person':
      return personCode(random, itemAt(world.persons, subject.index).idNo, turn);
    case 'vessel': {
      const { vesselCode } = itemAt(world.vessels, subject.index);
      return turn % 5 === 2
        ? random.pick([fullWidth(vesselCode), dirtyText(random, vesselCode)])
        : vesselCode;
    }
  }
}

/** What it is called, without dirt. */
export function subjectName(world: World, subject: SubjectPointer): string {
  switch (subject.kind) {
    case 'organisation':
      return itemAt(world.organisations, subject.index).name;
    case 'person':
      return itemAt(world.persons, subject.index).name;
    case 'vessel':
      return itemAt(world.vessels, subject.index).name;
  }
}
