import { type Found, findAuthority } from './find-authority.js';
import type {
  Route,
  RouteKnowledge,
  RouteQuestion,
  RouteReason,
  RouteRule,
  RouteStep,
  RouteWarning,
} from './route.js';
import { bodyOn, type RoutingFacts } from './routing-facts.js';
import { countyTeamOf, squadOf, stationOf } from './teams.js';

/**
 * Who enforces what, where, in whose name (domain §6.2). The first rule that matches gives the authority, later ones add
 * steps. Where a list, a version or a place is missing the answer is INDETERMINATE, never a guess.
 */
export function decideRoute(question: RouteQuestion, known: RouteKnowledge, facts: RoutingFacts): Route {
  const found = findAuthority(question, known, facts);
  const steps = stepsOf(question, found, facts);
  const warnings = placeWarnings(question);
  if ('reason' in found) return indeterminate(found.reason, found.rules, steps, warnings);
  const nameOf = bodyOn(facts, found.authority, question.asOf);
  if (nameOf === null) return indeterminate('BODY_UNKNOWN', found.rules, steps, warnings);
  const { teams } = known;
  const team = teams === null ? null : teamOf(question, found, known);
  return {
    determinate: true,
    authority: found.authority,
    nameOf,
    team,
    station: teams === null ? null : stationOf(teams, found.authority, question.place?.township ?? null),
    rule: found.rules.at(-1) ?? null,
    rules: rulesOf(question, found),
    paused: question.criminalSuspicion,
    steps,
    reasons: [],
    warnings: [...warnings, ...found.warnings, ...teamWarnings(team, found, known)],
  };
}

function indeterminate(
  reason: RouteReason,
  rules: readonly RouteRule[],
  steps: readonly RouteStep[],
  warnings: readonly RouteWarning[],
): Route {
  return {
    determinate: false,
    authority: null,
    nameOf: null,
    team: null,
    station: null,
    rule: null,
    rules,
    paused: false,
    steps,
    reasons: [reason],
    warnings,
  };
}

function rulesOf({ criminalSuspicion, serious }: RouteQuestion, found: Found): readonly RouteRule[] {
  return [
    ...(criminalSuspicion ? ['CRIMINAL' as const] : []),
    ...found.rules,
    ...(serious && found.byTownship ? ['COUNTY_LEVEL' as const] : []),
  ];
}

/** Squads patrol their townships, whoever's name is used; what is serious or crosses townships the county handles. */
function teamOf({ place, serious }: RouteQuestion, found: Found, { teams }: RouteKnowledge): string | null {
  if (teams === null) return null;
  const township = place?.township ?? null;
  const squad = found.byTownship && !serious && township !== null ? squadOf(teams, township) : null;
  return squad ?? countyTeamOf(teams, found.authority);
}

function teamWarnings(
  team: string | null,
  { rules }: Found,
  { teams }: RouteKnowledge,
): readonly RouteWarning[] {
  if (teams === null) return ['TEAMS_UNREACHABLE'];
  return team === null && !rules.includes('LICENCE') ? ['NO_TEAM'] : [];
}

function placeWarnings({ place }: RouteQuestion): readonly RouteWarning[] {
  return [
    ...(place?.byAlias === true ? ['PLACE_BY_ALIAS' as const] : []),
    ...(place?.review === true ? ['PLACE_UNDER_REVIEW' as const] : []),
    ...(place?.unconfirmed === true ? ['AREA_UNCONFIRMED' as const] : []),
  ];
}

function stepsOf(
  question: RouteQuestion,
  found: ReturnType<typeof findAuthority>,
  { committee, police }: RoutingFacts,
): readonly RouteStep[] {
  const { criminalSuspicion, powerKind, place, claiming } = question;
  const atSea = place !== null && place.township === null;
  const steps: RouteStep[] = [];
  // Whose police it is depends on a place that cannot be told.
  if (criminalSuspicion && question.placeUnknown === undefined) {
    steps.push({ kind: 'TRANSFER_CRIMINAL', by: atSea ? police.atSea : police.onLand });
  }
  if ('reason' in found) {
    if (found.rules.includes('DISPUTE')) steps.push({ kind: 'DISPUTE', by: committee.name });
    return steps;
  }
  if (found.handsOver !== null) steps.push({ kind: 'HAND_OVER_CLUE', by: found.handsOver });
  if (found.supports !== null) steps.push({ kind: 'SUPPORT', by: found.supports });
  if (powerKind === 'INSPECTION' && new Set(claiming).size > 1) {
    steps.push({ kind: 'JOINT_CHECK', by: committee.name });
  }
  if (powerKind === 'PENALTY') {
    steps.push({ kind: 'PUBLISH', by: found.authority }, { kind: 'FEED_BACK', by: found.authority });
  }
  return steps;
}
