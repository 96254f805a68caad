import { randomFor } from '../../random.js';
import { addDays } from '../days.js';
import type { CreditRecord, Licence, Organisation, PenaltyCase } from '../world.js';
import { centsOfYuan } from '../yuan.js';
import { abnormalEntries, courtEntries, seriousEntries } from './list-entries.js';

/** What credit records are made from. */
export interface CreditSources {
  readonly organisations: readonly Organisation[];
  readonly persons: number;
  readonly licences: readonly Licence[];
  readonly cases: Iterable<PenaltyCase>;
}

type Unnumbered = Omit<CreditRecord, 'index'>;

/** 双公示 began to be gathered that long before today. */
const LICENCE_DAYS = 1095;

/** Every record of the credit platform. Can be walked again and again, always the same. */
export function makeCreditRecords(
  seed: number,
  today: string,
  sources: CreditSources,
): Iterable<CreditRecord> {
  return {
    *[Symbol.iterator]() {
      let index = 0;
      for (const record of allRecords(seed, today, sources)) {
        yield { index, ...record };
        index += 1;
      }
    },
  };
}

function* allRecords(seed: number, today: string, sources: CreditSources): Generator<Unnumbered> {
  const { organisations, persons, licences, cases } = sources;
  for (const each of cases)
    if (each.publishedAt !== null) yield publishCase(seed, today, each, each.publishedAt);
  for (const each of licences) {
    const record = publishLicence(seed, today, each);
    if (record !== null) yield record;
  }
  yield* abnormalEntries(seed, today, organisations);
  yield* seriousEntries(seed, today, organisations);
  yield* courtEntries(seed, today, organisations, persons);
  for (const each of organisations) if (each.uscc !== null) yield grade(seed, today, each);
}

/**
 * A decision that was withdrawn is withdrawn here as well, one whose publication was deleted was repaired; and of some
 * that were repaired the case system never heard.
 */
function publishCase(seed: number, today: string, penaltyCase: PenaltyCase, date: string): Unnumbered {
  const { index, department, subject, decisionNo, decidedAt, fine, name, publication, closedAt } =
    penaltyCase;
  const endsAt = addDays(date, publishedDays(penaltyCase));
  const random = randomFor(seed, 'credit.penalty', index);
  const unheard = random.chance(0.15) && closedAt !== null && addDays(closedAt, 90) <= today;
  return {
    ...{ department, subject, date, decisionNo, decidedAt, endsAt, fine },
    number: `CF330922${String(index).padStart(10, '0')}`,
    kind: 'PENALTY_PUBLICITY',
    status:
      publication === 'WITHDRAWN'
        ? 'WITHDRAWN'
        : publication === 'DELETED' || unheard
          ? 'REPAIRED'
          : endsAt < today
            ? 'EXPIRED'
            : 'VALID',
    grade: null,
    reason: name,
    source: index,
  };
}

/** Three months of what was decided on the spot, three years of heavy fines, a year of the others. */
function publishedDays({ process, fine }: PenaltyCase): number {
  if (process === 'SIMPLE') return 90;
  return centsOfYuan(fine ?? '0.00') >= 10_000_000 ? 1095 : 365;
}

/** Of firms and citizens; certificates of vessels are not published. */
function publishLicence(seed: number, today: string, licence: Licence): Unnumbered | null {
  const { index, department, holder, number, validFrom, validTo, state } = licence;
  const random = randomFor(seed, 'credit.licence', index);
  const date = addDays(validFrom, random.int(0, random.chance(0.1) ? 30 : 8));
  if (holder.kind === 'vessel' || date > today || validFrom < addDays(today, -LICENCE_DAYS)) return null;
  const isGone = state === 'CANCELLED' || state === 'REVOKED' || state === 'WITHDRAWN';
  return {
    department,
    date,
    number: `XK330922${String(index).padStart(10, '0')}`,
    kind: 'LICENCE_PUBLICITY',
    subject: holder,
    decisionNo: number,
    decidedAt: validFrom,
    endsAt: validTo,
    status: isGone ? 'WITHDRAWN' : validTo !== null && validTo < today ? 'EXPIRED' : 'VALID',
    grade: null,
    fine: null,
    reason: null,
    source: index,
  };
}

/** 公共信用评价 of whoever has a credit code, anew every quarter. */
function grade(seed: number, today: string, { index, regState }: Organisation): Unnumbered {
  const random = randomFor(seed, 'credit.grade', index);
  const drawn = random.pick(['A', 'A', 'B', 'B', 'B', 'C', 'C', 'D', 'E'] as const);
  return {
    number: `PJ330922${String(index).padStart(10, '0')}`,
    kind: 'GRADE',
    department: 'DEVELOPMENT',
    subject: { kind: 'organisation', index },
    date: addDays(today, -random.int(1, 90)),
    decisionNo: null,
    decidedAt: null,
    endsAt: null,
    status: 'VALID',
    grade: regState === 'REVOKED' ? 'E' : drawn,
    fine: null,
    reason: null,
    source: null,
  };
}
