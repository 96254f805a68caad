import { randomFor } from '../../random.js';
import { addDays, earlierDay, laterDay } from '../days.js';
import type { CreditRecord } from '../world.js';

/** An application for the repair (信用修复) of a published penalty. */
export interface Repair {
  /** Unique over the county. */
  readonly number: string;
  readonly appliedAt: string;
  readonly decidedAt: string;
  readonly outcome: 'GRANTED' | 'REFUSED';
}

/** Those of one record, earliest first: of a repaired one the last was granted; some were refused before. */
export function repairsOf(seed: number, today: string, record: CreditRecord): readonly Repair[] {
  const { kind, status, date, index, number } = record;
  if (kind !== 'PENALTY_PUBLICITY' || status === 'WITHDRAWN') return [];
  const random = randomFor(seed, 'credit.repair', index);
  const repair = (place: number, appliedAt: string, outcome: Repair['outcome']): Repair => ({
    number: `XF${number.slice(2)}${place}`,
    appliedAt,
    decidedAt: addDays(appliedAt, random.int(0, 5)),
    outcome,
  });
  const refusedAt = addDays(date, random.int(5, 30));
  const isRefused = random.chance(0.15) && addDays(refusedAt, 5) <= today;
  const refused = isRefused ? [repair(1, refusedAt, 'REFUSED')] : [];
  if (status !== 'REPAIRED') return refused;
  const soonest = laterDay(addDays(today, -300), addDays(date, 36));
  const appliedAt = earlierDay(addDays(soonest, random.int(0, 20)), addDays(today, -6));
  return [...refused, repair(2, appliedAt, 'GRANTED')];
}
