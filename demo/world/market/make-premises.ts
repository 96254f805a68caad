import { randomFor } from '../../random.js';
import { makeMachineryLicences } from '../agriculture/make-machinery-licences.js';
import { makePesticidePermits } from '../agriculture/make-pesticide-permits.js';
import { makeHomestay } from '../culture/make-homestay.js';
import { makeSportsLicences } from '../culture/make-sports-licences.js';
import { makeTravelAgencies } from '../culture/make-travel-agencies.js';
import { type HomestayPlan, type LodgingTrade, planHomestays } from '../culture/plan-homestays.js';
import { makeHazchemLicences } from '../emergency/make-hazchem-licences.js';
import { makeEnvironmentPermits } from '../environment/make-environment-permits.js';
import { makeHygienePermits } from '../health/make-hygiene-permits.js';
import { makeAquaculturePermits } from '../marine/make-aquaculture-permits.js';
import { makeMiningLicences } from '../planning/make-mining-licences.js';
import { makeRoadLicences } from '../transport/make-road-licences.js';
import type { Homestay, Licence } from '../world.js';
import type { LicenceDraft } from './licence-draft.js';
import { personFoodLicence } from './make-licences.js';
import { makeTradePermits } from './make-trade-permits.js';

interface Premises {
  readonly homestays: readonly Homestay[];
  /** Those of `trade` first, unchanged. */
  readonly licences: readonly Licence[];
}

/** Homestays, and all licences that are for a place rather than a vessel or a trade. */
export function makePremises(seed: number, today: string, count: number, trade: LodgingTrade): Premises {
  const { organisations, licences: registered } = trade;
  const opened = planHomestays(seed, today, count, trade).map((plan, index) => {
    const { operator } = plan;
    const firm = operator.kind === 'organisation' ? organisations[operator.index] : undefined;
    const licence = registered.length + index;
    return {
      plan,
      ...makeHomestay(seed, today, plan, { index, licence, established: firm?.established ?? null }),
    };
  });
  const drafts = [
    ...opened.map(({ permit }) => permit),
    ...foodLicences(
      seed,
      today,
      opened.map(({ plan }) => plan),
      organisations.length,
    ),
    ...makeHygienePermits(seed, today, opened, organisations),
    ...makeTradePermits(seed, today, organisations),
    ...makeRoadLicences(seed, today, organisations, trade.persons),
    ...makeEnvironmentPermits(seed, today, organisations),
    ...makePesticidePermits(seed, today, organisations),
    ...makeMachineryLicences(seed, today, trade.persons),
    ...makeHazchemLicences(seed, today, organisations),
    ...makeMiningLicences(seed, today, organisations),
    ...makeTravelAgencies(seed, today, organisations),
    ...makeSportsLicences(seed, today, organisations),
    ...makeAquaculturePermits(seed, today, organisations, trade.persons),
  ];
  return {
    homestays: opened.map(({ homestay }) => homestay),
    licences: [
      ...registered,
      ...drafts.map((draft, place): Licence => ({ index: registered.length + place, ...draft })),
    ],
  };
}

/** Of people who run homestays, one each; landmarks' never ended. */
function foodLicences(
  seed: number,
  today: string,
  plans: readonly HomestayPlan[],
  organisations: number,
): readonly LicenceDraft[] {
  const licensed = new Set<number>();
  return plans.flatMap(({ operator, food, landmark }) => {
    if (operator.kind !== 'person' || !food || licensed.has(operator.index)) return [];
    licensed.add(operator.index);
    const random = randomFor(seed, 'food-licence.person', operator.index);
    const ended = random.chance(0.1) && !landmark;
    return [personFoodLicence(random, today, operator.index, organisations, ended)];
  });
}
