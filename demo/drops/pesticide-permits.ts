import { type Random, randomFor } from '../random.js';
import { PERMIT_STATES } from '../stores/agriculture/agriculture-codes.js';
import { dirtyTownship } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { typedDate } from '../stores/typed-cells.js';
import type { Licence, World } from '../world/world.js';

const COLUMNS = [
  { name: 'xkzbh_varchar1', type: 'text' },
  { name: 'entname_varchar2', type: 'text' },
  { name: 'mdmc_varchar3', type: 'text' },
  { name: 'jyfs_varchar5', type: 'text' },
  { name: 'yxqy_varchar6', type: 'text' },
  { name: 'fzjg_varchar8', type: 'text' },
  { name: 'uniscid_varchar10', type: 'text' },
  { name: 'fzrq_datetime1', type: 'date' },
  { name: 'yxjz_datetime2', type: 'date' },
  { name: 'yxks_datetime3', type: 'text' },
  { name: 'zt_select1', type: 'text' },
  { name: 'xz_select2', type: 'text' },
] as const;

/** 农药经营许可证, as the form of the low-code platform exports them. */
export function pesticidePermitTable(world: World): LegacyTable {
  return recordTable({
    name: '农药经营许可',
    columns: COLUMNS,
    primaryKey: ['xkzbh_varchar1'],
    indexes: [],
    records: function* () {
      let turn = 0;
      for (const licence of world.licences) {
        if (licence.type !== 'PESTICIDE_TRADE') continue;
        yield writePermit(randomFor(world.seed, 'agriculture.permit', licence.index), world, licence, turn);
        turn += 1;
      }
    },
  });
}

function writePermit(random: Random, world: World, licence: Licence, turn: number): RecordOf<typeof COLUMNS> {
  const { number, holder, siteName, validFrom, validTo, state, township } = licence;
  return {
    xkzbh_varchar1: turn % 4 === 1 ? number.replace('（浙）', '(浙)') : number,
    entname_varchar2: subjectName(world, holder),
    mdmc_varchar3: siteName,
    jyfs_varchar5: turn % 2 === 0 ? '零售' : '批发、零售',
    yxqy_varchar6: '嵊泗县',
    fzjg_varchar8: turn % 3 === 2 ? '嵊泗县农业农村局' : '嵊泗县农业农村局（县乡村振兴局）',
    uniscid_varchar10: subjectCode(random, world, holder, turn),
    fzrq_datetime1: validFrom,
    yxjz_datetime2: validTo,
    yxks_datetime3: typedDate(random, validFrom, turn),
    zt_select1: spell(PERMIT_STATES, state, turn % 3 === 1 ? 1 : null),
    xz_select2: township === null ? null : turn % 3 === 0 ? dirtyTownship(random, township) : township,
  };
}
