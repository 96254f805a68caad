import { randomFor } from '../../random.js';
import { withCitizenCheck } from '../check-digits.js';
import { dayNumber, isoDay } from '../days.js';
import { drawTownship } from '../townships.js';
import type { Person } from '../world.js';
import { drawPersonName } from './names.js';

const DIVISIONS = [
  ...['330922', '330921', '330902', '330903', '330203', '330205', '330206', '330211', '330212', '330225'],
  ...['330226', '330281', '330282', '330102', '330105', '330106', '330108', '330110', '330302', '330303'],
];
const FIRST_BIRTH = dayNumber('1950-01-01');
const BIRTH_DAYS = dayNumber('2005-01-01') - FIRST_BIRTH;
const LANDMARK_BIRTH = dayNumber('1980-01-01') - FIRST_BIRTH;
/** Shares no factor with the number of days, so that neighbours are born years apart and nobody twice. */
const STRIDE = 7919;

/** Two people of one name: a name never tells who somebody is (D24). */
const SHARED_NAME = '陈海波';
const NAMESAKES = [1, 2];

/** The n-th person; a pure function of seed and index. */
export function makePerson(seed: number, index: number): Person {
  const random = randomFor(seed, 'person', index);
  const name = drawPersonName(random);
  return {
    index,
    idNo: citizenNumber(index),
    name: index === 0 ? '张海晏' : NAMESAKES.includes(index) ? SHARED_NAME : name,
    // 100 is allotted to no mobile network: nobody's telephone.
    phone: `100${random.digits(8)}`,
    township: drawTownship(random).code,
  };
}

/** Unique by division and day of birth; sequence 000 is allotted to nobody, so that no real person is meant. */
function citizenNumber(index: number): string {
  const division = DIVISIONS[Math.floor(index / BIRTH_DAYS)];
  if (division === undefined) {
    throw new RangeError(
      `Cannot number a person: index must be below ${DIVISIONS.length * BIRTH_DAYS}, but is ${index}`,
    );
  }
  const birth = isoDay(FIRST_BIRTH + ((LANDMARK_BIRTH + index * STRIDE) % BIRTH_DAYS));
  return withCitizenCheck(`${division}${birth.replaceAll('-', '')}000`);
}
