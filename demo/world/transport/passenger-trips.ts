import { randomFor } from '../../random.js';
import { dayNumber, isoDay } from '../days.js';
import { TOWNSHIPS } from '../townships.js';
import type { World } from '../world.js';

/** A ferry, a tour boat, or a leisure fishing boat that carries guests. */
export interface PassengerShip {
  readonly index: number;
  readonly name: string;
  /** 船舶识别号, `CN` and eleven digits; null for leisure fishing boats, which the port authority never numbered. */
  readonly shipCode: string | null;
  /** Index into `World.vessels` of a leisure fishing boat: the marine bureau registers it as well. */
  readonly vessel: number | null;
  /** 营运证号. */
  readonly certificateNo: string;
  readonly grossTon: number;
  /** How many passengers it may carry. */
  readonly capacity: number;
  readonly route: string;
  readonly homePort: string;
}

/** One report of leaving or entering port with passengers (进出港). */
export interface PassengerTrip {
  readonly index: number;
  readonly ship: PassengerShip;
  readonly direction: 'DEPARTURE' | 'ARRIVAL';
  readonly port: string;
  /** `yyyy-MM-dd HH:mm:ss`, +08:00. */
  readonly reportedAt: string;
  readonly passengers: number;
}

/** One ferry or tour boat for so many vessels of the county, and a few at least. */
const VESSELS_PER_FERRY = 40;
const FEWEST_FERRIES = 3;
/** A fishing boat whose owner takes anglers out, whatever the seed. */
const LANDMARK_VESSEL = 1;
const ROUTES = ['菜园—枸杞', '李柱山—泗礁', '菜园—花鸟', '小洋山—沈家湾', '菜园—嵊山'];
const PORTS = TOWNSHIPS.map(({ port }) => port);
const SPAN_DAYS = 365;

/** Ferries and tour boats first, then the leisure boats of the marine bureau's register. */
export function passengerShipsOf(world: World): readonly PassengerShip[] {
  const { seed, vessels } = world;
  const ferries = FEWEST_FERRIES + Math.floor(vessels.length / VESSELS_PER_FERRY);
  const leisure = vessels.filter(({ index, typeWord }) => typeWord === '渔休' || index === LANDMARK_VESSEL);
  const describe = (index: number, most: number) => {
    const random = randomFor(seed, 'passenger-ship', index);
    return {
      certificateNo: `浙舟SJ(${2018 + (index % 7)})${String(index + 1).padStart(5, '0')}`,
      grossTon: random.int(5, 8 * most),
      capacity: random.int(Math.ceil(most / 4), most),
      route: random.pick(ROUTES),
      homePort: random.pick(PORTS),
    };
  };
  return [
    ...Array.from({ length: ferries }, (_, index): PassengerShip => {
      const shipCode = `CN${2001 + (index % 20)}9${String(index + 1).padStart(6, '0')}`;
      return { index, name: `嵊泗客${index + 1}`, shipCode, vessel: null, ...describe(index, 200) };
    }),
    ...leisure.map(({ index: vessel, name }, place): PassengerShip => {
      const index = ferries + place;
      return { index, name, shipCode: null, vessel, ...describe(index, 12) };
    }),
  ];
}

/** Reports of the last year: every ship in turn, out and in; now and then with more passengers than it may carry. */
export function* passengerTripsOf(world: World): Generator<PassengerTrip> {
  const ships = passengerShipsOf(world);
  const rounds = Math.max(8, Math.ceil(world.vessels.length / ships.length));
  const firstDay = dayNumber(world.today) - SPAN_DAYS;
  for (let index = 0; index < ships.length * rounds; index += 1) {
    const ship = ships[index % ships.length] as PassengerShip;
    const random = randomFor(world.seed, 'passenger-trip', index);
    const round = Math.floor(index / ships.length);
    const day = firstDay + Math.floor(((round + random.int(0, 99) / 100) * SPAN_DAYS) / rounds);
    const clock = [random.int(5, 20), random.int(0, 59), random.int(0, 59)];
    const crowded = index === 0 || random.chance(0.08);
    yield {
      index,
      ship,
      direction: round % 2 === 0 ? 'DEPARTURE' : 'ARRIVAL',
      port: ship.homePort,
      reportedAt: `${isoDay(day)} ${clock.map((part) => String(part).padStart(2, '0')).join(':')}`,
      passengers: crowded ? ship.capacity + random.int(1, 9) : random.int(0, ship.capacity),
    };
  }
}
