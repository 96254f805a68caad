import { type Random, randomFor } from '../../random.js';
import { type StaffMember, staffOf } from '../../world/people/make-staff.js';
import { TEAMS } from '../../world/people/teams.js';
import { townshipOf } from '../../world/townships.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyText, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { OFFICER_STATES } from './people-codes.js';

const COLUMNS = [
  { name: 'ryid', type: 'text', length: 20 },
  { name: 'xm', type: 'text', length: 60 },
  { name: 'ssbm', type: 'text', length: 60 },
  { name: 'zfzh', type: 'text', length: 30 },
  { name: 'zjzl', type: 'text', length: 40 },
  { name: 'fzjg', type: 'text', length: 60 },
  { name: 'yxqz', type: 'text', length: 10 },
  { name: 'bzdw', type: 'text', length: 60 },
  { name: 'gzdw', type: 'text', length: 60 },
  { name: 'szdw', type: 'text', length: 10 },
  { name: 'pzxz', type: 'text', length: 40 },
  { name: 'flzgz', type: 'text', length: 4 },
  { name: 'fzshy', type: 'text', length: 4 },
  { name: 'zgzt', type: 'text', length: 10 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type OfficerRow = RecordOf<typeof COLUMNS>;

/** `zfry`: 执法人员. Those who left stay with `sfsc` 1 (D12), trials with `csbz` 1 or 测试 (D13). */
export function officerTable(world: World): LegacyTable {
  return recordTable({
    name: 'zfry',
    columns: COLUMNS,
    primaryKey: ['ryid'],
    indexes: [['zfzh'], ['szdw']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<OfficerRow> {
  for (const member of staffOf(world)) {
    const { index: turn } = member;
    const random = randomFor(world.seed, 'people.officer', turn);
    const row = writeOfficer(random, world, member);
    yield row;
    if (turn % 15 === 6) yield { ...row, ryid: `${row.ryid}S`, sfsc: '1' };
    if (turn % 20 === 11) {
      yield { ...row, ryid: `${row.ryid}T`, xm: '测试', csbz: turn % 40 === 11 ? '1' : '测试' };
    }
  }
}

function writeOfficer(random: Random, world: World, member: StaffMember): OfficerRow {
  const { index: turn, name, department, certNo, certValidTo, team, township, state } = member;
  const { name: unit, spellings } = institutionOf(department);
  return {
    ryid: `RY${String(turn).padStart(6, '0')}`,
    xm: turn % 9 === 4 ? dirtyText(random, name) : name,
    ssbm: turn % 4 === 1 ? spellings[0] : unit,
    zfzh: certNo ?? (turn % 2 === 0 ? nullWord(random) : null),
    zjzl: certNo === null ? null : turn % 5 === 3 ? '部门执法证' : '全国统一行政执法证',
    fzjg: certNo === null ? null : '浙江省司法厅',
    yxqz: certValidTo,
    bzdw: unit,
    gzdw: workingUnitOf(member),
    szdw: team,
    pzxz: township === null ? null : turn % 6 === 2 ? dirtyTownship(random, township) : township,
    flzgz: yesOrNo(random, member.legalQualified),
    fzshy: yesOrNo(random, member.legalReviewer),
    zgzt: spell(OFFICER_STATES, state, turn % 4 === 3 ? 1 : null),
    csbz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 2 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(world.today, world.today, 0, turn),
  };
}

function yesOrNo(random: Random, held: boolean): string {
  return held ? random.pick(['1', '是']) : random.pick(['0', '否']);
}

/** The team's name where somebody works in a township, as the justice bureau enters it; the unit otherwise. */
export function workingUnitOf({ department, township, team }: StaffMember): string {
  const own = TEAMS.find(({ code }) => code === team);
  if (township === null) return institutionOf(department).name;
  return own === undefined ? `${townshipOf(township).name}人民政府` : own.name;
}
