import type { Complaint, Inspection, Licence, PenaltyCase, SubjectPointer, World } from '../world/world.js';

/** Names a subject within its world. */
export function pointerKey({ kind, index }: SubjectPointer): string {
  return `${kind}/${index}`;
}

interface SubjectGroup<T> {
  readonly subject: SubjectPointer;
  readonly items: readonly T[];
}

/** Items by subject, in the order in which they come; those about nobody are left out. */
export function groupBySubject<T>(
  items: Iterable<T>,
  subjectOf: (item: T) => SubjectPointer | null,
): ReadonlyMap<string, SubjectGroup<T>> {
  const groups = new Map<string, { subject: SubjectPointer; items: T[] }>();
  for (const item of items) {
    const subject = subjectOf(item);
    if (subject === null) continue;
    const group = groups.get(pointerKey(subject));
    if (group === undefined) groups.set(pointerKey(subject), { subject, items: [item] });
    else group.items.push(item);
  }
  return groups;
}

function isAbout(subject: SubjectPointer | null, whom: SubjectPointer): boolean {
  return subject !== null && pointerKey(subject) === pointerKey(whom);
}

/** Newest first; on one day by number, greatest first. */
export function inspectionsOf(world: World, whom: SubjectPointer): readonly Inspection[] {
  const found = [...world.inspections].filter(({ subject }) => isAbout(subject, whom));
  return found.sort((a, b) => -compareTexts(a.date, b.date) || -compareTexts(a.number, b.number));
}

/** By day of filing, newest first; on one day by case code, greatest first. */
export function casesOf(world: World, whom: SubjectPointer): readonly PenaltyCase[] {
  const found = [...world.cases].filter(({ subject }) => isAbout(subject, whom));
  return found.sort((a, b) => -compareTexts(a.filedAt, b.filedAt) || -compareTexts(a.caseCode, b.caseCode));
}

/** By time of entry, newest first; of one second by ticket number, greatest first. */
export function complaintsOf(world: World, whom: SubjectPointer): readonly Complaint[] {
  const found = [...world.complaints].filter(({ target }) => isAbout(target, whom));
  return found.sort(
    (a, b) => -compareTexts(a.createdAt, b.createdAt) || -compareTexts(a.ticketNumber, b.ticketNumber),
  );
}

/** By type, then by number. */
export function licencesOf(world: World, whom: SubjectPointer): readonly Licence[] {
  const found = world.licences.filter(({ holder }) => isAbout(holder, whom));
  return found.sort((a, b) => compareTexts(a.type, b.type) || compareTexts(a.number, b.number));
}

/** Indexes of the vessels that a subject owns, alone or with others. */
export function vesselsOf(world: World, whom: SubjectPointer): readonly number[] {
  return world.vessels
    .filter(({ owners }) => owners.some(({ subject }) => isAbout(subject, whom)))
    .map(({ index }) => index);
}

/** Indexes of the vehicles that a subject runs and that the register names: not those whose number it cut off. */
export function vehiclesOf(world: World, whom: SubjectPointer): readonly number[] {
  return world.vehicles
    .filter(({ operator, cutOff }) => !cutOff && isAbout(operator, whom))
    .map(({ index }) => index);
}

/** By UTF-16 units, which is by code point for everything that is compared here. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
