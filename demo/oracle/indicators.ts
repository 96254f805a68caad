import { procedureOf } from '../world/cases/case-procedure.js';
import type { CatalogueItem } from '../world/catalogue/item.js';
import { CATALOGUE } from '../world/catalogue/make-items.js';
import { addDays, daysBetween } from '../world/days.js';
import { jointTasksOf } from '../world/joint/make-joint-tasks.js';
import { sessionsOf } from '../world/mobile/make-sessions.js';
import { type StaffMember, staffOf } from '../world/people/make-staff.js';
import { TEAMS } from '../world/people/teams.js';
import type { Inspection, PenaltyCase, World } from '../world/world.js';
import { addYuan } from './money.js';
import { workingDaysAfter } from './q13-unpublished.js';
import { repeatVisits } from './q15-repeat-visits.js';

/** Both sides of one fraction; amounts of money in yuan. */
export interface Fraction {
  readonly numerator: string;
  readonly denominator: string;
}

interface IndicatorOptions {
  readonly isWorkingDay: (day: string) => boolean;
}

const ENFORCING = ['COMPREHENSIVE', 'PROFESSIONAL', 'MARINE', 'TOWNSHIP'];
const STANDING = ['DECIDED', 'SERVED', 'EXECUTING', 'CLOSED', 'UNDER_REVIEW', 'LITIGATION'];
/** Published at some time, whatever became of it. */
const WAS_PUBLIC = ['PUBLISHED', 'WITHDRAWN', 'DELETED'];

/** The indicators of one month, by code: what domain §1.7 says of the world itself. */
export function indicatorsOf(
  world: World,
  month: string,
  options: IndicatorOptions,
): ReadonlyMap<string, Fraction> {
  const first = `${month}-01`;
  const end = addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
  const [last = end] = [end, world.today].sort();
  const isWithin = (day: string | null): boolean => day !== null && first <= day && day <= last;
  const listed = CATALOGUE.filter(
    ({ validFrom, validTo }) => validFrom <= last && (validTo === null || last <= validTo),
  );
  const decided = [...world.cases].filter(
    ({ decidedAt, stage }) => isWithin(decidedAt) && STANDING.includes(stage),
  );
  const checks = [...world.inspections];
  const inMonth = checks.filter(({ date }) => isWithin(date));
  return new Map([
    ...ofLists(listed, checks, last),
    ['JOINT_PLAN_COMPLETION', jointCompletion(world, isWithin)],
    [
      'DECIDED_IN_TIME',
      share(decided, ({ filedAt, decidedAt }) => daysBetween(filedAt, decidedAt ?? '') <= 90),
    ],
    ['LEGAL_REVIEW', legallyReviewed(world, decided)],
    ['REMEDIES_LOST', remediesLost(world, isWithin)],
    ['PUBLISHED_IN_TIME', publishedInTime(world, decided, options)],
    ...ofStaff(world, [...world.cases].filter(({ filedAt }) => isWithin(filedAt)).length),
    [
      'FINES_COLLECTED',
      {
        numerator: addYuan(decided.map(({ paid }) => paid)),
        denominator: addYuan(decided.map(({ fine }) => fine)),
      },
    ],
    ['JOINT_SHARE', share(inMonth, ({ jointCheck }) => jointCheck)],
    ['APP_USE', appUse(world, inMonth)],
    ['VISITS_REDUCED', visitsReduced(world, isWithin)],
    ['REPEAT_VISITS', repeated(world, first, last)],
  ]);
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): Fraction {
  return { numerator: String(all.filter(holds).length), denominator: String(all.length) };
}

function distinct(values: Iterable<string>): string {
  return String(new Set(values).size);
}

function* ofLists(
  listed: readonly CatalogueItem[],
  checks: readonly Inspection[],
  last: string,
): Generator<readonly [string, Fraction]> {
  const on = (list: string) => listed.filter((item) => item.list === list);
  const lists = ['COMPREHENSIVE', 'PROFESSIONAL', 'TOWNSHIP'].flatMap(on);
  yield [
    'PUBLISHED_LISTS',
    {
      numerator: distinct(lists.map(({ department }) => department)),
      denominator: distinct(
        TEAMS.filter(({ kind }) => ENFORCING.includes(kind)).map(({ department }) => department),
      ),
    },
  ];
  const penalties = (list: string) => on(list).filter(({ powerKind }) => powerKind === 'PENALTY').length;
  yield [
    'COMPREHENSIVE_SHARE',
    { numerator: String(penalties('COMPREHENSIVE')), denominator: String(penalties('POWER')) },
  ];
  const since = addDays(last, -364);
  const used = checks.filter(({ date }) => since <= date && date <= last).map(({ itemCode }) => itemCode);
  yield [
    'ITEM_ACTIVATION',
    { numerator: distinct(used), denominator: distinct(on('SUPERVISION').map(({ code }) => code)) },
  ];
}

