import { CATALOGUE } from '../../demo/world/catalogue/make-items.js';
import { TEAMS } from '../../demo/world/people/teams.js';
import { TOWNSHIPS, YANGSHAN } from '../../demo/world/townships.js';
import { decideRoute } from '../../subgraphs/hub/route/decide-route.js';
import type { Route, RoutePlace } from '../../subgraphs/hub/route/route.js';
import { bodyOn } from '../../subgraphs/hub/route/routing-facts.js';
import { AT_SEA, FACTS, inTownship, isInForce, knowledgeOf, question } from './known-lists.js';

/** The day before and the day of every change of a list, and some days between. */
const DATES = [
  ...new Set(
    CATALOGUE.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo === null ? [] : [validTo])]),
  ),
  '2021-10-01',
  '2022-06-30',
  '2026-06-30',
].sort();
const CODES = [...new Set(CATALOGUE.map(({ code }) => code))];
const PLACES: readonly RoutePlace[] = [...TOWNSHIPS.map(({ code }) => inTownship(code)), AT_SEA];

interface Situation {
  readonly code: string;
  readonly date: string;
  readonly place: RoutePlace;
  readonly route: Route;
}

/** Every item at every place on every date. */
function* situations(powerKind: string): Generator<Situation> {
  for (const code of CODES) {
    for (const date of DATES) {
      const known = knowledgeOf(code, date);
      for (const place of PLACES) {
        yield {
          code,
          date,
          place,
          route: decideRoute(question(code, place, { asOf: date, powerKind }), known, FACTS),
        };
      }
    }
  }
}

const penalties = [...situations('PENALTY')];
const told = ({ code, date, place }: Situation): string => `${code} ${date} ${place.township ?? 'at sea'}`;

it('is asked of enough', () => {
  expect(penalties.length).toBeGreaterThan(50_000);
  const determinate = penalties.filter(({ route }) => route.determinate);
  expect(determinate.length / penalties.length).toBeGreaterThan(0.3);
});

it('I1: one body decides in one name, or nobody is named', () => {
  const wrong = penalties.filter(({ route, date }) => {
    const { determinate, authority, nameOf, rule, reasons } = route;
    if (!determinate) return authority !== null || nameOf !== null || rule !== null || reasons.length === 0;
    return (
      authority === null || nameOf !== bodyOn(FACTS, authority, date) || rule === null || reasons.length > 0
    );
  });
  expect(wrong.map(told)).toEqual([]);
});

it('I2: a township acts in its own name only for what its list holds, in its own area', () => {
  const own = penalties.filter(({ route }) => route.authority === 'YANGSHAN_TOWN');
  expect(own.length).toBeGreaterThan(100);
  const isListed = (code: string, date: string): boolean =>
    CATALOGUE.some((row) => row.list === 'TOWNSHIP' && row.code === code && isInForce(row, date));
  const wrong = own.filter(({ code, date, place }) => place.township !== YANGSHAN || !isListed(code, date));
  expect(wrong.map(told)).toEqual([]);
});

it('I3: coercion follows the power to penalise', () => {
  const coercions = [...situations('COERCION')];
  const wrong = coercions.filter(({ route }, index) => {
    const penalty = penalties[index]?.route;
    return (
      route.authority !== penalty?.authority || route.nameOf !== penalty.nameOf || route.team !== penalty.team
    );
  });
  expect(wrong.map(told)).toEqual([]);
});

it('I4: nobody penalises but the ten teams, the town, bodies with special provision, and departments that are named as such', () => {
  const ofTeams = new Set(
    TEAMS.filter(({ kind }) => ['COMPREHENSIVE', 'PROFESSIONAL', 'MARINE', 'TOWNSHIP'].includes(kind)).map(
      ({ department }) => department,
    ),
  );
  const outside = penalties.filter(
    ({ route }) =>
      route.determinate &&
      !ofTeams.has(route.authority ?? '') &&
      !route.warnings.includes('RETURNED_TO_DEPARTMENT') &&
      !route.rules.includes('INSPECTION'),
  );
  expect(outside.map(told)).toEqual([]);
});
