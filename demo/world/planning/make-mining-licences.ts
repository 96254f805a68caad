import { type Random, randomFor } from '../../random.js';
import { drawTerm, type LicenceDraft } from '../market/licence-draft.js';
import { drawState } from '../market/make-licences.js';
import { signOf } from '../people/names.js';
import { townshipOf } from '../townships.js';
import type { Licence, Organisation, World } from '../world.js';
import { ORGANISATION } from '../world-base.js';

const YEARS = 5;
/** Firms of these trades, some of which quarry as well; and two firms whatever the seed. */
const QUARRYING = new Set(['C3735', 'G5511']);
const SHARE = 0.15;
const LANDMARKS = new Set([2, 6]);

/** 采矿许可证 of the planning bureau: quarries of firms in business. */
export function makeMiningLicences(
  seed: number,
  today: string,
  organisations: readonly Organisation[],
): readonly LicenceDraft[] {
  return organisations.flatMap(({ index, uscc, regState, established, township, name, industry }) => {
    const random = randomFor(seed, 'mining-licence', index);
    const quarries = QUARRYING.has(industry) && random.chance(SHARE);
    if ((!quarries && !LANDMARKS.has(index)) || uscc === null || regState !== 'ACTIVE') return [];
    const ended = random.chance(0.15) && !LANDMARKS.has(index);
    const state = drawState(random);
    const term = drawTerm(random, today, YEARS, ended, established);
    const [year = '', month = ''] = term.validFrom.split('-');
    return [
      {
        department: 'PLANNING',
        type: 'MINING',
        // C, division, month, 7130 (stone, open pit), running number: 23 characters.
        number: `C330922${year}${month}7130${String(index + 1).padStart(6, '0')}`,
        holder: ORGANISATION(index),
        ...term,
        state: LANDMARKS.has(index) ? 'VALID' : state,
        township,
        siteName: `${signOf(name).slice(0, 2)}石料矿`,
      },
    ];
  });
}

/** What a mining licence says of the mine. */
export interface Mine {
  readonly mineral: '建筑用凝灰岩' | '建筑用花岗岩' | '海砂';
  /** Square metres, whole. */
  readonly areaSqm: number;
  /** Tonnes a year. */
  readonly yearlyTonnes: number;
  /** Middle of the pit, CGCS2000, in hundredths of a second of arc. */
  readonly lonCs: number;
  readonly latCs: number;
  readonly openPit: boolean;
}

export function mineOf({ seed }: World, licence: Licence): Mine {
  const random = randomFor(seed, 'mine', licence.index);
  const { lonE6, latE6 } = townshipOf(licence.township ?? '').centre;
  return {
    mineral: random.pick(['建筑用凝灰岩', '建筑用花岗岩', '海砂']),
    areaSqm: random.int(8, 400) * 500,
    yearlyTonnes: random.int(2, 80) * 10_000,
    lonCs: nearby(random, lonE6),
    latCs: nearby(random, latE6),
    openPit: random.chance(0.9),
  };
}

/** Within a kilometre or so. @param degreesE6 millionths of a degree. */
function nearby(random: Random, degreesE6: number): number {
  return Math.round(degreesE6 * 0.36) + random.int(-2500, 2500);
}
