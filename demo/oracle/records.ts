import type { Complaint, Inspection, Licence, PenaltyCase, World } from '../world/world.js';
import { canonicalId, itemOf } from './canonical-id.js';
import { elapsedDays, isExpired, isUnpaid, remainingDays } from './legal-clocks.js';

/** What questions are asked with, beside the world. */
export interface OracleOptions {
  /** The graph's day, `yyyy-MM-dd`. Default: the world's. */
  readonly today?: string;
  /** The graph's key for people's numbers. */
  readonly personKey: string;
}

export interface InspectionRecord {
  readonly number: string;
  readonly department: string;
  readonly date: string;
  readonly kind: string;
  /** In the order of the source; `UNKNOWN` for one that is in no list. The graph's `result` is the gravest. */
  readonly results: readonly string[];
  readonly subject: string | null;
}

export function inspectionRecord(
  world: World,
  inspection: Inspection,
  { personKey }: OracleOptions,
): InspectionRecord {
  const { number, department, date, kind, results, subject } = inspection;
  return {
    number,
    department,
    date,
    kind,
    results: results.length === 0 ? ['UNKNOWN'] : results,
    subject: subject === null ? null : canonicalId(world, subject, personKey),
  };
}

export interface CaseFacts {
  readonly caseCode: string;
  readonly decisionNo: string | null;
  readonly department: string;
  readonly name: string;
  readonly stage: string;
  readonly process: string;
  readonly source: string;
  readonly filedAt: string;
  readonly decidedAt: string | null;
  readonly servedAt: string | null;
  readonly fine: string | null;
  readonly paid: string | null;
  readonly unpaid: boolean;
  readonly elapsedDays: number;
  readonly remainingDays: number;
  readonly publication: string;
  readonly publishedAt: string | null;
  readonly team: string;
  readonly subject: string;
  /** `number` of the inspection that it came from. */
  readonly inspection: string | null;
}

/** @param inspections of the world, by index: the case's own is looked up there. */
export function caseFacts(
  world: World,
  penaltyCase: PenaltyCase,
  inspections: readonly Inspection[],
  { today = world.today, personKey }: OracleOptions,
): CaseFacts {
  const { caseCode, decisionNo, department, name, stage, process, source, filedAt, team } = penaltyCase;
  const { decidedAt, servedAt, fine, paid, publication, publishedAt } = penaltyCase;
  return {
    ...{ caseCode, decisionNo, department, name, stage, process, source, filedAt, decidedAt, servedAt },
    ...{ fine, paid, publication, publishedAt, team },
    unpaid: isUnpaid(penaltyCase, today),
    elapsedDays: elapsedDays(penaltyCase, today),
    remainingDays: remainingDays(penaltyCase, today),
    subject: canonicalId(world, penaltyCase.subject, personKey),
    inspection: penaltyCase.inspection === null ? null : itemOf(inspections, penaltyCase.inspection).number,
  };
}

export interface LicenceFacts {
  readonly department: string;
  readonly type: string;
  readonly number: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly state: string;
  readonly expired: boolean;
}

export function licenceFacts(licence: Licence, today: string): LicenceFacts {
  const { department, type, number, validFrom, validTo, state } = licence;
  return { department, type, number, validFrom, validTo, state, expired: isExpired(licence, today) };
}

export interface ComplaintFacts {
  readonly ticketNumber: string;
  readonly source: string;
  readonly kind: string;
  readonly category: string;
  readonly township: string;
  readonly department: string;
  /** ISO 8601 at +08:00. */
  readonly createdAt: string;
  readonly state: string;
  /** `number` of the inspection and case code of the case that it led to. */
  readonly inspection: string | null;
  readonly case: string | null;
}

/** @param inspections of the world, by index, as are `cases`. */
export function complaintFacts(
  complaint: Complaint,
  inspections: readonly Inspection[],
  cases: readonly PenaltyCase[],
): ComplaintFacts {
  const { ticketNumber, source, kind, category, township, department, createdAt, state } = complaint;
  return {
    ...{ ticketNumber, source, kind, category, township, department, state },
    createdAt: `${createdAt.replace(' ', 'T')}+08:00`,
    inspection: complaint.inspection === null ? null : itemOf(inspections, complaint.inspection).number,
    case: complaint.case === null ? null : itemOf(cases, complaint.case).caseCode,
  };
}
