import { type StaffMember, staffOf } from '../../world/people/make-staff.js';
import { TEAMS, type Team } from '../../world/people/teams.js';
import { townshipOf } from '../../world/townships.js';
import type { World } from '../../world/world.js';
import { lastDelivery } from '../delivery-times.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { TEAM_KINDS } from './people-codes.js';

const COLUMNS = [
  { name: 'dwbm', type: 'text', length: 10 },
  { name: 'dwmc', type: 'text', length: 60 },
  { name: 'dwlb', type: 'text', length: 10 },
  { name: 'ssbm', type: 'text', length: 60 },
  { name: 'zdxz', type: 'text', length: 20 },
  { name: 'gxfw', type: 'text', length: 120 },
  { name: 'pz', type: 'text', length: 120 },
  { name: 'zgrs', type: 'integer' },
  { name: 'czrs', type: 'integer' },
  { name: 'clsl', type: 'text', length: 10 },
  { name: 'ctsl', type: 'text', length: 10 },
  { name: 'lqjwz', type: 'text', length: 60 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type TeamRow = RecordOf<typeof COLUMNS>;

/** `zfdw`: 执法队伍. Townships are joined by `,`, plates by `；`; numbers of vehicles and vessels are texts. */
export function teamTable(world: World): LegacyTable {
  return recordTable({
    name: 'zfdw',
    columns: COLUMNS,
    primaryKey: ['dwbm'],
    indexes: [],
    records: () => {
      const staff = staffOf(world);
      return TEAMS.map((team, turn) => writeTeam(world, team, staff, turn));
    },
  });
}

function writeTeam(world: World, team: Team, staff: readonly StaffMember[], turn: number): TeamRow {
  const { code, kind, name, department, township, coverage, plates, vehicles, vessels, policeStation } = team;
  const { headcount, certified } = strengthOf(team, staff, world.today);
  return {
    dwbm: code,
    dwmc: name,
    dwlb: spell(TEAM_KINDS, kind, turn % 5 === 3 ? 1 : null),
    ssbm: institutionOf(department).name,
    zdxz: turn % 3 === 1 ? townshipOf(township).name : township,
    gxfw: coverage.join(','),
    pz: plates.join('；'),
    zgrs: headcount,
    czrs: certified,
    clsl: String(vehicles),
    ctsl: String(vessels),
    lqjwz: policeStation,
    gxsj: lastDelivery(world.today),
  };
}

/** People on duty in a team, and those of them whose certificate is valid. */
export function strengthOf(
  { code }: Team,
  staff: readonly StaffMember[],
  today: string,
): { readonly headcount: number; readonly certified: number } {
  const members = staff.filter(({ team, state }) => team === code && state === 'ON_DUTY');
  const certified = members.filter(({ certValidTo }) => certValidTo !== null && certValidTo >= today);
  return { headcount: members.length, certified: certified.length };
}
