import { type Random, randomFor } from '../../random.js';
import { usccDigits } from '../check-digits.js';
import { addDays, dayNumber, isoDay } from '../days.js';
import type { Licence, SubjectPointer, Vehicle } from '../world.js';

/** The register's column for plates was made as long as plates of new-energy vehicles on that day. */
const COLUMN_WIDENED = '2020-07-01';
const FIRST_REGISTERED = dayNumber('2013-01-01');
/** In this order by turns, so that every size has each. */
const BUILDS: readonly Build[] = [
  { kind: 'LORRY', colour: '黄', plate: (serial) => `浙L${digitsOf(serial)}` },
  { kind: 'LORRY', colour: '绿', plate: (serial) => `浙L${digitsOf(serial)}D` },
  { kind: 'VAN', colour: '绿', plate: (serial) => `浙LD${digitsOf(serial)}` },
  { kind: 'TANKER', colour: '黄', plate: (serial) => `浙L${digitsOf(serial)}` },
  { kind: 'VAN', colour: '蓝', plate: (serial) => `浙L${digitsOf(serial)}` },
  { kind: 'TRAILER', colour: '黄', plate: (serial) => `浙L${usccDigits(serial, 4)}挂` },
  { kind: 'COACH', colour: '黄', plate: (serial) => `浙L${digitsOf(serial)}` },
];
/** A yellow lorry, and the blue van that bears the same number: colour alone tells them apart. */
const SAME_NUMBER: ReadonlyMap<number, number> = new Map([[4, 0]]);
/** New-energy vehicles whose number the register cut off: that of a landmark, and what was registered that early. */
const CUT_OFF = 2;

interface Build {
  readonly kind: Vehicle['kind'];
  readonly colour: Vehicle['colour'];
  /** @param serial running number of the vehicle. */
  readonly plate: (serial: number) => string;
}

/** One to five vehicles of each licence for road transport. */
export function makeVehicles(
  seed: number,
  today: string,
  licences: readonly Licence[],
  homeOf: (holder: SubjectPointer) => string,
): readonly Vehicle[] {
  const vehicles: Vehicle[] = [];
  for (const licence of licences) {
    if (licence.type !== 'ROAD_TRANSPORT') continue;
    const random = randomFor(seed, 'fleet', licence.index);
    const fleet = licence.holder.kind === 'person' ? 1 : random.int(2, 5);
    for (let place = 0; place < fleet; place += 1) {
      vehicles.push(makeVehicle(seed, today, vehicles.length, licence, homeOf(licence.holder)));
    }
  }
  return vehicles;
}

function makeVehicle(
  seed: number,
  today: string,
  index: number,
  { index: licence, holder, state }: Licence,
  township: string,
): Vehicle {
  const random = randomFor(seed, 'vehicle', index);
  const build = BUILDS[index % BUILDS.length] as Build;
  const drawn = isoDay(random.int(FIRST_REGISTERED, dayNumber(today) - 30));
  const registeredOn = index === CUT_OFF ? '2018-05-02' : drawn;
  const { kind, colour } = build;
  return {
    index,
    plate: build.plate(SAME_NUMBER.get(index) ?? index),
    colour,
    cutOff: colour === '绿' && (index === CUT_OFF || (registeredOn < COLUMN_WIDENED && random.chance(0.3))),
    kind,
    certificateNo: `330922${String(300_001 + index).padStart(6, '0')}`,
    licence,
    operator: holder,
    vin: `LZSHENGS${String(index).padStart(9, '0')}`,
    loadKg: kind === 'COACH' ? null : random.int(8, 320) * 100,
    seats: kind === 'COACH' ? random.int(10, 55) : null,
    registeredOn,
    checkedUntil: drawUntil(random, today),
    insuredUntil: drawUntil(random, today),
    state: index === CUT_OFF || state === 'VALID' ? drawState(random) : 'CANCELLED',
    township,
  };
}

/** Five digits; with number and colour of two hundred thousand vehicles no plate is there twice. */
function digitsOf(serial: number): string {
  return String((90_001 + serial) % 100_000).padStart(5, '0');
}

/** Most hold for months to come; one in eight lapsed. */
function drawUntil(random: Random, today: string): string {
  return addDays(today, random.chance(0.12) ? -random.int(1, 200) : random.int(0, 364));
}

function drawState(random: Random): Vehicle['state'] {
  return random.chance(0.85)
    ? 'OPERATING'
    : random.pick(['SUSPENDED', 'TRANSFERRED', 'SCRAPPED', 'CANCELLED']);
}
