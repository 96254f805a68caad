import { type Random, randomFor } from '../../random.js';
import { addDays, dayNumber, isoDay } from '../days.js';
import type { Organisation } from '../world.js';
import { formatYuan } from '../yuan.js';

/** 年度报告 of one firm for one year. */
export interface AnnualReport {
  /** Of its subject and year, unique. */
  readonly number: string;
  readonly year: number;
  readonly submittedAt: string;
  readonly state: 'OPEN' | 'SUSPENDED' | 'LIQUIDATING';
  /** Null: it chose not to publish the number. */
  readonly employees: number | null;
  /** Yuan, whole hundreds, two decimals; null as above. */
  readonly assets: string | null;
  readonly revenue: string | null;
}

/** 股权变更 that a firm made public. */
export interface EquityChange {
  readonly number: string;
  /** Index into `World.persons`. */
  readonly shareholder: number;
  /** Whole percent. */
  readonly before: number;
  readonly after: number;
  readonly changedAt: string;
  readonly publishedAt: string;
}

const YEARS_SHOWN = 3;

/** The last three years', oldest first. Some were never handed in. */
export function annualReportsOf(
  seed: number,
  today: string,
  organisation: Organisation,
): readonly AnnualReport[] {
  const { index, established, cancelledAt, regState } = organisation;
  const thisYear = Number(today.slice(0, 4));
  const years = Array.from({ length: YEARS_SHOWN }, (_, place) => thisYear - YEARS_SHOWN + place);
  return years.flatMap((year): readonly AnnualReport[] => {
    const random = randomFor(seed, 'annual-report', index, year);
    const submittedAt = isoDay(dayNumber(`${year + 1}-01-01`) + random.int(0, 179));
    const isMissing = random.chance(0.1);
    const existed = established < `${year}-12-31` && (cancelledAt === null || submittedAt < cancelledAt);
    if (isMissing || !existed || submittedAt > today) return [];
    return [
      {
        number: `NB${year}${String(index).padStart(8, '0')}`,
        year,
        submittedAt,
        state: regState === 'SUSPENDED' ? 'SUSPENDED' : random.chance(0.03) ? 'LIQUIDATING' : 'OPEN',
        employees: random.chance(0.6) ? random.int(1, 120) : null,
        ...figuresOf(random),
      },
    ];
  });
}

function figuresOf(random: Random): Pick<AnnualReport, 'assets' | 'revenue'> {
  const amount = (): string | null =>
    random.chance(0.5) ? formatYuan(random.int(1, 900_000) * 10_000) : null;
  return { assets: amount(), revenue: amount() };
}

/** Of some firms, oldest first; individual businesses have no shares. */
export function equityChangesOf(
  seed: number,
  today: string,
  persons: number,
  { index, kind, established }: Organisation,
): readonly EquityChange[] {
  const random = randomFor(seed, 'equity-change', index);
  if (kind !== 'ORGANISATION' || !random.chance(0.3)) return [];
  return Array.from({ length: random.int(1, 2) }, (_, place) => {
    const changedAt = addDays(today, -random.int(300, 700) + place * 250);
    return {
      number: `GQ${String(index).padStart(8, '0')}${place + 1}`,
      shareholder: random.int(0, persons - 1),
      before: random.int(0, 60),
      after: random.int(0, 100),
      changedAt,
      publishedAt: addDays(changedAt, random.int(0, 20)),
    };
  }).filter(({ changedAt }) => changedAt > established);
}
