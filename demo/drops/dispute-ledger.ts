import { type Random, randomFor } from '../random.js';
import { DISPUTE_KINDS, DISPUTE_STATES } from '../stores/coordination/coordination-codes.js';
import { dirtyDate, dirtyTownship } from '../stores/dirt/dirt.js';
import type { LegacyStore } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { institutionOf } from '../stores/supervision/supervision-institutions.js';
import { type Dispute, disputesOf } from '../world/coordination/make-disputes.js';
import type { World } from '../world/world.js';
import type { LedgerForm } from './ledger-form.js';

const COLUMNS = [
  { name: '_sheet', type: 'text' },
  { name: '序号', type: 'integer' },
  { name: '争议/编号', type: 'text' },
  { name: '争议/类型', type: 'text' },
  { name: '争议/提出单位', type: 'text' },
  { name: '争议/相关单位', type: 'text' },
  { name: '争议/事项代码', type: 'text' },
  { name: '争议/事项', type: 'text' },
  { name: '争议/所在乡镇', type: 'text' },
  { name: '争议/提出日期', type: 'date' },
  { name: '处理/状态', type: 'text' },
  { name: '处理/裁定日期', type: 'text' },
  { name: '处理/指定管辖单位', type: 'text' },
  { name: '处理/处理意见', type: 'text' },
  { name: '处理/清单调整日期', type: 'text' },
] as const;

type LedgerRow = RecordOf<typeof COLUMNS>;

export const DISPUTE_FORM: LedgerForm = {
  title: (sheet) => `执法职责争议台账（${sheet}）`,
  columns: COLUMNS.slice(1).map(({ name }) => {
    const [group = '', heading = group] = name.split('/');
    return { group, heading };
  }),
  dates: ['提出日期'],
  footer: (rows) => [`合计：${rows}件`, '填表人：　　　　审核人：'],
};

/** 县执法协调委办: the ledger of disputes over competence, a sheet for each year. */
export function disputeLedgerStore(world: World): LegacyStore {
  return {
    connection: 'dispute-ledger',
    access: 'drops',
    tables: [
      recordTable({
        name: '执法职责争议台账',
        columns: COLUMNS,
        primaryKey: ['争议/编号'],
        indexes: [],
        records: () => records(world),
      }),
    ],
  };
}

function* records(world: World): Generator<LedgerRow> {
  const places = new Map<string, number>();
  for (const dispute of disputesOf(world)) {
    const sheet = `${dispute.raisedAt.slice(0, 4)}年`;
    const place = (places.get(sheet) ?? 0) + 1;
    places.set(sheet, place);
    const random = randomFor(world.seed, 'dispute-ledger', dispute.index);
    yield { ...writeDispute(random, dispute), _sheet: sheet, 序号: place };
  }
}

function writeDispute(random: Random, dispute: Dispute): Omit<LedgerRow, '_sheet' | '序号'> {
  const { index: turn, number, kind, parties, itemCode, matter, township, raisedAt, decidedAt } = dispute;
  const { designated, state, amendedAt } = dispute;
  const [first] = parties;
  const typed = (day: string | null): string | null =>
    day === null ? null : turn % 3 === 1 ? dirtyDate(random, day) : day;
  return {
    '争议/编号': number,
    '争议/类型': spell(DISPUTE_KINDS, kind, turn % 2 === 1 ? 1 : null),
    '争议/提出单位': institutionOf(first).name,
    '争议/相关单位': parties.map((party) => institutionOf(party).spellings[0]).join('、'),
    '争议/事项代码': itemCode,
    '争议/事项': matter,
    '争议/所在乡镇': turn % 3 === 2 ? dirtyTownship(random, township) : township,
    '争议/提出日期': raisedAt,
    '处理/状态': spell(DISPUTE_STATES, state, turn % 4 === 3 ? 1 : null),
    '处理/裁定日期': typed(decidedAt),
    '处理/指定管辖单位': designated === null ? null : institutionOf(designated).name,
    '处理/处理意见': designated === null ? null : `由${institutionOf(designated).name}管辖`,
    '处理/清单调整日期': typed(amendedAt),
  };
}
