import { type Random, randomFor } from '../../random.js';
import { townshipOf } from '../townships.js';
import type { Inspection, World } from '../world.js';

/** How one inspection was captured with the mobile app (domain §1.2 P8). */
export interface MobileSession {
  /** Index into `World.inspections`. */
  readonly inspection: number;
  /** 行政行为码. Unique. */
  readonly conductCode: string;
  /** `yyyy-MM-dd HH:mm:ss`, +08:00: when the code of the firm was scanned, on the inspection's day. */
  readonly scannedAt: string;
  readonly signature: 'SIGNED' | 'REFUSED' | 'ABSENT';
  readonly photos: number;
  /** WGS-84 degrees, six decimals; null: the device had no fix. */
  readonly position: { readonly lon: string; readonly lat: string } | null;
  /** Entered without a connection and sent later. */
  readonly offline: boolean;
}

/** Of 100 inspections, those with the app; the health bureau's service has a terminal of its own. */
const SHARE = 72;

/** Sessions of the inspections that used the app, in their order; made while they are walked. */
export function* sessionsOf(world: World): Generator<MobileSession> {
  for (const inspection of world.inspections) {
    const random = randomFor(world.seed, 'mobile', inspection.index);
    if (inspection.department === 'HEALTH' || random.int(1, 100) > SHARE) continue;
    yield makeSession(random, inspection);
  }
}

function makeSession(random: Random, { index, date, time, township, subject }: Inspection): MobileSession {
  const signature = random.int(1, 100);
  return {
    inspection: index,
    conductCode: `XW330922${date.replaceAll('-', '')}${String(index).padStart(8, '0')}`,
    scannedAt: `${date} ${time}`,
    signature:
      subject === null ? 'ABSENT' : signature <= 92 ? 'SIGNED' : signature <= 97 ? 'REFUSED' : 'ABSENT',
    photos: random.int(0, 6),
    position: random.chance(0.94) ? positionIn(random, township) : null,
    offline: random.chance(0.1),
  };
}

function positionIn(random: Random, code: string): MobileSession['position'] {
  const { lonE6, latE6 } = townshipOf(code).centre;
  const near = (centre: number): string => ((centre + random.int(-8000, 8000)) / 1e6).toFixed(6);
  return { lon: near(lonE6), lat: near(latE6) };
}
