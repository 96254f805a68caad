import { type Random, randomFor } from '../../random.js';
import { TOWNSHIPS } from '../townships.js';
import type { Officer, World } from '../world.js';
import { drawPersonName } from './names.js';
import { TEAMS, type Team } from './teams.js';

/** Whoever works for an enforcing department, certified or not (domain §2.8). */
export interface StaffMember {
  readonly index: number;
  /** `Department`. */
  readonly department: string;
  readonly name: string;
  /** Null: supporting staff without a certificate. */
  readonly certNo: string | null;
  readonly certValidTo: string | null;
  /** Township of deployment, 9 digits; null: at the county. */
  readonly township: string | null;
  /** Code of the team. */
  readonly team: string | null;
  readonly legalQualified: boolean;
  readonly legalReviewer: boolean;
  /** `OfficerState`. */
  readonly state: 'ON_DUTY' | 'SUSPENDED' | 'CANCELLED';
}

/** One supporter without a certificate comes with so many officers. */
const OFFICERS_PER_SUPPORTER = 5;
/** Of 100, those deployed to townships: the county has to reach half (domain §1.6 M3). */
const DEPLOYED = { COMPREHENSIVE: 75, MARKET: 65, others: 45 } as const;

const known = new WeakMap<World, readonly StaffMember[]>();

/** The staff of every department, officers first in the order of `World.officers`. */
export function staffOf(world: World): readonly StaffMember[] {
  const before = known.get(world);
  if (before !== undefined) return before;
  const officers = world.officers.map((officer) =>
    makeMember(world.seed, officer.index, officer.department, officer),
  );
  const supporters = world.officers
    .filter(({ index }) => index % OFFICERS_PER_SUPPORTER === 2)
    .map(({ department }, place) => makeMember(world.seed, officers.length + place, department, null));
  const staff = [...officers, ...supporters];
  known.set(world, staff);
  return staff;
}

function makeMember(seed: number, index: number, department: string, officer: Officer | null): StaffMember {
  const random = randomFor(seed, 'staff', index);
  const team = postOf(random, department);
  const township = team === null || isOfCounty(team) ? deployment(random, department, team) : team.township;
  const reviewer = officer !== null && index % 8 === 1;
  return {
    index,
    department,
    name: officer?.name ?? drawPersonName(random),
    certNo: officer?.certNo ?? null,
    certValidTo: officer?.certValidTo ?? null,
    township,
    team: team?.code ?? null,
    legalQualified: reviewer || random.chance(0.15),
    legalReviewer: reviewer,
    state: random.chance(0.03) ? 'SUSPENDED' : random.chance(0.02) ? 'CANCELLED' : 'ON_DUTY',
  };
}

/** A squad or station as often as the department deploys its people, else its county team. */
function postOf(random: Random, department: string): Team | null {
  const own = TEAMS.filter((team) => team.department === department);
  const local = own.filter((team) => !isOfCounty(team));
  const share = department === 'COMPREHENSIVE' || department === 'MARKET' ? DEPLOYED[department] : 0;
  if (local.length > 0 && (share === 0 || random.int(1, 100) <= share)) return random.pick(local);
  return own.find(isOfCounty) ?? null;
}

function isOfCounty({ kind }: Team): boolean {
  return kind === 'COMPREHENSIVE' || kind === 'PROFESSIONAL' || kind === 'MARINE';
}

/** Where somebody of a county team is deployed; teams with squads or stations of their own deploy through these. */
function deployment(random: Random, department: string, team: Team | null): string | null {
  const hasLocal = TEAMS.some((each) => each.department === department && !isOfCounty(each));
  if (team === null || hasLocal || random.int(1, 100) > DEPLOYED.others) return null;
  return random.pick(TOWNSHIPS).code;
}
