import { randomFor } from '../../random.js';
import { addDays, dayNumber } from '../days.js';
import type { SubjectPointer, World } from '../world.js';
import { managementLevelOf } from './management-level.js';

/** A year's environmental credit of a firm (企业环境信用评价). */
export interface CreditRating {
  readonly holder: SubjectPointer;
  readonly year: number;
  readonly grade: 'A' | 'B' | 'C' | 'D' | 'E';
  /** 0 to 100, one decimal. */
  readonly score: string;
  readonly validTo: string;
}

/** A firm in a list of those that must audit how cleanly they produce (清洁生产审核名单). */
export interface CleanProductionEntry {
  readonly holder: SubjectPointer;
  readonly documentNumber: string;
  readonly industry: string;
  readonly publishedAt: string;
}

/** Firms are rated as long as they discharge, the last three years at most. */
const YEARS_RATED = 3;

const GRADES = [
  ['A', 90],
  ['B', 75],
  ['C', 60],
  ['D', 40],
  ['E', 0],
] as const;

/** Of firms that hold a pollution permit, but for those that only registered; oldest year first. */
export function creditRatingsOf(world: World): readonly CreditRating[] {
  const last = Number(world.today.slice(0, 4)) - 1;
  return managedPermits(world).flatMap(({ index, holder, validFrom }) =>
    Array.from({ length: YEARS_RATED }, (_, place) => last - YEARS_RATED + 1 + place)
      .filter((year) => year >= Number(validFrom.slice(0, 4)))
      .map((year): CreditRating => {
        const random = randomFor(world.seed, 'environment-credit', index, year);
        const tenths = random.int(250, 1000);
        const grade = GRADES.find(([, least]) => tenths >= least * 10)?.[0] ?? 'E';
        return {
          holder,
          year,
          grade,
          score: (tenths / 10).toFixed(1),
          validTo: `${year + 1}-12-31`,
        };
      }),
  );
}

/** One managed firm in three had to audit, in a list of some year. */
export function cleanProductionOf(world: World): readonly CleanProductionEntry[] {
  return managedPermits(world)
    .filter((_, place) => place % 3 === 0)
    .map(({ index, holder }, place): CleanProductionEntry => {
      const random = randomFor(world.seed, 'clean-production', index);
      // Lists come once a year: of the last one somebody is left in every county.
      const publishedAt = addDays(world.today, -random.int(30, place === 0 ? 300 : 1200));
      const industry = world.organisations[holder.index]?.industry ?? '';
      return {
        holder,
        documentNumber: `舟环发〔${publishedAt.slice(0, 4)}〕${1 + (dayNumber(publishedAt) % 90)}号`,
        industry,
        publishedAt,
      };
    });
}

function managedPermits(world: World) {
  return world.licences.filter(
    ({ type, number }) => type === 'POLLUTION_PERMIT' && managementLevelOf(number) !== 'REGISTERED',
  );
}
