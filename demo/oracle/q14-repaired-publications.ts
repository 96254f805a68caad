import type { CreditRecord, World } from '../world/world.js';
import { compareTexts } from './by-subject.js';
import { itemOf } from './canonical-id.js';

interface RepairedPublication {
  /** Of the credit platform's record. */
  readonly number: string;
  readonly decisionNo: string | null;
  readonly department: string;
  /** Published. */
  readonly date: string;
  readonly caseCode: string;
  /** On the credit platform. */
  readonly statusThere: CreditRecord['status'];
  /** `PublicationStatus` in the case system. */
  readonly statusHere: string;
}

/** Question 14: penalties that were published and later withdrawn or repaired. Newest first; on one day by number, greatest first. */
export function repairedPublications(world: World): readonly RepairedPublication[] {
  const cases = [...world.cases];
  return [...world.creditRecords]
    .filter(({ kind, status }) => kind === 'PENALTY_PUBLICITY' && ['WITHDRAWN', 'REPAIRED'].includes(status))
    .map(({ number, decisionNo, department, date, status, source }) => {
      const { caseCode, publication } = itemOf(cases, source ?? -1);
      const facts = { number, decisionNo, department, date, caseCode };
      return { ...facts, statusThere: status, statusHere: publication };
    })
    .sort((a, b) => -compareTexts(a.date, b.date) || -compareTexts(a.number, b.number));
}

/** Whether the case system tells what the credit platform does. */
export function isSynchronised({
  statusThere,
  statusHere,
}: Pick<RepairedPublication, 'statusThere' | 'statusHere'>): boolean {
  return statusHere === (statusThere === 'WITHDRAWN' ? 'WITHDRAWN' : 'DELETED');
}
