import { type Random, randomFor } from '../random.js';
import { openEndedDate } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { typedDate } from '../stores/typed-cells.js';
import { townshipOf } from '../world/townships.js';
import type { Licence, World } from '../world/world.js';
import { PERMIT_STATES } from './culture-codes.js';

const COLUMNS = [
  { name: 'place_name', type: 'text' },
  { name: 'businesscode', type: 'text' },
  { name: 'permit', type: 'text' },
  { name: 'mainrange', type: 'text' },
  { name: 'authdate', type: 'text' },
  { name: 'effectdate', type: 'text' },
  { name: 'authdatefirst', type: 'text' },
  { name: 'fzrq', type: 'text' },
  { name: 'certification_department', type: 'text' },
  { name: 'place_type', type: 'text' },
  { name: 'buildarea', type: 'text' },
  { name: 'xzmc', type: 'text' },
  { name: 'zt', type: 'text' },
] as const;

type PermitRow = RecordOf<typeof COLUMNS>;

/** 娱乐经营许可证: an export of the licensing system; `businesscode` is the credit code, `authdate` to `effectdate` its term. */
export function entertainmentTable(world: World): LegacyTable {
  return recordTable({
    name: '娱乐场所许可证',
    columns: COLUMNS,
    primaryKey: ['permit'],
    indexes: [],
    records: function* (): Generator<PermitRow> {
      let turn = 0;
      for (const licence of world.licences) {
        if (licence.type !== 'ENTERTAINMENT') continue;
        const random = randomFor(world.seed, 'culture.entertainment', licence.index);
        yield writePermit(random, world, licence, turn);
        turn += 1;
      }
    },
  });
}

function writePermit(random: Random, world: World, licence: Licence, turn: number): PermitRow {
  const { holder, number, validFrom, validTo, state, siteName, township } = licence;
  return {
    place_name: siteName ?? subjectName(world, holder),
    businesscode: subjectCode(random, world, holder, turn),
    permit: number,
    mainrange: '歌舞娱乐服务;预包装食品销售',
    authdate: typedDate(random, validFrom, turn),
    effectdate: validTo ?? openEndedDate(random),
    authdatefirst: turn % 3 === 1 ? null : validFrom,
    fzrq: typedDate(random, validFrom, turn + 1),
    certification_department: '嵊泗县文化和广电旅游体育局',
    place_type: random.pick(['歌舞娱乐场所', '游艺娱乐场所']),
    buildarea: `${random.int(80, 900)}.${random.int(0, 9)}平方米`,
    xzmc: township === null ? null : townshipOf(township).name,
    zt: spell(PERMIT_STATES, state, turn % 3 === 2 ? 1 : null),
  };
}
