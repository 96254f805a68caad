import type { PortCall, World } from '../world/world.js';
import { compareTexts, inspectionsOf, licencesOf } from './by-subject.js';
import { canonicalId, itemOf } from './canonical-id.js';
import {
  type InspectionRecord,
  inspectionRecord,
  type LicenceFacts,
  licenceFacts,
  type OracleOptions,
} from './records.js';

interface VesselFacts {
  readonly id: string;
  readonly name: string;
  readonly township: string;
  readonly certificates: readonly LicenceFacts[];
  /** Canonical ids, sorted. */
  readonly owners: readonly string[];
  /** All, newest first. */
  readonly inspections: readonly InspectionRecord[];
  /** All, newest first; `reportedAt` as ISO 8601 at +08:00. */
  readonly portCalls: readonly {
    readonly reportedAt: string;
    readonly direction: string;
    readonly port: string;
  }[];
  /** Null: it never sent any. */
  readonly position: PositionFacts | null;
}

/** The latest fix. */
export interface PositionFacts {
  /** ISO 8601 at +08:00. */
  readonly at: string;
  /** WGS-84 degrees. */
  readonly lon: number;
  readonly lat: number;
  /** Knots, one decimal. */
  readonly speedKn: string;
  readonly courseDeg: number;
  readonly via: string;
}

/** Question 3, by vessel code or by a name that one vessel alone bears; else null. */
export function vesselFacts(world: World, codeOrName: string, options: OracleOptions): VesselFacts | null {
  const found = world.vessels.filter(
    ({ vesselCode, name }) => vesselCode === codeOrName || name === codeOrName,
  );
  const [vessel] = found;
  if (vessel === undefined || found.length > 1) return null;
  const whom = { kind: 'vessel', index: vessel.index } as const;
  const calls = [...world.portCalls].filter((call) => call.vessel === vessel.index);
  return {
    id: canonicalId(world, whom, options.personKey),
    name: vessel.name,
    township: vessel.township,
    certificates: licencesOf(world, whom).map((licence) =>
      licenceFacts(licence, options.today ?? world.today),
    ),
    owners: ownersOf(world, vessel.index, options).sort(compareTexts),
    inspections: inspectionsOf(world, whom).map((inspection) => inspectionRecord(world, inspection, options)),
    portCalls: calls
      .sort((a, b) => -compareTexts(a.reportedAt, b.reportedAt) || b.index - a.index)
      .map(({ reportedAt, direction, port }: PortCall) => ({
        reportedAt: `${reportedAt.replace(' ', 'T')}+08:00`,
        direction,
        port,
      })),
    position: positionOf(world, vessel.index),
  };
}

const SHANGHAI_MS = 8 * 3_600_000;

function positionOf(world: World, vessel: number): PositionFacts | null {
  const fix = world.positions.find((each) => each.vessel === vessel);
  if (fix === undefined) return null;
  const { at, lon, lat, speedKn, courseDeg, via } = fix;
  const local = new Date(Date.parse(`${at.replace(' ', 'T')}Z`) + SHANGHAI_MS);
  return { at: `${local.toISOString().slice(0, 19)}+08:00`, lon, lat, speedKn, courseDeg, via };
}

/** Canonical ids of a vessel's owners, in the order of the register. */
function ownersOf(world: World, vessel: number, { personKey }: OracleOptions): string[] {
  return itemOf(world.vessels, vessel).owners.map(({ subject }) => canonicalId(world, subject, personKey));
}
