import { randomFor } from '../../random.js';
import { signOf } from '../people/names.js';
import type { Organisation } from '../world.js';
import { ORGANISATION } from '../world-base.js';
import { CLINIC, KARAOKE } from './industries.js';
import { drawTerm, type LicenceDraft } from './licence-draft.js';
import { drawState } from './make-licences.js';

interface TradePermit {
  readonly department: string;
  readonly type: string;
  readonly years: number;
  readonly number: (serial: number) => string;
}

const PERMITS: ReadonlyMap<string, TradePermit> = new Map([
  [
    KARAOKE,
    {
      department: 'CULTURE',
      type: 'ENTERTAINMENT',
      years: 2,
      number: (serial: number) => `33092216${String(serial).padStart(6, '0')}`,
    },
  ],
  [
    CLINIC,
    {
      department: 'HEALTH',
      type: 'MEDICAL_INSTITUTION',
      years: 5,
      number: (serial: number) => `PDY${String(serial).padStart(7, '0')}33092217D2122`,
    },
  ],
]);

/** Firms of any trade that run such a place beside it, whatever the seed: an infirmary and a karaoke room. */
const SIDE_LINES: ReadonlyMap<number, { readonly trade: string; readonly place: string }> = new Map([
  [2, { trade: CLINIC, place: '职工医务室' }],
  [3, { trade: KARAOKE, place: '职工歌厅' }],
]);

/** What karaoke bars (娱乐经营许可证) and clinics (医疗机构执业许可证) cannot open without. */
export function makeTradePermits(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  return organisations.flatMap(({ index, industry, township, name, established, cancelledAt }) => {
    const side = SIDE_LINES.get(index);
    const permit = PERMITS.get(side?.trade ?? industry);
    if (permit === undefined) return [];
    const random = randomFor(seed, 'trade-permit', index);
    const ended = random.chance(0.12) && side === undefined;
    const state = cancelledAt !== null && random.chance(0.6) ? 'CANCELLED' : drawState(random);
    return [
      {
        department: permit.department,
        type: permit.type,
        number: permit.number(index + 1),
        holder: ORGANISATION(index),
        ...drawTerm(random, today, permit.years, ended, established),
        state: side === undefined ? state : 'VALID',
        township,
        siteName: `${signOf(name)}${side?.place ?? ''}`,
      },
    ];
  });
}
