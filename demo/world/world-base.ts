import type { Random } from '../random.js';
import { isoDay } from './days.js';
import type { OfficersByDepartment } from './people/make-officers.js';
import type { WorldCounts } from './sizes.js';
import type { DemoSize, Officer, Organisation, Person, SubjectPointer, Vessel } from './world.js';

/** What inspections and cases are drawn from. */
export interface WorldBase {
  readonly seed: number;
  readonly size: DemoSize;
  readonly counts: WorldCounts;
  /** Day numbers; everything happens from `firstDay` to `today`. */
  readonly today: number;
  readonly firstDay: number;
  readonly organisations: readonly Organisation[];
  readonly persons: readonly Person[];
  readonly vessels: readonly Vessel[];
  readonly officers: OfficersByDepartment;
  /** Indexes of the organisations that a department looks after; all of them where it has no field of its own. */
  readonly organisationsOf: ReadonlyMap<string, readonly number[]>;
  /** Indexes of organisations that own vessels, once per vessel. */
  readonly shipowners: readonly number[];
}

export const VESSEL = (index: number): SubjectPointer => ({ kind: 'vessel', index });
export const ORGANISATION = (index: number): SubjectPointer => ({ kind: 'organisation', index });
export const PERSON = (index: number): SubjectPointer => ({ kind: 'person', index });

const EVERYBODY = 'EVERYBODY';

/** Departments with a field of their own inspect the firms of that field. */
export function groupOrganisations(
  organisations: readonly Organisation[],
  inspectedBy: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>([[EVERYBODY, []]]);
  for (const { index, industry } of organisations) {
    for (const department of [EVERYBODY, ...(inspectedBy.get(industry) ?? [])]) {
      const group = groups.get(department);
      if (group === undefined) groups.set(department, [index]);
      else group.push(index);
    }
  }
  return groups;
}

/** An organisation in that department's field which exists on that day; those with low indexes more often. */
export function drawOrganisation(
  base: WorldBase,
  random: Random,
  department: string,
  day: number,
): SubjectPointer {
  const iso = isoDay(day);
  const group = base.organisationsOf.get(department) ?? base.organisationsOf.get(EVERYBODY) ?? [0];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const index = group[lowOften(random, group.length)] ?? 0;
    const organisation = base.organisations[index];
    if (organisation !== undefined && existsOn(organisation, iso)) return ORGANISATION(index);
  }
  return ORGANISATION(0);
}

/** One that owns vessels and exists on that day. */
export function drawShipowner(base: WorldBase, random: Random, day: number): SubjectPointer {
  const index = random.pick(base.shipowners);
  const organisation = base.organisations[index];
  return ORGANISATION(organisation !== undefined && existsOn(organisation, isoDay(day)) ? index : 0);
}

export function drawVessel(base: WorldBase, random: Random): SubjectPointer {
  return VESSEL(lowOften(random, base.vessels.length));
}

/** Somebody, seldom anyone twice. */
export function drawPerson(base: WorldBase, random: Random): SubjectPointer {
  return PERSON(random.int(0, base.persons.length - 1));
}

/** Some are visited again and again, which is what analysts look for. */
function lowOften(random: Random, length: number): number {
  return Math.min(random.int(0, length - 1), random.int(0, length - 1));
}

function existsOn(organisation: Organisation, iso: string): boolean {
  return (
    organisation.established <= iso && (organisation.cancelledAt === null || iso < organisation.cancelledAt)
  );
}

/** Where a subject is at home. */
export function homeOf(base: WorldBase, subject: SubjectPointer): string {
  const found = listOf(base, subject.kind)[subject.index];
  if (found === undefined)
    throw new RangeError(`Cannot find ${subject.kind} ${subject.index}: the world has none`);
  return found.township;
}

/** What a subject is called; null when the world has none such. */
export function nameOfSubject(base: WorldBase, subject: SubjectPointer): string | null {
  return listOf(base, subject.kind)[subject.index]?.name ?? null;
}

function listOf(
  base: WorldBase,
  kind: SubjectPointer['kind'],
): readonly { readonly township: string; readonly name: string }[] {
  if (kind === 'organisation') return base.organisations;
  return kind === 'person' ? base.persons : base.vessels;
}

/** Two officers of a department whose certificates are valid on that day. */
export function drawOfficers(
  base: WorldBase,
  random: Random,
  department: string,
  iso: string,
): readonly number[] {
  const officers = base.officers.get(department) ?? [];
  const certified = (officer: Officer | undefined): officer is Officer =>
    officer !== undefined && officer.certValidTo >= iso;
  const first = random.int(0, officers.length - 1);
  const chosen: number[] = [];
  // From a drawn place onwards, so that lapsed certificates are skipped without drawing again and again.
  for (let step = 0; step < officers.length && chosen.length < 2; step += 1) {
    const officer = officers[(first + step) % officers.length];
    if (certified(officer)) chosen.push(officer.index);
  }
  return chosen;
}