function jointCompletion(world: World, isWithin: (day: string) => boolean): Fraction {
  const tasks = jointTasksOf(world).filter(({ date, state }) => isWithin(date) && state !== 'CANCELLED');
  return share(tasks, ({ state }) => state === 'DONE');
}

function appUse(world: World, inMonth: readonly Inspection[]): Fraction {
  const captured = new Set([...sessionsOf(world)].map(({ inspection }) => inspection));
  return share(inMonth, ({ index }) => captured.has(index));
}

/** One visit took the place of one by each participant. */
function visitsReduced(world: World, isWithin: (day: string) => boolean): Fraction {
  const parts = jointTasksOf(world)
    .filter(({ date, state }) => isWithin(date) && state === 'DONE')
    .map(({ participants }) => participants.length);
  const planned = parts.reduce((sum, visits) => sum + visits, 0);
  return { numerator: String(planned - parts.length), denominator: String(planned) };
}

function repeated(world: World, from: string, to: string): Fraction {
  const buckets = repeatVisits(world, { from, to, withinDays: 30 });
  const sum = (of: 'repeated' | 'subjects'): string =>
    String(buckets.reduce((total, bucket) => total + bucket[of], 0));
  return { numerator: sum('repeated'), denominator: sum('subjects') };
}

/** Decisions that must be public: those that are, and those whose seven working days are over. */
function publishedInTime(
  { today }: World,
  decided: readonly PenaltyCase[],
  { isWorkingDay }: IndicatorOptions,
): Fraction {
  const lags = decided.flatMap(({ decidedAt, publishedAt, publication }) => {
    if (decidedAt === null || (publishedAt === null && WAS_PUBLIC.includes(publication))) return [];
    const lag = workingDaysAfter(decidedAt, publishedAt ?? today, isWorkingDay);
    return publishedAt === null && lag <= 7 ? [] : [{ isPublished: publishedAt !== null, lag }];
  });
  return share(lags, ({ isPublished, lag }) => isPublished && lag <= 7);
}

/** Steps, reviews and lawsuits are told of cases in the provincial case system alone. */
const isInCaseSystem = ({ heldBy }: PenaltyCase): boolean => heldBy === 'cases';

function legallyReviewed(world: World, decided: readonly PenaltyCase[]): Fraction {
  const due = decided
    .filter(isInCaseSystem)
    .map((each) => procedureOf(world, each))
    .filter(({ hearing, major }) => hearing || major);
  return share(due, ({ legalReview }) => legalReview);
}

function remediesLost(world: World, isWithin: (day: string | null) => boolean): Fraction {
  const ended = [...world.cases].filter(isInCaseSystem).flatMap((each) => {
    const { administrativeReview, litigation } = procedureOf(world, each);
    const outcomes = [administrativeReview, litigation].flatMap((remedy) =>
      remedy !== null && isWithin(remedy.endedAt) ? [remedy.outcome] : [],
    );
    return outcomes.length === 0 ? [] : [outcomes];
  });
  return share(ended, (outcomes) =>
    outcomes.some((outcome) => ['REVOKED', 'CHANGED', 'DECLARED_UNLAWFUL'].includes(outcome)),
  );
}

function* ofStaff(world: World, filed: number): Generator<readonly [string, Fraction]> {
  const staff = staffOf(world).filter(({ state }) => state === 'ON_DUTY');
  const isCertified = ({ certNo, certValidTo }: StaffMember): boolean =>
    certNo !== null && certValidTo !== null && certValidTo >= world.today;
  const isDeployed = ({ township }: StaffMember): boolean => township !== null;
  const certified = staff.filter(isCertified);
  yield ['CERTIFIED_STAFF', share(staff, isCertified)];
  yield ['TOWNSHIP_STAFF', share(staff, isDeployed)];
  yield ['TOWNSHIP_CERTIFIED_STAFF', share(certified, isDeployed)];
  yield ['CASES_PER_OFFICER', { numerator: String(filed), denominator: String(certified.length) }];
}
