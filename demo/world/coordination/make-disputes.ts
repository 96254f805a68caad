import { type Random, randomFor } from '../../random.js';
import { CATALOGUE } from '../catalogue/make-items.js';
import { addDays } from '../days.js';
import { drawTownship } from '../townships.js';
import type { World } from '../world.js';

/** Who is competent, put before the committee's office (domain §2.12). */
export interface Dispute {
  readonly index: number;
  /** `ZY2026-003`. Unique. */
  readonly number: string;
  readonly kind: 'POSITIVE' | 'NEGATIVE' | 'SCOPE';
  /** `Department`s, the one that raised it first. */
  readonly parties: readonly [string, string, ...string[]];
  readonly itemCode: string;
  readonly matter: string;
  readonly township: string;
  readonly raisedAt: string;
  readonly decidedAt: string | null;
  readonly designated: string | null;
  readonly state: 'RAISED' | 'CONSULTING' | 'ESCALATED' | 'DECIDED' | 'CLOSED';
  /** The item list was amended for it on that day. */
  readonly amendedAt: string | null;
}

const COUNTS: Readonly<Record<World['size'], number>> = { tiny: 6, small: 14, county: 40, province: 400 };
const SPAN_DAYS = 900;
const OTHERS = ['MARINE', 'ENVIRONMENT', 'TRANSPORT', 'PLANNING'] as const;
const KINDS = ['POSITIVE', 'NEGATIVE', 'SCOPE'] as const;

/** Disputes over items of the county's list that were moved in part or lie between two fields, oldest first. */
export function disputesOf({ seed, size, today }: World): readonly Dispute[] {
  const items = CATALOGUE.filter(
    ({ list, transferredFrom }) => list === 'COMPREHENSIVE' && transferredFrom !== null,
  );
  const count = COUNTS[size];
  return Array.from({ length: count }, (_, index): Dispute => {
    const random = randomFor(seed, 'dispute', index);
    const item = random.pick(items);
    const raisedAt = addDays(today, -Math.floor((SPAN_DAYS * (count - index)) / count) + 1);
    const parties = partiesOf(random, item.transferredFrom ?? 'CONSTRUCTION');
    return {
      index,
      number: `ZY${raisedAt.slice(0, 4)}-${String(index + 1).padStart(3, '0')}`,
      kind: KINDS[index % KINDS.length] ?? 'SCOPE',
      parties,
      itemCode: item.code,
      matter: item.name,
      township: drawTownship(random).code,
      raisedAt,
      ...outcomeOf(random, today, raisedAt, parties),
    };
  });
}

function partiesOf(random: Random, department: string): Dispute['parties'] {
  const third = random.pick(OTHERS);
  return random.chance(0.3) && third !== department
    ? ['COMPREHENSIVE', department, third]
    : ['COMPREHENSIVE', department];
}

type Outcome = Pick<Dispute, 'decidedAt' | 'designated' | 'state' | 'amendedAt'>;

function outcomeOf(random: Random, today: string, raisedAt: string, parties: Dispute['parties']): Outcome {
  const open = { decidedAt: null, designated: null, amendedAt: null };
  const decidedAt = addDays(raisedAt, random.int(5, 45));
  if (decidedAt > today) return { ...open, state: random.pick(['RAISED', 'CONSULTING', 'ESCALATED']) };
  const amended = addDays(decidedAt, random.int(30, 120));
  return {
    decidedAt,
    designated: random.pick(parties),
    state: random.chance(0.6) ? 'CLOSED' : 'DECIDED',
    amendedAt: amended <= today && random.chance(0.4) ? amended : null,
  };
}
