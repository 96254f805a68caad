import { type Random, randomFor } from '../random.js';
import { capitalNumerals, dirtyDate, dirtyText, nullWord, openEndedDate } from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { type TravelAgency, travelAgencyOf } from '../world/culture/make-travel-agencies.js';
import { townshipOf } from '../world/townships.js';
import type { Licence, World } from '../world/world.js';
import { DEPOSITS, PERMIT_STATES } from './culture-codes.js';
import type { LedgerForm } from './ledger-form.js';

/** 旅行社名录: a sheet for agencies that may send people abroad and one for the others, below each a sum and who made it. */
export const AGENCY_FORM: LedgerForm = {
  title: (sheet) => `嵊泗县旅行社名录（${sheet}）`,
  columns: [
    { group: '序号', heading: '序号' },
    { group: '基本信息', heading: '旅行社名称' },
    { group: '基本信息', heading: '主体名称' },
    { group: '基本信息', heading: '统一社会信用代码' },
    { group: '基本信息', heading: '乡镇' },
    { group: '基本信息', heading: '分社数' },
    { group: '许可', heading: '许可证编号' },
    { group: '许可', heading: '经营范围' },
    { group: '许可', heading: '发证日期' },
    { group: '许可', heading: '有效期至' },
    { group: '许可', heading: '状态' },
    { group: '质量保证金', heading: '金额（万元）' },
    { group: '质量保证金', heading: '缴存方式' },
  ],
  dates: [],
  footer: (rows) => [`合计：${rows}家`, '填表人：　　　　审核人：　　　　（盖章）'],
  instructions: {
    sheet: '填表说明',
    lines: ['一、质量保证金以万元计。', '二、经营范围按许可证填写，多项用顿号分开。'],
  },
};

const COLUMNS = [
  { name: '_sheet', type: 'text' },
  { name: '序号', type: 'integer' },
  { name: '基本信息/旅行社名称', type: 'text' },
  { name: '基本信息/主体名称', type: 'text' },
  { name: '基本信息/统一社会信用代码', type: 'text' },
  { name: '基本信息/乡镇', type: 'text' },
  { name: '基本信息/分社数', type: 'text' },
  { name: '许可/许可证编号', type: 'text' },
  { name: '许可/经营范围', type: 'text' },
  { name: '许可/发证日期', type: 'text' },
  { name: '许可/有效期至', type: 'text' },
  { name: '许可/状态', type: 'text' },
  { name: '质量保证金/金额（万元）', type: 'text' },
  { name: '质量保证金/缴存方式', type: 'text' },
] as const;

type AgencyRow = RecordOf<typeof COLUMNS>;

const SHEETS = ['出境游组团社', '国内及入境游旅行社'] as const;

export function travelAgencyTable(world: World): LegacyTable {
  return recordTable({
    name: '旅行社名录',
    columns: COLUMNS,
    primaryKey: ['许可/许可证编号'],
    indexes: [],
    records: () => records(world),
  });
}

function* records(world: World): Generator<AgencyRow> {
  const licences = world.licences.filter(({ type }) => type === 'TRAVEL_AGENCY');
  for (const sheet of SHEETS) {
    let number = 0;
    for (const [turn, licence] of licences.entries()) {
      const agency = travelAgencyOf(world, licence);
      if (agency.scope.includes('出境旅游') !== (sheet === SHEETS[0])) continue;
      number += 1;
      const random = randomFor(world.seed, 'culture.travel-agency', licence.index);
      yield { ...writeAgency(random, world, licence, agency, turn), _sheet: sheet, 序号: number };
    }
  }
}

function writeAgency(
  random: Random,
  world: World,
  licence: Licence,
  agency: TravelAgency,
  turn: number,
): Omit<AgencyRow, '_sheet' | '序号'> {
  const { holder, number, validFrom, state, siteName, township } = licence;
  const { scope, branches, deposit, depositedAs } = agency;
  return {
    '基本信息/旅行社名称': turn % 4 === 2 ? dirtyText(random, siteName ?? '') : siteName,
    '基本信息/主体名称': subjectName(world, holder),
    '基本信息/统一社会信用代码': subjectCode(random, world, holder, turn * 7),
    '基本信息/乡镇': township === null ? null : turn % 3 === 1 ? township : townshipOf(township).name,
    '基本信息/分社数': branches === 0 ? (turn % 2 === 0 ? '无' : '0') : String(branches),
    '许可/许可证编号': turn % 5 === 3 ? number.replace('L-ZJ', 'Ｌ—ＺＪ') : number,
    '许可/经营范围': scope.join(turn % 4 === 1 ? '；' : '、'),
    '许可/发证日期': turn % 3 === 0 ? validFrom : dirtyDate(random, validFrom),
    '许可/有效期至': turn % 4 === 3 ? nullWord(random) : openEndedDate(random),
    '许可/状态': spell(PERMIT_STATES, state, turn % 3 === 2 ? 1 + (turn % 2) : null),
    '质量保证金/金额（万元）': depositCell(deposit, turn),
    '质量保证金/缴存方式': spell(DEPOSITS, depositedAs, turn % 3 === 1 ? 1 : null),
  };
}

/** D17: ten thousands as the heading says, with the unit, in yuan with theirs, or in capital numerals. */
function depositCell(deposit: string, turn: number): string {
  const yuan = deposit.replace(/\.00$/, '');
  const tenThousands = String(Number(yuan) / 10_000);
  switch (turn % 4) {
    case 1:
      return `${tenThousands}万元`;
    case 2:
      return `${yuan}元`;
    case 3:
      return `${capitalNumerals(yuan)}元整`;
    default:
      return tenThousands;
  }
}
