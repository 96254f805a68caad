import type { Random } from '../../random.js';
import type { Organisation, SubjectPointer, World } from '../../world/world.js';
import { confusedUscc, dirtyUscc, idCard15, nullWord } from '../dirt/dirt.js';
import type { LegacyCell } from '../legacy-table.js';
import { itemAt } from '../world-lookups.js';

/** Who a row is about, as market regulation writes it. */
interface MarketParty {
  readonly name: string;
  readonly uscc: LegacyCell;
  /** Complete wherever the row is about a market subject. */
  readonly pripid: string;
  readonly cerNo: LegacyCell;
  readonly shipCode: LegacyCell;
}

const NOBODY: Omit<MarketParty, 'name'> = { uscc: null, pripid: '', cerNo: null, shipCode: null };

/**
 * The columns of a subject, with the dirt of domain §3.13 that can be read back: the PRIPID beside it is intact.
 *
 * @param day the row is of this day; before a firm registered anew its old code was the right one.
 * @param turn counts the rows, so that each habit certainly occurs.
 */
export function marketParty(
  random: Random,
  world: World,
  subject: SubjectPointer | null,
  day: string,
  turn: number,
): MarketParty {
  if (subject === null) return { ...NOBODY, name: '无主体' };
  switch (subject.kind) {
    case 'organisation': {
      const organisation = itemAt(world.organisations, subject.index);
      return {
        ...NOBODY,
        name: organisation.name,
        pripid: organisation.pripid,
        uscc: usccCell(random, organisation, day, turn),
        // D5: the column for a person's number repeats the firm's code or its name.
        cerNo: turn % 23 === 4 ? organisation.uscc : turn % 23 === 9 ? organisation.name : null,
      };
    }
    case 'person': {
      const person = itemAt(world.persons, subject.index);
      const short = turn % 5 === 2 && /^\d{6}19/.test(person.idNo);
      return {
        ...NOBODY,
        name: person.name,
        uscc: nullWord(random),
        cerNo: short ? idCard15(person.idNo) : person.idNo,
      };
    }
    case 'vessel': {
      const vessel = itemAt(world.vessels, subject.index);
      return { ...NOBODY, name: vessel.name, uscc: nullWord(random), shipCode: vessel.vesselCode };
    }
  }
}

/** Registrations anew are of 2024 on; rows before may hold the code of their day. */
const REGISTERED_ANEW_ON = '2024-01-01';

function usccCell(
  random: Random,
  { uscc, formerUsccs, regNo }: Organisation,
  day: string,
  turn: number,
): LegacyCell {
  if (uscc === null) return turn % 3 === 1 ? nullWord(random) : regNo;
  const [former] = formerUsccs;
  if (former !== undefined && day < REGISTERED_ANEW_ON && turn % 2 === 0) return former;
  switch (turn % 19) {
    case 1:
    case 11:
      return dirtyUscc(random, uscc);
    case 3:
      return regNo ?? uscc;
    case 5:
      return `${uscc.slice(0, 6)}************`;
    case 7:
      return nullWord(random);
    case 13:
      return confusedUscc(random, uscc);
    default:
      return uscc;
  }
}
