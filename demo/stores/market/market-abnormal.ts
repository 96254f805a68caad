import { randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Organisation, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyUscc, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { typedDate } from '../typed-cells.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';

const CONTENT_COLUMNS = [
  { name: 'busexclist', type: 'text', length: 24 },
  { name: 'pripid', type: 'text', length: 36 },
  { name: 'uniscid', type: 'text', length: 64 },
  { name: 'regno', type: 'text', length: 36 },
  { name: 'entname', type: 'text', length: 200 },
  { name: 'inclu_dt', type: 'text', length: 10 },
  { name: 'inclu_reason', type: 'text', length: 200 },
  { name: 'remove_dt', type: 'text', length: 40 },
  { name: 'remexcpres_cn', type: 'text', length: 200 },
  { name: 'decorg_cn', type: 'text', length: 100 },
] as const;

type AbnormalEntry = RecordOf<typeof CONTENT_COLUMNS>;

const REASONS = [
  '未依照《企业信息公示暂行条例》第八条规定的期限公示年度报告的',
  '通过登记的住所或者经营场所无法联系的',
  '公示企业信息隐瞒真实情况、弄虚作假的',
];
const REMOVALS = ['列入经营异常名录3年内且依照规定补报年度报告并公示', '依法办理住所变更登记'];

/** `busexclist`, 经营异常名录: who is gone or could not be found, and a few of the others. */
export function abnormalTable(world: World): LegacyTable {
  return recordTable({
    name: 'busexclist',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['busexclist'],
    indexes: [['uniscid'], ['regno'], ['pripid'], ['S_EXT_TIMESTAMP']],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World): Generator<Sending<AbnormalEntry>> {
  let turn = 0;
  for (const organisation of world.organisations) {
    const random = randomFor(world.seed, 'market.abnormal', organisation.index);
    const suspect = organisation.regState !== 'ACTIVE' || organisation.index % 19 === 6;
    if (!suspect && !random.chance(0.03)) continue;
    const times = turn % 5 === 3 ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const includedAt = addDays(world.today, -random.int(30, 900));
      if (includedAt < organisation.established) continue;
      const removedAt = random.chance(0.5) ? addDays(includedAt, random.int(1, 29)) : null;
      const content: AbnormalEntry = {
        ...partyCells(organisation, turn),
        busexclist: `YC${String(organisation.index).padStart(8, '0')}-${time}`,
        inclu_dt: includedAt,
        inclu_reason: random.pick(REASONS),
        remove_dt: typedDate(random, removedAt, turn),
        remexcpres_cn: removedAt === null ? nullWord(random) : random.pick(REMOVALS),
        decorg_cn: '嵊泗县市场监督管理局',
      };
      const at = deliveredAt(removedAt ?? includedAt, world.today, 0, turn);
      yield { content, at: turn === 0 ? lastDelivery(world.today) : at };
      if (turn % 6 === 1) yield { content: renamed(content, 'S'), at, validFlag: '0' };
      if (turn % 6 === 2) yield { content: renamed(content, 'T'), at, envFlag: 'test' };
    }
    turn += 1;
  }

  function partyCells(organisation: Organisation, row: number) {
    const random = randomFor(world.seed, 'market.abnormal.party', organisation.index);
    const { uscc } = organisation;
    return {
      pripid: organisation.pripid,
      uniscid: uscc === null ? nullWord(random) : row % 4 === 2 ? dirtyUscc(random, uscc) : uscc,
      regno: organisation.regNo ?? nullWord(random),
      entname: organisation.name,
    };
  }
}

function renamed(content: AbnormalEntry, suffix: string): AbnormalEntry {
  return { ...content, busexclist: `${String(content.busexclist)}${suffix}` };
}
