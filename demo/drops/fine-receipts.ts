import { type Random, randomFor } from '../random.js';
import { dirtyAmount, dirtyDecisionNo, dirtyText, nullWord } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { type Spellings, spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { institutionOf } from '../stores/supervision/supervision-institutions.js';
import { typedDate } from '../stores/typed-cells.js';
import { addDays } from '../world/days.js';
import type { Payment, PenaltyCase, World } from '../world/world.js';

const COLUMNS = [
  { name: '缴款书编号', type: 'text' },
  { name: '执收单位', type: 'text' },
  { name: '处罚决定书文号', type: 'text' },
  { name: '缴款人', type: 'text' },
  { name: '缴款人证件号', type: 'text' },
  { name: '收费项目', type: 'text' },
  { name: '缴款金额', type: 'text' },
  { name: '其中加处罚款', type: 'text' },
  { name: '缴款日期', type: 'text' },
  { name: '缴款渠道', type: 'text' },
  { name: '入库状态', type: 'text' },
  { name: '对账日期', type: 'text' },
  { name: '作废标志', type: 'text' },
  { name: '备注', type: 'text' },
] as const;

type Receipt = RecordOf<typeof COLUMNS>;

const STATES: ReadonlyMap<string, Spellings> = new Map<string, Spellings>([
  ['RECEIVED', ['已入库', '已缴', '1']],
  ['PENDING', ['待入库', '在途', '0']],
  ['REFUNDED', ['已退付', '冲红', '-1']],
]);

/**
 * 罚没缴款: the whole ledger of fines, as it is exported each day. A receipt of a day that was reconciled again is there
 * twice (D14), and printing errors stay there, voided (D12).
 */
export function receiptTable(world: World): LegacyTable {
  return recordTable({
    name: '罚没缴款',
    columns: COLUMNS,
    primaryKey: ['缴款书编号', '对账日期'],
    indexes: [],
    records: () => records(world),
  });
}

function* records(world: World): Generator<Receipt> {
  const cases = world.cases[Symbol.iterator]();
  let { value: of } = cases.next();
  for (const payment of world.payments) {
    // Payments come in the order of their cases.
    while (of !== undefined && of.index !== payment.case) of = cases.next().value;
    if (of === undefined) throw new Error(`Cannot write a receipt: payment ${payment.index} has no case`);
    yield* sendings(world, payment, of);
  }
}

function* sendings(world: World, payment: Payment, of: PenaltyCase): Generator<Receipt> {
  const { index: turn, date } = payment;
  const row = writeReceipt(randomFor(world.seed, 'finance.receipt', turn), world, payment, of);
  const reconciled = (later: number): string => addDays(date, later);
  const wrong = { 缴款金额: '0.01', 入库状态: '待入库' };
  switch (turn % 9) {
    case 1:
      yield { ...row, ...wrong, 对账日期: reconciled(0) };
      break;
    case 4:
      yield { ...row, 对账日期: reconciled(0) };
      break;
    case 6: {
      const spoilt = { ...row, 缴款书编号: `${payment.number.slice(0, -2)}9${turn % 10}` };
      yield { ...spoilt, 对账日期: reconciled(1), 作废标志: turn % 2 === 0 ? '1' : '是', 备注: '打印错误' };
      break;
    }
  }
  yield row;
  // The later file of two that were put together begins with the earlier one's last lines.
  if (turn % 9 === 7) yield { ...row, ...wrong, 对账日期: reconciled(0) };
}

function writeReceipt(random: Random, world: World, payment: Payment, of: PenaltyCase): Receipt {
  const { index: turn, number, department, date, channel, interest, paid } = payment;
  const { name, spellings } = institutionOf(department);
  return {
    缴款书编号: number,
    执收单位: turn % 3 === 1 ? (spellings[turn % spellings.length] ?? name) : name,
    处罚决定书文号: decisionCell(random, payment, of),
    缴款人: subjectName(world, of.subject),
    缴款人证件号: payerCell(random, world, payment),
    收费项目: '103050199 罚没收入',
    缴款金额: amountCell(random, paid, turn),
    其中加处罚款: interest === '0.00' && turn % 2 === 0 ? '0' : amountCell(random, interest, turn + 1),
    缴款日期: typedDate(random, date, turn),
    缴款渠道: turn % 7 === 3 ? dirtyText(random, channel) : channel,
    入库状态: spell(STATES, payment.state, turn % 5 === 2 ? 1 + (turn % 2) : null),
    对账日期: addDays(date, 1),
    作废标志: turn % 2 === 0 ? '0' : null,
    备注: turn % 8 === 5 ? '无' : paid.startsWith('-') ? '重复缴款退付' : null,
  };
}

/** Brackets of every kind; and the clerk of some bureaus types the number of the case. */
function decisionCell(random: Random, { index: turn, decisionNo }: Payment, of: PenaltyCase): string {
  if (turn % 13 === 8) return of.caseCode;
  return turn % 3 === 0 ? decisionNo : dirtyDecisionNo(random, decisionNo);
}

/** D4, D7: nobody, or nobody whom the number tells. */
function payerCell(random: Random, world: World, { index: turn, payer }: Payment): string | null {
  if (payer !== null) return subjectCode(random, world, payer, turn);
  return turn % 3 === 0 ? null : turn % 3 === 1 ? nullWord(random) : '330922************';
}

/** D17, and what is given back with a sign or, as accountants do, in brackets. */
function amountCell(random: Random, yuan: string, turn: number): string {
  const grouped = yuan.replace(/\B(?=(\d{3})+\.)/g, ',');
  if (yuan.startsWith('-')) return turn % 2 === 0 ? `(${grouped.slice(1)})` : `￥${grouped}`;
  switch (turn % 5) {
    case 1:
      return `￥${grouped}`;
    case 2:
      return grouped;
    case 3:
      return dirtyAmount(random, yuan);
    default:
      return yuan;
  }
}
