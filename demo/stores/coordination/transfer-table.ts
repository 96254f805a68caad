import { type Random, randomFor } from '../../random.js';
import { type Transfer, transfersOf } from '../../world/coordination/make-transfers.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDecisionNo, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode } from '../subject-code.js';
import { institutionOf } from '../supervision/supervision-institutions.js';
import { TRANSFER_KINDS, TRANSFER_RESULTS } from './coordination-codes.js';

const COLUMNS = [
  { name: 'ysid', type: 'text', length: 20 },
  { name: 'yswh', type: 'text', length: 80 },
  { name: 'yslx', type: 'text', length: 40 },
  { name: 'ysdw', type: 'text', length: 80 },
  { name: 'jsdw', type: 'text', length: 80 },
  { name: 'jsbm', type: 'text', length: 40 },
  { name: 'ajbh', type: 'text', length: 80 },
  { name: 'jcbh', type: 'text', length: 60 },
  { name: 'xgrdm', type: 'text', length: 64 },
  { name: 'ysly', type: 'text', length: 400 },
  { name: 'ysyj', type: 'text', length: 200 },
  { name: 'tcsj', type: 'text', length: 10 },
  { name: 'pzsj', type: 'text', length: 10 },
  { name: 'yssj', type: 'text', length: 10 },
  { name: 'jssj', type: 'text', length: 10 },
  { name: 'hfsj', type: 'text', length: 10 },
  { name: 'hfjg', type: 'text', length: 20 },
  { name: 'csbz', type: 'text', length: 4 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type TransferRow = RecordOf<typeof COLUMNS>;

/**
 * `ajys`: 案件移送与抄告. The case stands there by its code or by its decision, in odd brackets; of a transfer that was
 * saved again both rows stay, and the newer counts.
 */
export function transferTable(world: World): LegacyTable {
  return recordTable({
    name: 'ajys',
    columns: COLUMNS,
    primaryKey: ['ysid', 'gxsj'],
    indexes: [['yssj'], ['ajbh'], ['jcbh'], ['xgrdm']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<TransferRow> {
  const cases = caseNumbers(world);
  const checks = inspectionNumbers(world);
  for (const transfer of transfersOf(world)) {
    const { index: turn, sentOn } = transfer;
    const random = randomFor(world.seed, 'coordination.transfer', turn);
    const row = writeTransfer(random, world, transfer, { cases, checks });
    if (turn % 7 === 3)
      yield { ...row, hfsj: null, hfjg: '0', gxsj: deliveredAt(sentOn, world.today, 0, turn) };
    yield row;
    if (turn % 19 === 5)
      yield { ...row, ysid: `${row.ysid}T`, yswh: '测试', csbz: turn % 38 === 5 ? '1' : '测试' };
  }
}

interface Numbers {
  readonly cases: ReadonlyMap<number, { readonly code: string; readonly decisionNo: string | null }>;
  readonly checks: ReadonlyMap<number, string>;
}

function writeTransfer(
  random: Random,
  world: World,
  transfer: Transfer,
  { cases, checks }: Numbers,
): TransferRow {
  const { index: turn, kind, department, to, subject, sentOn, acceptedAt, repliedAt } = transfer;
  const unusual = turn % 4 === 1 ? 1 + (turn % 2) : null;
  return {
    ysid: `YS${String(turn).padStart(6, '0')}`,
    yswh: turn % 3 === 1 ? dirtyDecisionNo(random, transfer.number) : transfer.number,
    yslx: spell(TRANSFER_KINDS, kind, unusual),
    ysdw: turn % 5 === 2 ? institutionOf(department).spellings[0] : institutionOf(department).name,
    jsdw: receiverOf(transfer),
    jsbm: to === null ? null : institutionOf(to).uscc,
    ajbh: caseCell(random, transfer, cases),
    jcbh:
      transfer.inspection === null
        ? turn % 2 === 0
          ? nullWord(random)
          : null
        : (checks.get(transfer.inspection) ?? null),
    xgrdm: subject === null ? null : subjectCode(random, world, subject, turn),
    ysly: reasonOf(transfer),
    ysyj:
      kind === 'CRIMINAL'
        ? '《行政执法机关移送涉嫌犯罪案件的规定》'
        : '《中华人民共和国行政处罚法》第二十五条',
    tcsj: transfer.reportedAt,
    pzsj: transfer.approvedAt,
    yssj: sentOn,
    jssj: acceptedAt,
    hfsj: repliedAt,
    hfjg: spell(TRANSFER_RESULTS, transfer.result, unusual),
    csbz: turn % 3 === 0 ? '0' : null,
    gxsj: turn === 0 ? lastDelivery(world.today) : deliveredAt(repliedAt ?? sentOn, world.today, 1, turn),
  };
}

/** The decision's number as often as the case's, where there is one. */
function caseCell(
  random: Random,
  { index: turn, case: index }: Transfer,
  cases: Numbers['cases'],
): string | null {
  const known = index === null ? undefined : cases.get(index);
  if (known === undefined) return null;
  return known.decisionNo === null || turn % 2 === 0 ? known.code : dirtyDecisionNo(random, known.decisionNo);
}

export function receiverOf({ to }: Transfer): string {
  return to === null ? '嵊泗县人民法院' : institutionOf(to).name;
}

export function reasonOf({ kind }: Transfer): string {
  return {
    CASE: '不属于本机关管辖',
    CLUE: '检查中发现其他部门职责范围内的线索',
    CRIMINAL: '涉嫌构成犯罪',
    BACK: '不构成犯罪，依法应予行政处罚',
    COURT: '期满不履行处罚决定',
  }[kind];
}

function caseNumbers(world: World): Numbers['cases'] {
  const wanted = new Set(transfersOf(world).map((each) => each.case));
  const numbers = new Map<number, { readonly code: string; readonly decisionNo: string | null }>();
  for (const { index, caseCode, decisionNo } of world.cases) {
    if (wanted.has(index)) numbers.set(index, { code: caseCode, decisionNo });
  }
  return numbers;
}

function inspectionNumbers(world: World): Numbers['checks'] {
  const wanted = new Set(transfersOf(world).map((each) => each.inspection));
  const numbers = new Map<number, string>();
  for (const { index, number } of world.inspections) if (wanted.has(index)) numbers.set(index, number);
  return numbers;
}
