import type { Random } from '../../random.js';
import type { Person, SubjectPointer, Vessel, World } from '../../world/world.js';
import {
  dirtyText,
  dirtyUscc,
  dirtyVesselName,
  fullWidth,
  idCard15,
  maskId,
  nullWord,
} from '../dirt/dirt.js';
import type { LegacyCell } from '../legacy-table.js';
import { itemAt, namesOfOneVessel } from '../world-lookups.js';

/** Who a row of the marine department is about. Vessels, and now and then a firm or a person. */
interface MarineParty {
  readonly vesselCode: LegacyCell;
  readonly vesselName: LegacyCell;
  readonly uscc: LegacyCell;
  readonly idNo: LegacyCell;
}

/** @param turn counts the rows, so that each habit certainly occurs. */
export type MarinePartyWriter = (random: Random, subject: SubjectPointer | null, turn: number) => MarineParty;

const NOBODY: MarineParty = { vesselCode: null, vesselName: null, uscc: null, idNo: null };

export function marinePartyWriter(world: World): MarinePartyWriter {
  const unambiguous = namesOfOneVessel(world.vessels);
  return (random, subject, turn) => {
    // 三无船舶: nothing identifies them.
    if (subject === null) {
      return {
        ...NOBODY,
        vesselCode: nullWord(random),
        vesselName: random.pick(['三无船舶', '无', '无名小艇']),
      };
    }
    switch (subject.kind) {
      case 'vessel': {
        const vessel = itemAt(world.vessels, subject.index);
        return vesselCells(random, world, vessel, unambiguous.has(vessel.name), turn);
      }
      case 'organisation': {
        const { uscc, regNo } = itemAt(world.organisations, subject.index);
        const typed = uscc !== null && turn % 4 === 1 ? dirtyUscc(random, uscc) : (uscc ?? regNo);
        return { ...NOBODY, vesselName: nullWord(random), uscc: typed };
      }
      case 'person':
        return { ...NOBODY, idNo: idNumber(itemAt(world.persons, subject.index), turn) };
    }
  };
}

/** The code survives renaming; where it was not entered, a name that only one vessel ever bore has to do. */
function vesselCells(
  random: Random,
  world: World,
  vessel: Vessel,
  byName: boolean,
  turn: number,
): MarineParty {
  const { name, vesselCode, formerNames } = vessel;
  switch (turn % 10) {
    case 1:
    case 6:
      return byName
        ? { ...NOBODY, vesselCode: nullWord(random), vesselName: dirtyVesselName(random, name) }
        : { ...NOBODY, vesselCode, vesselName: dirtyVesselName(random, name) };
    case 3:
      return {
        ...NOBODY,
        vesselCode: random.pick([
          fullWidth(vesselCode),
          `渔船编码：${vesselCode}`,
          dirtyText(random, vesselCode),
        ]),
        vesselName: name,
      };
    case 4:
      return { ...NOBODY, vesselCode, vesselName: formerNames[0] ?? dirtyVesselName(random, name) };
    case 8:
      // D7: the skipper's number is hidden, the vessel's is not.
      return { ...NOBODY, vesselCode, vesselName: name, idNo: maskId(itemAt(world.persons, 0).idNo) };
    default:
      return { ...NOBODY, vesselCode, vesselName: name };
  }
}

/** D6: the number on an old card. */
export function idNumber({ idNo }: Person, turn: number): string {
  return turn % 3 === 1 && /^\d{6}19/.test(idNo) ? idCard15(idNo) : idNo;
}
