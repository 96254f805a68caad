import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueItem } from '../../demo/world/catalogue/item.js';
import { CATALOGUE } from '../../demo/world/catalogue/make-items.js';
import { TEAMS } from '../../demo/world/people/teams.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import type { RouteKnowledge, RoutePlace, RouteQuestion } from '../../subgraphs/hub/route/route.js';
import { parseRoutingFacts } from '../../subgraphs/hub/route/routing-facts.js';

export const FACTS = parseRoutingFacts(
  readFileSync(join(findProjectRoot(), 'schema/routing.yaml'), 'utf8'),
  'schema/routing.yaml',
);

export const isInForce = ({ validFrom, validTo }: CatalogueItem, day: string): boolean =>
  validFrom <= day && (validTo === null || day <= validTo);

/** What the demo's catalogue and teams say of an item, without any source between. */
export function knowledgeOf(item: string | null, asOf: string): RouteKnowledge {
  return {
    items: CATALOGUE.filter(({ code }) => code === item),
    versions: ['COMPREHENSIVE', 'PROFESSIONAL', 'TOWNSHIP'].flatMap((list) => {
      const [newest] = CATALOGUE.filter((row) => row.list === list && isInForce(row, asOf)).sort(
        (left, right) => (left.validFrom < right.validFrom ? 1 : -1),
      );
      return newest === undefined ? [] : [{ list, edition: newest.edition, validFrom: newest.validFrom }];
    }),
    teams: TEAMS,
  };
}

export const inTownship = (township: string): RoutePlace => ({ ...AT_SEA, township, seaArea: null });
export const AT_SEA: RoutePlace = {
  township: null,
  seaArea: '152',
  byAlias: false,
  review: false,
  unconfirmed: false,
};

/** A question about a penalty for which nothing else is said. */
export function question(
  item: string | null,
  place: RoutePlace | null,
  more: Partial<RouteQuestion> = {},
): RouteQuestion {
  return {
    item,
    powerKind: 'PENALTY',
    place,
    marineObject: false,
    fixedObject: false,
    criminalSuspicion: false,
    specialProvision: false,
    serious: false,
    claiming: [],
    declining: [],
    filedBy: null,
    filedAt: null,
    asOf: '2026-03-01',
    ...more,
  };
}

/** Codes of the demo's items by what domain §6.3 calls them. */
export const ITEMS = {
  /** In the county's list and in the township's. */
  YS01: first(({ list, field }) => list === 'TOWNSHIP' && field === 'CITY_APPEARANCE'),
  /** In the county's list, not in the township's. */
  ZH07: first(
    ({ list, scope, code, validTo }) =>
      list === 'COMPREHENSIVE' &&
      scope === 'FULL' &&
      validTo === null &&
      !CATALOGUE.some((row) => row.list === 'TOWNSHIP' && row.code === code),
  ),
  /** Moved in part, with a boundary. */
  ZHP02: first(
    ({ scope, dutyBoundary, field }) =>
      scope === 'PARTIAL' && dutyBoundary !== null && field === 'PUBLIC_SECURITY',
  ),
  /** Moved in part, without one. */
  UNBOUNDED: first(
    ({ list, scope, dutyBoundary }) =>
      list === 'COMPREHENSIVE' && scope === 'PARTIAL' && dutyBoundary === null,
  ),
  MS03: first(({ list, field }) => list === 'PROFESSIONAL' && field === 'MARKET'),
  HJ02: first(({ list, field }) => list === 'PROFESSIONAL' && field === 'ENVIRONMENT'),
  HY01: first(({ list, field }) => list === 'PROFESSIONAL' && field === 'MARINE'),
  JT04: first(({ list, field }) => list === 'PROFESSIONAL' && field === 'TRANSPORT'),
  EMERGENCY_CHECK: first(({ list, field }) => list === 'SUPERVISION' && field === 'EMERGENCY'),
  FIRE: first(
    ({ list, field, scope }) => list === 'COMPREHENSIVE' && field === 'FIRE_RESCUE' && scope === 'FULL',
  ),
  METEOROLOGY: first(
    ({ list, field, scope }) => list === 'COMPREHENSIVE' && field === 'METEOROLOGY' && scope === 'FULL',
  ),
  /** Stayed with a department that has no team. */
  KEPT: first(
    ({ list, field, validTo, department }) =>
      list === 'POWER' && field === 'WATER' && validTo === null && department === 'WATER',
  ),
  LICENCE: first(({ powerKind }) => powerKind === 'LICENCE'),
} as const;

function first(wanted: (item: CatalogueItem) => boolean): string {
  const found = CATALOGUE.find(wanted);
  if (found === undefined) throw new Error('the catalogue must have such an item');
  return found.code;
}
