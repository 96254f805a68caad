import type { Random } from '../../random.js';
import type { Organisation, Person, SubjectPointer, Vessel, World } from '../../world/world.js';
import {
  confusedUscc,
  dirtyText,
  dirtyUscc,
  dirtyVesselName,
  idCard15,
  maskId,
  nullWord,
} from '../dirt/dirt.js';
import { isRegistrationNumber, itemAt, namesOfOneVessel } from '../world-lookups.js';
import type { SupervisionColumn, SupervisionRecord } from './supervision-columns.js';

type PartyColumn = Extract<
  SupervisionColumn,
  'supervise_object' | 'address_registered' | `administrative_cp${string}`
>;

/** The cells that say who was checked. */
type PartyCells = Readonly<Pick<SupervisionRecord, PartyColumn>>;

/**
 * How the platform writes the object and the party of a check. One column takes every kind of number, so that it
 * holds old registration numbers (D1), dirty codes (D2, D3, D11), 15-digit citizen numbers (D6), masked ones (D7)
 * or the name over again (D5); the last three kinds of dirt only where the row still tells who it is.
 */
export interface PartyWriter {
  /** @param turn counts the subjects of one kind, so that each habit certainly occurs. */
  write(random: Random, subject: SubjectPointer | null, turn: number): PartyCells;
}

export function createPartyWriter(world: World): PartyWriter {
  const unambiguous = namesOfOneVessel(world.vessels);
  return {
    write(random, subject, turn) {
      if (subject === null) return unidentified(random);
      switch (subject.kind) {
        case 'organisation':
          return organisationCells(random, itemAt(world.organisations, subject.index), turn);
        case 'person':
          return personCells(random, itemAt(world.persons, subject.index), turn);
        case 'vessel': {
          const vessel = itemAt(world.vessels, subject.index);
          return vesselCells(random, world, vessel, unambiguous.has(vessel.name) ? turn : turn % 2);
        }
      }
    },
  };
}

/** 三无船舶 have no name, no certificate, no port: nothing identifies them. */
function unidentified(random: Random): PartyCells {
  return {
    supervise_object: '三无船舶',
    administrative_cp: nullWord(random),
    administrative_cp_na: null,
    administrative_cp_ce_type: null,
    administrative_cp_ui_code: nullWord(random),
    address_registered: null,
  };
}

function organisationCells(random: Random, organisation: Organisation, turn: number): PartyCells {
  const business = organisation.kind === 'INDIVIDUAL_BUSINESS';
  const { uscc, regNo } = organisation;
  const byOldNumber = uscc === null || (turn % 19 === 4 && regNo !== null);
  const code = byOldNumber ? regNo : typedUscc(random, uscc, turn);
  return {
    supervise_object: organisation.name,
    administrative_cp: organisation.name,
    administrative_cp_na: business ? random.pick(['3', '3', '个体工商户']) : random.pick(['2', '2', '法人']),
    administrative_cp_ce_type: '001',
    administrative_cp_ui_code: code,
    address_registered: organisation.address,
  };
}

/** D2, D3, D11: the code as people type it, letters for digits included. */
export function typedUscc(random: Random, uscc: string, turn: number): string {
  if (turn % 11 === 7) return dirtyUscc(random, uscc);
  return turn % 43 === 9 ? confusedUscc(random, uscc) : uscc;
}

function personCells(random: Random, person: Person, turn: number): PartyCells {
  return {
    supervise_object: person.name,
    administrative_cp: person.name,
    administrative_cp_na: '1',
    administrative_cp_ce_type: '111',
    administrative_cp_ui_code: personCode(random, person.idNo, turn),
    address_registered: null,
  };
}

/** A citizen's number in one of the forms in which it is typed. */
export function personCode(random: Random, idNo: string, turn: number): string {
  const bornBefore2000 = idNo.slice(6, 8) === '19';
  if (turn % 4 === 1 && bornBefore2000) {
    const short = idCard15(idNo);
    // A 15-digit text that is a right registration number as well would name a firm.
    if (!isRegistrationNumber(short)) return short;
  }
  return turn % 4 === 3 ? dirtyText(random, idNo.toLowerCase()) : idNo;
}

function vesselCells(random: Random, world: World, vessel: Vessel, turn: number): PartyCells {
  const cells = {
    supervise_object: turn % 3 === 2 ? dirtyVesselName(random, vessel.name) : vessel.name,
    administrative_cp: ownerName(world, vessel),
    administrative_cp_na: '3',
    administrative_cp_ce_type: '099',
    address_registered: vessel.homePort,
  };
  switch (turn % 8) {
    case 4:
      return { ...cells, administrative_cp_ui_code: nullWord(random) };
    case 5: {
      // The owner's number, masked: the vessel is named in the object column alone.
      const owner = vessel.owners.find(({ subject }) => subject.kind === 'person')?.subject ?? { index: 0 };
      const masked = maskId(itemAt(world.persons, owner.index).idNo);
      return { ...cells, administrative_cp_ce_type: '111', administrative_cp_ui_code: masked };
    }
    case 6:
      return { ...cells, administrative_cp_ui_code: cells.supervise_object };
    case 7:
      return { ...cells, administrative_cp_ui_code: dirtyText(random, vessel.vesselCode) };
    default:
      return { ...cells, administrative_cp_ui_code: vessel.vesselCode };
  }
}

function ownerName(world: World, vessel: Vessel): string {
  return vessel.owners
    .map(({ subject }) => {
      if (subject.kind === 'organisation') return itemAt(world.organisations, subject.index).name;
      if (subject.kind === 'person') return itemAt(world.persons, subject.index).name;
      return itemAt(world.vessels, subject.index).name;
    })
    .join('、');
}
