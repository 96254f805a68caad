import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import { type SpecialEquipment, specialEquipmentOf } from '../../world/market/special-equipment.js';
import type { World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyTownship, fullWidth, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { unlessProvince } from '../unless-province.js';
import { CONCLUSIONS, EQUIPMENT_CATEGORIES, EQUIPMENT_STATES } from './market-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';
import { marketParty } from './market-party.js';

const CONTENT_COLUMNS = [
  { name: 'sbid', type: 'text', length: 24 },
  { name: 'sbzcdm', type: 'text', length: 40 },
  { name: 'sbzl', type: 'text', length: 40 },
  { name: 'sbmc', type: 'text', length: 100 },
  { name: 'sydw', type: 'text', length: 200 },
  { name: 'tyshxydm', type: 'text', length: 64 },
  { name: 'pripid', type: 'text', length: 36 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'jyrq', type: 'text', length: 40 },
  { name: 'xcjyrq', type: 'text', length: 40 },
  { name: 'jyjl', type: 'text', length: 20 },
  { name: 'jyjg', type: 'text', length: 100 },
  { name: 'syzt', type: 'text', length: 20 },
] as const;

type EquipmentRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `tzsb_sbxx`: 特种设备, who uses it and when it is inspected. */
export function equipmentTable(world: World): LegacyTable {
  return recordTable({
    name: 'tzsb_sbxx',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['S_EXT_SEQUENCE'],
    indexes: [['sbid', 'S_EXT_TIMESTAMP', 'S_EXT_SEQUENCE'], ['tyshxydm'], ['pripid'], ['S_EXT_TIMESTAMP']],
    records: () => numberSendings(unlessProvince(world, () => sendings(world))),
  });
}

function* sendings(world: World): Generator<Sending<EquipmentRow>> {
  for (const equipment of specialEquipmentOf(world)) {
    const { index: turn, inspectedOn } = equipment;
    const content = writeEquipment(randomFor(world.seed, 'market.equipment', turn), world, equipment);
    const at = (later: number): string => deliveredAt(inspectedOn, world.today, later, turn);
    const sbid = String(content.sbid);
    // Before the last inspection.
    if (turn % 6 === 3) yield { content: { ...content, jyrq: '2015-01-01', xcjyrq: '2016-01' }, at: at(0) };
    yield { content, at: turn === 0 ? lastDelivery(world.today) : at(1) };
    if (turn % 10 === 4) {
      const twin = { ...content, sbid: `${sbid}S` };
      yield { content: twin, at: at(0) };
      yield { content: twin, at: at(1), validFlag: '0' };
    }
    if (turn % 10 === 6) {
      const trial = { ...content, sbid: `${sbid}T`, sbmc: '测试设备' };
      yield { content: trial, at: at(2), envFlag: turn % 20 === 6 ? '1' : 'test' };
    }
  }
}

function writeEquipment(random: Random, world: World, equipment: SpecialEquipment): EquipmentRow {
  const { index: turn, code, category, name, user, township, inspectedOn, passed, state } = equipment;
  const party = marketParty(random, world, user, inspectedOn, turn);
  return {
    sbid: `SB${String(turn).padStart(8, '0')}`,
    sbzcdm: registrationCell(code, turn),
    sbzl: spell(EQUIPMENT_CATEGORIES, category, turn % 4 === 3 ? 1 : null),
    sbmc: name,
    sydw: party.name,
    tyshxydm: party.uscc,
    pripid: party.pripid,
    xzqh: turn % 5 === 2 ? dirtyTownship(random, township) : township,
    jyrq: typedDate(random, inspectedOn, turn),
    xcjyrq: nextInspectionCell(random, equipment),
    jyjl: spell(CONCLUSIONS, passed ? 'QUALIFIED' : 'UNQUALIFIED', turn % 3 === 1 ? 1 : null),
    jyjg: turn % 8 === 5 ? nullWord(random) : '舟山市特种设备检测研究院',
    syzt: spell(EQUIPMENT_STATES, state, turn % 3 === 2 ? 1 : null),
  };
}

/** In groups as on the plate, or as wide as Chinese characters (D2). */
function registrationCell(code: string, turn: number): string {
  if (turn % 9 === 2) return code.replace(/^(\d{4})(\d{6})(\d{6})(\d{4})$/, '$1 $2 $3 $4');
  return turn % 9 === 7 ? fullWidth(code) : code;
}

/** Whether the day of the next inspection was never moved on after the last one (D22). */
export function isNeverMovedOn({ index, nextInspection }: SpecialEquipment): boolean {
  return nextInspection !== null && index % 15 === 9;
}

/** D8: the label says a month, and so do most rows. */
function nextInspectionCell(random: Random, equipment: SpecialEquipment): string | null {
  const { index: turn, nextInspection, inspectedOn } = equipment;
  if (nextInspection === null) return typedDate(random, null, turn);
  if (isNeverMovedOn(equipment)) return addDays(inspectedOn, -30);
  const [year, month] = [nextInspection.slice(0, 4), Number(nextInspection.slice(5, 7))];
  switch (turn % 5) {
    case 1:
      return nextInspection.slice(0, 7);
    case 2:
      return `${year}年${month}月`;
    case 3:
      return typedDate(random, nextInspection, 0);
    default:
      return nextInspection;
  }
}
