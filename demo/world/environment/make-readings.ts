import { type Random, randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { Licence, SubjectPointer, World } from '../world.js';
import { OWN_NUMBER_LANDMARK } from './make-environment-permits.js';
import { managementLevelOf } from './management-level.js';

/** A pollutant of HJ 212 and what may be discharged of it. */
interface Pollutant {
  readonly code: string;
  readonly name: string;
  /** Milligrams per litre. */
  readonly limit: string;
}

const POLLUTANTS: readonly [Pollutant, Pollutant, Pollutant] = [
  { code: 'w01018', name: '化学需氧量', limit: '100' },
  { code: 'w21003', name: '氨氮', limit: '15' },
  { code: 'w21011', name: '总磷', limit: '0.5' },
];

/** A place at which a works discharges, and its instrument. */
export interface Outlet {
  /** Index of the pollution permit. */
  readonly permit: number;
  readonly holder: SubjectPointer;
  /** Works, twelve digits; and outlet, such as `DW001`. */
  readonly works: string;
  readonly code: string;
  /** Its instrument keeps UTC and says so in a word of its own; of others the clock is local. */
  readonly keepsUtc: boolean;
  readonly pollutants: readonly Pollutant[];
}

/** The average of one hour of one pollutant at one outlet. */
export interface Reading {
  readonly outlet: Outlet;
  readonly pollutant: Pollutant;
  /** When the hour began, `yyyy-MM-dd HH:mm:ss`, +08:00. */
  readonly at: string;
  /** Milligrams per litre; null when the instrument did not measure. */
  readonly average: string | null;
  /** HJ 212: normal, out of service, maintenance, calibration, fault. */
  readonly flag: 'N' | 'F' | 'M' | 'C' | 'D';
  /** Null when there is nothing to compare. */
  readonly exceeds: boolean | null;
}

const BEYOND_AT = 6;

/** What is kept online: the last hours, up to ten of today's morning. */
const HOURS = 12;
const LAST_HOUR = 10;

/** Of every works under key management (重点管理) whose permit is in force. */
export function outletsOf(world: World): readonly Outlet[] {
  return world.licences
    .filter((licence) => isMeasured(licence, world.today))
    .flatMap(outletsOfPermit)
    .map((outlet, place) => ({ ...outlet, keepsUtc: place % 2 === 1 }));
}

function isMeasured({ type, number, state, validTo }: Licence, today: string): boolean {
  if (type !== 'POLLUTION_PERMIT' || managementLevelOf(number) !== 'KEY') return false;
  return state === 'VALID' && (validTo === null || validTo >= today);
}

function outletsOfPermit({ index, holder }: Licence): readonly Omit<Outlet, 'keepsUtc'>[] {
  return Array.from({ length: 1 + (index % 2) }, (_, place) => ({
    permit: index,
    holder,
    works: `330922${String(index).padStart(6, '0')}`,
    code: `DW00${place + 1}`,
    pollutants: POLLUTANTS.slice(0, 2 + ((index + place) % 2)),
  }));
}

/** By outlet, pollutant and hour. */
export function* readingsOf(world: World): Generator<Reading> {
  for (const outlet of outletsOf(world)) {
    for (const pollutant of outlet.pollutants) {
      for (let hour = LAST_HOUR - HOURS + 1; hour <= LAST_HOUR; hour += 1) {
        const random = randomFor(world.seed, 'reading', outlet.works, outlet.code, pollutant.code, hour);
        const day = hour < 0 ? addDays(world.today, -1) : world.today;
        const at = `${day} ${String((hour + 24) % 24).padStart(2, '0')}:00:00`;
        // Whatever the seed, one landmark is beyond the limit once.
        const beyond = outlet.holder.index === OWN_NUMBER_LANDMARK && hour === BEYOND_AT;
        yield { outlet, pollutant, at, ...(beyond ? beyondLimit(pollutant) : measure(random, pollutant)) };
      }
    }
  }
}

function beyondLimit({ limit }: Pollutant): Pick<Reading, 'average' | 'flag' | 'exceeds'> {
  return { average: (Number(limit) * 1.25).toFixed(3), flag: 'N', exceeds: true };
}

function measure(random: Random, { limit }: Pollutant): Pick<Reading, 'average' | 'flag' | 'exceeds'> {
  const flag = random.chance(0.85) ? 'N' : random.pick(['F', 'M', 'C', 'D'] as const);
  if (flag !== 'N') return { average: null, flag, exceeds: null };
  const share = random.chance(0.06) ? random.int(101, 180) : random.int(5, 95);
  const average = ((Number(limit) * share) / 100).toFixed(3);
  return { average, flag, exceeds: share > 100 };
}
