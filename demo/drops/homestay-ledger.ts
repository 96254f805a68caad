import { type Random, randomFor } from '../random.js';
import {
  chineseDay,
  dirtyDate,
  dirtyText,
  excelSerial,
  nullWord,
  openEndedDate,
} from '../stores/dirt/dirt.js';
import type { LegacyTable } from '../stores/legacy-table.js';
import { type RecordOf, recordTable } from '../stores/record-table.js';
import { spell } from '../stores/spell-code.js';
import { subjectCode, subjectName } from '../stores/subject-code.js';
import { itemAt } from '../stores/world-lookups.js';
import { TOWNSHIPS, townshipOf } from '../world/townships.js';
import type { Homestay, World } from '../world/world.js';
import { PERMIT_STATES } from './culture-codes.js';

const COLUMNS = [
  { name: '_sheet', type: 'text' },
  { name: '序号', type: 'integer' },
  { name: '基本信息/民宿名称', type: 'text' },
  { name: '基本信息/经营者', type: 'text' },
  { name: '基本信息/身份证号', type: 'text' },
  { name: '基本信息/统一社会信用代码', type: 'text' },
  { name: '基本信息/地址', type: 'text' },
  { name: '基本信息/乡镇', type: 'text' },
  { name: '基本信息/开业日期', type: 'text' },
  { name: '规模/房间数', type: 'integer' },
  { name: '规模/床位数', type: 'integer' },
  { name: '规模/等级', type: 'text' },
  { name: '证照/特种行业许可证号', type: 'text' },
  { name: '证照/发证日期', type: 'date' },
  { name: '证照/有效期至', type: 'text' },
  { name: '证照/状态', type: 'text' },
  { name: '坐标/经度', type: 'text' },
  { name: '坐标/纬度', type: 'text' },
] as const;

type LedgerRow = RecordOf<typeof COLUMNS>;

/**
 * 民宿台账: every homestay, in the sheet of its township, as the townships fill it in by hand. Operators are people as
 * often as firms, so that a citizen's number or a code is there, never both. Columns are named as whoever joins the
 * two rows of headings by `/` names them; `_sheet` is the sheet.
 */
export function homestayTable(world: World): LegacyTable {
  return recordTable({
    name: '民宿台账',
    columns: COLUMNS,
    primaryKey: ['证照/特种行业许可证号'],
    indexes: [],
    records: () => records(world),
  });
}

function* records(world: World): Generator<LedgerRow> {
  for (const { code, name } of TOWNSHIPS) {
    let number = 0;
    for (const homestay of world.homestays) {
      if (homestay.township !== code) continue;
      number += 1;
      const random = randomFor(world.seed, 'culture.homestay', homestay.index);
      yield { ...writeHomestay(random, world, homestay), _sheet: name, 序号: number };
    }
  }
}

function writeHomestay(random: Random, world: World, homestay: Homestay): Omit<LedgerRow, '_sheet' | '序号'> {
  const { index: turn, operator, openedOn, permitNumber } = homestay;
  const { state, validFrom, validTo } = itemAt(world.licences, homestay.licence);
  const code = subjectCode(random, world, operator, turn);
  const person = operator.kind === 'person';
  const [lon, lat] = coordinates(homestay);
  return {
    '基本信息/民宿名称': turn % 13 === 4 ? dirtyText(random, homestay.name) : homestay.name,
    '基本信息/经营者': subjectName(world, operator),
    '基本信息/身份证号': person ? code : turn % 3 === 1 ? nullWord(random) : null,
    '基本信息/统一社会信用代码': person ? (turn % 4 === 2 ? '无' : null) : code,
    '基本信息/地址': homestay.address,
    '基本信息/乡镇': townshipCell(homestay),
    '基本信息/开业日期': openingDay(random, openedOn, turn),
    '规模/房间数': homestay.rooms,
    '规模/床位数': homestay.beds,
    '规模/等级': homestay.level ?? (turn % 4 === 3 ? '无' : null),
    '证照/特种行业许可证号': permitNumber,
    '证照/发证日期': validFrom,
    '证照/有效期至': endDay(random, validTo, turn),
    '证照/状态': spell(PERMIT_STATES, state, turn % 3 === 2 ? 1 + (turn % 2) : null),
    '坐标/经度': lon,
    '坐标/纬度': lat,
  };
}

/** D19: now and then the two were typed into each other's column. */
function coordinates({ index, lon, lat }: Homestay): readonly [string, string] {
  const [longitude, latitude] = [lon.toFixed(6), lat.toFixed(6)];
  return index % 8 === 3 ? [latitude, longitude] : [longitude, latitude];
}

function townshipCell({ index, township }: Homestay): string {
  const { name } = townshipOf(township);
  if (index % 6 === 5) return township;
  return index % 4 === 1 ? name.slice(0, -1) : name;
}

/** D8: `2021年3月5日` as a rule, and what else comes from other hands. */
function openingDay(random: Random, day: string, turn: number): string {
  switch (turn % 5) {
    case 1:
      return dirtyDate(random, day);
    case 3:
      return chineseDay(day);
    default: {
      const [year, month, date] = day.split('-').map(Number);
      return `${year}年${month}月${date}日`;
    }
  }
}

/** Sorted by its text, where it is a date at all. A cell formatted as a number shows the serial of the day. */
function endDay(random: Random, day: string | null, turn: number): string {
  if (day === null) return openEndedDate(random);
  return turn % 10 === 7 ? excelSerial(day) : day;
}
