import type { Random } from '../../random.js';
import type { SubjectPointer, World } from '../../world/world.js';
import { createCasePartyWriter } from '../cases/cases-party.js';
import type { LegacyCell } from '../legacy-table.js';

/** The columns of the party after the 双公示 standard, without the prefix that each table puts before them. */
type PartyCells = Readonly<
  Record<'MC' | 'LB' | 'SHXYM' | 'GSZC' | 'ZZJG' | 'SWDJ' | 'ZJLX' | 'ZJHM', LegacyCell>
>;

/** What a table with that prefix calls them: `CF_XDR_MC`. */
type Prefixed<Prefix extends string> = Readonly<Record<`${Prefix}${keyof PartyCells}`, LegacyCell>>;

/** Parties come to the platform as the case system has them, with the same dirt (D1 to D7). */
export interface CreditParty<Prefix extends string> {
  /** @param turn counts the parties, so that each habit certainly occurs. */
  write(random: Random, subject: SubjectPointer, turn: number): Prefixed<Prefix>;
}

export function createCreditParty<const Prefix extends string>(
  world: World,
  prefix: Prefix,
): CreditParty<Prefix> {
  const writer = createCasePartyWriter(world);
  return {
    write(random, subject, turn) {
      const party = writer.write(random, subject, turn);
      const cells: PartyCells = {
        MC: party.admin_cp_name,
        LB: categoryOf(world, subject),
        SHXYM: party.admin_cp_uscc,
        GSZC: party.admin_cp_regno,
        ZZJG: null,
        SWDJ: null,
        ZJLX: party.admin_cp_cert_type,
        ZJHM: party.admin_cp_cert_no,
      };
      const named = Object.entries(cells).map(([name, cell]) => [`${prefix}${name}`, cell]);
      return Object.fromEntries(named) as Prefixed<Prefix>;
    },
  };
}

function categoryOf(world: World, { kind, index }: SubjectPointer): string {
  if (kind === 'person') return '自然人';
  if (kind === 'vessel') return '法人及非法人组织';
  return world.organisations[index]?.kind === 'INDIVIDUAL_BUSINESS' ? '个体工商户' : '法人及非法人组织';
}
