import type { Random } from '../../random.js';
import type { Organisation, Person, SubjectPointer, Vessel, World } from '../../world/world.js';
import { dirtyUscc, dirtyVesselName, maskId, nullWord } from '../dirt/dirt.js';
import { personCode, typedUscc } from '../supervision/supervision-party.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';
import type { CaseRecord } from './cases-columns.js';

/** The cells that say against whom a case is; the 双公示 extract has the same facts under other names. */
export type CasePartyCells = Readonly<
  Pick<
    CaseRecord,
    | 'admin_cp_name'
    | 'admin_cp_type'
    | 'admin_cp_uscc'
    | 'admin_cp_regno'
    | 'admin_cp_cert_type'
    | 'admin_cp_cert_no'
    | 'legal_representative'
    | 'legal_representative_idcard'
  >
>;

/**
 * How the case system writes the party. Two number columns beside the registration number let a row stay
 * identifiable when one of them is masked (D7), empty (D4), holds the name (D5) or the wrong number (D1).
 */
export interface CasePartyWriter {
  /** @param turn counts the parties of one kind, so that each habit certainly occurs. */
  write(random: Random, subject: SubjectPointer, turn: number): CasePartyCells;
}

export function createCasePartyWriter(world: World): CasePartyWriter {
  const unambiguous = namesOfOneVessel(world.vessels);
  return {
    write(random, subject, turn) {
      switch (subject.kind) {
        case 'organisation': {
          const organisation = itemAt(world.organisations, subject.index);
          return organisationCells(random, organisation, itemAt(world.persons, organisation.legalRep), turn);
        }
        case 'person':
          return personCells(random, itemAt(world.persons, subject.index), turn);
        case 'vessel': {
          const vessel = itemAt(world.vessels, subject.index);
          return vesselCells(random, vessel, unambiguous.has(vessel.name) && turn % 4 === 3);
        }
      }
    },
  };
}

function organisationCells(
  random: Random,
  organisation: Organisation,
  legalRep: Person,
  turn: number,
): CasePartyCells {
  const business = organisation.kind === 'INDIVIDUAL_BUSINESS';
  return {
    admin_cp_name: organisation.name,
    admin_cp_type: business
      ? random.pick(['03', '03', '个体工商户'])
      : random.pick(['02', '02', '04', '企业法人']),
    admin_cp_regno: organisation.regNo,
    admin_cp_cert_type: '001',
    ...organisationNumbers(random, organisation, turn),
    legal_representative: legalRep.name,
    legal_representative_idcard: maskId(legalRep.idNo),
  };
}

function organisationNumbers(
  random: Random,
  { uscc, regNo, name }: Organisation,
  turn: number,
): Pick<CasePartyCells, 'admin_cp_uscc' | 'admin_cp_cert_no'> {
  if (uscc === null || (turn % 17 === 2 && regNo !== null)) {
    return { admin_cp_uscc: turn % 5 === 4 ? nullWord(random) : regNo, admin_cp_cert_no: nullWord(random) };
  }
  switch (turn % 13) {
    case 1:
    case 5:
      return { admin_cp_uscc: dirtyUscc(random, uscc), admin_cp_cert_no: nullWord(random) };
    case 3:
      return { admin_cp_uscc: `${uscc.slice(0, 6)}************`, admin_cp_cert_no: uscc };
    case 7:
      return { admin_cp_uscc: uscc, admin_cp_cert_no: name };
    case 9:
      return { admin_cp_uscc: nullWord(random), admin_cp_cert_no: uscc };
    default:
      return { admin_cp_uscc: typedUscc(random, uscc, turn), admin_cp_cert_no: turn % 2 === 0 ? uscc : null };
  }
}

function personCells(random: Random, person: Person, turn: number): CasePartyCells {
  const cells = {
    admin_cp_name: person.name,
    admin_cp_type: random.pick(['01', '01', '个人']),
    admin_cp_regno: null,
    admin_cp_cert_type: '111',
    legal_representative: null,
    legal_representative_idcard: null,
  };
  if (turn % 4 === 2) {
    const strayed = turn % 8 === 2 ? person.name : maskId(person.idNo);
    return { ...cells, admin_cp_uscc: person.idNo, admin_cp_cert_no: strayed };
  }
  return {
    ...cells,
    admin_cp_uscc: nullWord(random),
    admin_cp_cert_no: personCode(random, person.idNo, turn),
  };
}

function vesselCells(random: Random, vessel: Vessel, byNameAlone: boolean): CasePartyCells {
  return {
    admin_cp_name: byNameAlone ? dirtyVesselName(random, vessel.name) : vessel.name,
    admin_cp_type: '04',
    admin_cp_uscc: null,
    admin_cp_regno: null,
    admin_cp_cert_type: '099',
    admin_cp_cert_no: byNameAlone ? nullWord(random) : vessel.vesselCode,
    legal_representative: null,
    legal_representative_idcard: null,
  };
}
