import { type Random, randomFor } from '../random.js';
import { dirtyText, nullWord } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { typedDate } from '../stores/typed-cells.js';
import { sportsVenueOf } from '../world/culture/make-sports-licences.js';
import { townshipOf } from '../world/townships.js';
import type { Licence, World } from '../world/world.js';
import { PERMIT_STATES, SPORTS } from './culture-codes.js';

const COLUMNS = [
  { name: 'xkzbh', type: 'text' },
  { name: 'dwmc', type: 'text' },
  { name: 'tyshxydm', type: 'text' },
  { name: 'xmlx', type: 'text' },
  { name: 'csmc', type: 'text' },
  { name: 'xzmc', type: 'text' },
  { name: 'zdrs', type: 'text' },
  { name: 'jzrys', type: 'text' },
  { name: 'zdys', type: 'text' },
  { name: 'yxqs', type: 'text' },
  { name: 'yxqz', type: 'text' },
  { name: 'fzjg', type: 'text' },
  { name: 'zt', type: 'text' },
  { name: 'gxsj', type: 'text' },
  { name: 'bz', type: 'text' },
] as const;

type SportsRow = RecordOf<typeof COLUMNS>;

/** 高危险性体育项目许可: an export of everything that was ever saved; the newest line of a licence counts. */
export function sportsTable(world: World): LegacyTable {
  return recordTable({
    name: '高危险性体育项目许可',
    columns: COLUMNS,
    primaryKey: ['xkzbh', 'gxsj'],
    indexes: [],
    records: function* (): Generator<SportsRow> {
      const licences = world.licences.filter(({ type }) => type === 'HIGH_RISK_SPORTS');
      for (const [turn, licence] of licences.entries()) {
        const random = randomFor(world.seed, 'culture.sports', licence.index);
        const row = writeLicence(random, world, licence, turn);
        // Before it was approved.
        if (turn % 3 === 1) {
          const applied = `${licence.validFrom} 08:00:00`;
          yield { ...row, yxqz: '2019-12-31', zt: '撤回', zdrs: '0', gxsj: applied };
        }
        yield row;
        if (turn % 5 === 2) yield { ...row, xkzbh: `${licence.number}T`, csmc: '测试场所', bz: '测试' };
      }
    },
  });
}

function writeLicence(random: Random, world: World, licence: Licence, turn: number): SportsRow {
  const { holder, number, validFrom, validTo, state, siteName, township } = licence;
  const { sport, capacity, rescuers, instructors } = sportsVenueOf(world, licence);
  return {
    xkzbh: number,
    dwmc: subjectName(world, holder),
    tyshxydm: subjectCode(random, world, holder, turn * 7),
    xmlx: spell(SPORTS, sport, turn % 3 === 2 ? 1 : null),
    csmc: turn % 4 === 2 ? dirtyText(random, siteName ?? '') : siteName,
    xzmc: township === null ? null : turn % 3 === 1 ? township : townshipOf(township).name,
    zdrs: turn % 4 === 1 ? `${capacity}人` : String(capacity),
    jzrys: rescuers === 0 ? '无' : String(rescuers),
    zdys: instructors === 0 ? '无' : String(instructors),
    yxqs: typedDate(random, validFrom, turn),
    yxqz: validTo,
    fzjg: turn % 5 === 3 ? nullWord(random) : '嵊泗县文化和广电旅游体育局',
    zt: spell(PERMIT_STATES, state, turn % 3 === 2 ? 1 + (turn % 2) : null),
    gxsj: `${validFrom} 17:30:00`,
    // D10: four bytes in GB18030, nothing in GB2312. A comma and quotes want quoting.
    bz: turn % 3 === 0 ? '场地含㟙头、𣗋岙海域,又称"东崖"' : null,
  };
}
