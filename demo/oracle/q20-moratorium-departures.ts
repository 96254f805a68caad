import { FISHING_GEARS } from '../world/marine/gears.js';
import type { PenaltyCase, SubjectPointer, World } from '../world/world.js';
import { compareTexts, pointerKey } from './by-subject.js';
import { canonicalId, itemOf } from './canonical-id.js';

interface MoratoriumDeparture {
  /** Canonical id of the vessel. */
  readonly vessel: string;
  readonly name: string;
  /** ISO 8601 at +08:00. */
  readonly reportedAt: string;
  readonly port: string;
  /** `FishingGear`, as it was reported. */
  readonly gear: string;
  /** Codes of cases that the fishery police filed on that day or later, of the vessel or one of its owners; sorted. */
  readonly followedBy: readonly string[];
}

interface MoratoriumOptions {
  readonly personKey: string;
  readonly from: string;
  readonly to: string;
  /** Whether gear (`FishingGear`) may not be used at a moment, ISO 8601 at +08:00. */
  isClosed(gear: string, moment: string): boolean;
}

/** Question 20: departures of a time within the closed season of the gear that was reported, oldest first. */
export function moratoriumDepartures(
  world: World,
  { personKey, from, to, isClosed }: MoratoriumOptions,
): readonly MoratoriumDeparture[] {
  const filed = casesBySubject(world);
  const found = [...world.portCalls].flatMap(({ direction, gear, reportedAt, vessel: index, port }) => {
    const date = reportedAt.slice(0, 10);
    if (direction !== 'DEPARTURE' || gear === null || date < from || date > to) return [];
    const moment = `${reportedAt.replace(' ', 'T')}+08:00`;
    const reported = FISHING_GEARS.get(gear) ?? gear;
    if (!isClosed(reported, moment)) return [];
    const vessel = itemOf(world.vessels, index);
    const whom: SubjectPointer = { kind: 'vessel', index };
    const parties = [whom, ...vessel.owners.map(({ subject }) => subject)];
    return [
      {
        vessel: canonicalId(world, whom, personKey),
        name: vessel.name,
        reportedAt: moment,
        port,
        gear: reported,
        followedBy: parties
          .flatMap((party) => filed.get(pointerKey(party)) ?? [])
          .filter(({ filedAt }) => filedAt >= date)
          .map(({ caseCode }) => caseCode)
          .sort(compareTexts),
      },
    ];
  });
  return found.sort((a, b) => compareTexts(a.reportedAt, b.reportedAt) || compareTexts(a.vessel, b.vessel));
}

function casesBySubject(world: World): ReadonlyMap<string, readonly PenaltyCase[]> {
  const filed = new Map<string, PenaltyCase[]>();
  for (const each of world.cases) {
    if (each.department !== 'MARINE') continue;
    const key = pointerKey(each.subject);
    filed.set(key, [...(filed.get(key) ?? []), each]);
  }
  return filed;
}
