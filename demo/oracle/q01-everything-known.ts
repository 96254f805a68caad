import type { SubjectPointer, World } from '../world/world.js';
import {
  casesOf,
  compareTexts,
  complaintsOf,
  inspectionsOf,
  licencesOf,
  vehiclesOf,
  vesselsOf,
} from './by-subject.js';
import { canonicalId, industryOf, itemOf, kindOf, nameOf, plateId, townshipOf } from './canonical-id.js';
import {
  type CaseFacts,
  type ComplaintFacts,
  caseFacts,
  complaintFacts,
  type InspectionRecord,
  inspectionRecord,
  type LicenceFacts,
  licenceFacts,
  type OracleOptions,
} from './records.js';

interface EverythingKnown {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string;
  readonly township: string | null;
  readonly industry: string | null;
  readonly licences: readonly LicenceFacts[];
  readonly inspections: readonly InspectionRecord[];
  readonly cases: readonly CaseFacts[];
  readonly complaints: readonly ComplaintFacts[];
  /** Vessels and vehicles, by canonical id. */
  readonly owned: readonly string[];
}

/** Question 1. Null for a USCC that nobody has or had. */
export function everythingKnown(world: World, uscc: string, options: OracleOptions): EverythingKnown | null {
  const found = world.organisations.find((each) => each.uscc === uscc || each.formerUsccs.includes(uscc));
  return found === undefined
    ? null
    : everythingKnownOf(world, { kind: 'organisation', index: found.index }, options);
}

function everythingKnownOf(world: World, whom: SubjectPointer, options: OracleOptions): EverythingKnown {
  const inspections = [...world.inspections];
  const cases = [...world.cases];
  const today = options.today ?? world.today;
  const owned = [
    ...vesselsOf(world, whom).map((index) =>
      canonicalId(world, { kind: 'vessel', index }, options.personKey),
    ),
    ...vehiclesOf(world, whom).map((index) => plateId(itemOf(world.vehicles, index))),
  ];
  return {
    id: canonicalId(world, whom, options.personKey),
    name: nameOf(world, whom),
    kind: kindOf(world, whom),
    township: townshipOf(world, whom),
    industry: industryOf(world, whom),
    licences: licencesOf(world, whom).map((licence) => licenceFacts(licence, today)),
    inspections: inspectionsOf(world, whom).map((inspection) => inspectionRecord(world, inspection, options)),
    cases: casesOf(world, whom).map((each) => caseFacts(world, each, inspections, options)),
    complaints: complaintsOf(world, whom).map((each) => complaintFacts(each, inspections, cases)),
    owned: owned.sort(compareTexts),
  };
}
