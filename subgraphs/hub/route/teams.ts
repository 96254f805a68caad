import type { RouteTeam } from './route.js';

const OF_COUNTY: readonly string[] = ['COMPREHENSIVE', 'PROFESSIONAL', 'MARINE'];
const SQUADS: readonly string[] = ['DISPATCHED', 'TOWNSHIP'];

/** The squad that covers a township: dispatched, of several townships (1+X), or the town's own. */
export function squadOf(teams: readonly RouteTeam[], township: string): string | null {
  return (
    teams.find(({ kind, coverage }) => SQUADS.includes(kind) && coverage.includes(township))?.name ?? null
  );
}

/** A department's team for the whole county; the town has one team for both its plates. */
export function countyTeamOf(teams: readonly RouteTeam[], department: string): string | null {
  const own = teams.filter((team) => team.department === department);
  return (
    (own.find(({ kind }) => OF_COUNTY.includes(kind)) ?? own.find(({ kind }) => kind === 'TOWNSHIP'))?.name ??
    null
  );
}

export function stationOf(
  teams: readonly RouteTeam[],
  department: string,
  township: string | null,
): string | null {
  if (township === null) return null;
  return (
    teams.find(
      (team) => team.kind === 'STATION' && team.department === department && team.coverage.includes(township),
    )?.name ?? null
  );
}
