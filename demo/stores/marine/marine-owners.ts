import type { Random } from '../../random.js';
import type { Vessel, World } from '../../world/world.js';
import { dirtyUscc, maskId } from '../dirt/dirt.js';
import type { LegacyCell } from '../legacy-table.js';
import { itemAt } from '../world-lookups.js';
import { idNumber } from './marine-party.js';

/** D15: several owners of one vessel, position by position in every column. */
interface OwnerCells {
  readonly syr: LegacyCell;
  readonly syr_tyxydm: LegacyCell;
  readonly syr_sfzh: LegacyCell;
  readonly syz_zjhm: LegacyCell;
  readonly syr_fe: LegacyCell;
  readonly syr_sl: number;
}

/**
 * A firm's number stands in one column and a person's in the other; the place in the column beside it is empty.
 * Masked numbers (D7) are complete on the ownership certificate.
 */
export function ownerCells(random: Random, world: World, vessel: Vessel): OwnerCells {
  const turn = vessel.index;
  const masked = turn % 5 === 2;
  const owners = vessel.owners.map(({ subject, share }, place) => {
    const cells = { name: '', firm: '', person: '', certificate: '', share };
    if (subject.kind === 'organisation') {
      const { name, uscc, regNo } = itemAt(world.organisations, subject.index);
      // D1: who never exchanged the old licence has only the old number.
      const typed = uscc !== null && turn % 6 === 4 ? dirtyUscc(random, uscc) : (uscc ?? regNo ?? '');
      return { ...cells, name, firm: typed };
    }
    if (subject.kind === 'person') {
      const person = itemAt(world.persons, subject.index);
      return {
        ...cells,
        name: person.name,
        person: masked ? maskId(person.idNo) : idNumber(person, turn + place),
        certificate: masked || turn % 3 === 0 ? person.idNo : '',
      };
    }
    return { ...cells, name: itemAt(world.vessels, subject.index).name };
  });
  const joined = (pick: (owner: (typeof owners)[number]) => string): string | null => {
    const parts = owners.map(pick);
    return parts.every((part) => part === '') ? null : parts.join('、');
  };
  return {
    syr: joined((owner) => owner.name),
    syr_tyxydm: joined((owner) => owner.firm),
    syr_sfzh: joined((owner) => owner.person),
    syz_zjhm: joined((owner) => owner.certificate),
    syr_fe: joined((owner) => owner.share),
    syr_sl: owners.length,
  };
}
