import type { Inspection, World } from '../../world/world.js';

/** A check that the platform holds. */
export interface ReportedCheck {
  readonly inspection: Inspection;
  /** Position among the platform's own checks; one that another system holds has that of the next own one. */
  readonly turn: number;
  /** Position among own checks of subjects of the same kind. */
  readonly subjectTurn: number;
}

/** Bureaus with systems of their own that report here as well, one in so many checks; the others report to nobody. */
const REPORTING: ReadonlySet<string> = new Set(['market', 'marine']);
const REPORTED_TWICE_EVERY = 5;

/** The platform's own checks, and those of other systems that are reported to it as well. */
export function* reportedChecks(world: World): Generator<ReportedCheck> {
  const subjectTurns = new Map<string, number>();
  let turn = 0;
  let foreign = 0;
  for (const inspection of world.inspections) {
    const own = inspection.heldBy === 'supervision';
    if (!own && !REPORTING.has(inspection.heldBy)) continue;
    if (!own && foreign++ % REPORTED_TWICE_EVERY !== 0) continue;
    const kind = inspection.subject?.kind ?? 'none';
    const subjectTurn = own ? (subjectTurns.get(kind) ?? 0) : 0;
    if (own) subjectTurns.set(kind, subjectTurn + 1);
    yield { inspection, turn, subjectTurn };
    if (own) turn += 1;
  }
}
