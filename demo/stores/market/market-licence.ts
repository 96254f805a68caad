import { type Random, randomFor } from '../../random.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { LICENCE_NAMES, LICENCE_STATES } from './market-codes.js';
import { EXCHANGE_COLUMNS, numberSendings, type Sending } from './market-exchange.js';
import { marketParty } from './market-party.js';

const CONTENT_COLUMNS = [
  { name: 'xkid', type: 'text', length: 24 },
  { name: 'entname', type: 'text', length: 200 },
  { name: 'uniscid', type: 'text', length: 64 },
  { name: 'pripid', type: 'text', length: 36 },
  { name: 'cerno', type: 'text', length: 40 },
  { name: 'ycbm', type: 'text', length: 40 },
  { name: 'licname', type: 'text', length: 60 },
  { name: 'licno', type: 'text', length: 60 },
  { name: 'licscope', type: 'text', length: 300 },
  { name: 'maintype', type: 'text', length: 40 },
  { name: 'qsrq', type: 'text', length: 40 },
  { name: 'jzrq', type: 'text', length: 10 },
  { name: 'yxq', type: 'text', length: 60 },
  { name: 'fzrq', type: 'text', length: 40 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'opstate', type: 'text', length: 20 },
  { name: 'lopoc', type: 'text', length: 300 },
  { name: 'sfsc', type: 'text', length: 1 },
] as const;

type LicenceRow = RecordOf<typeof CONTENT_COLUMNS>;

/** `sp_xkz`: licences that market regulation issued. */
export function licenceTable(world: World): LegacyTable {
  return recordTable({
    name: 'sp_xkz',
    columns: [...CONTENT_COLUMNS, ...EXCHANGE_COLUMNS],
    primaryKey: ['S_EXT_SEQUENCE'],
    indexes: [
      ['xkid', 'S_EXT_TIMESTAMP', 'S_EXT_SEQUENCE'],
      ['jzrq', 'xkid'],
      ['uniscid'],
      ['pripid'],
      ['licno'],
      ['S_EXT_TIMESTAMP'],
    ],
    records: () => numberSendings(sendings(world)),
  });
}

function* sendings(world: World): Generator<Sending<LicenceRow>> {
  let turn = 0;
  for (const licence of world.licences) {
    if (licence.department !== 'MARKET') continue;
    const content = writeLicence(
      randomFor(world.seed, 'market.licence', licence.index),
      world,
      licence,
      turn,
    );
    const at = (later: number): string => deliveredAt(licence.validFrom, world.today, later, turn);
    const xkid = String(content.xkid);
    // Before its renewal the licence ended on another day.
    if (turn % 8 === 3) yield { content: { ...content, jzrq: '2019-12-31', opstate: '3' }, at: at(0) };
    yield { content, at: turn === 0 ? lastDelivery(world.today) : at(1) };
    if (turn % 10 === 4) {
      const twin = { ...content, xkid: `${xkid}S` };
      yield { content: twin, at: at(0) };
      yield { content: { ...twin, sfsc: turn % 20 === 4 ? '1' : 'Y' }, at: at(1) };
    }
    if (turn % 10 === 6) {
      const trial = { ...content, xkid: `${xkid}T`, licno: 'JY00000000000000' };
      yield { content: trial, at: at(2), envFlag: turn % 20 === 6 ? '1' : 'test' };
    }
    turn += 1;
  }
}

function writeLicence(random: Random, world: World, licence: Licence, turn: number): LicenceRow {
  const { validFrom, validTo, holder } = licence;
  const party = marketParty(random, world, holder, validFrom, turn);
  return {
    xkid: `XK${String(licence.index).padStart(10, '0')}`,
    entname: party.name,
    uniscid: party.uscc,
    pripid: party.pripid,
    cerno: party.cerNo,
    ycbm: party.shipCode,
    licname: spell(LICENCE_NAMES, licence.type, turn % 6 === 2 ? 1 + (turn % 2) : null),
    licno: licence.number,
    licscope: licence.type === 'FOOD_PRODUCTION' ? '水产制品生产' : '热食类食品制售；预包装食品销售',
    maintype: foodBusiness(licence, turn),
    qsrq: typedDate(random, validFrom, turn),
    jzrq: validTo ?? (turn % 2 === 0 ? '' : null),
    yxq: `${validFrom}至${validTo ?? openEndedDate(random)}`,
    fzrq: typedDate(random, validFrom, turn + 1),
    fzjg: '嵊泗县市场监督管理局',
    opstate: spell(LICENCE_STATES, licence.state, turn % 5 === 1 ? 1 + (turn % 2) : null),
    lopoc: holder.kind === 'organisation' ? itemAt(world.organisations, holder.index).address : null,
    sfsc: turn % 3 === 0 ? '0' : null,
  };
}

/** The number says what business it is for: JY1 sale, JY2 catering, JY3 canteen, SC production. */
function foodBusiness({ type, number }: Licence, turn: number): string | null {
  if (type === 'FOOD_PRODUCTION') return '4';
  const kind = /^JY([123])/.exec(number)?.[1];
  if (kind === undefined) return null;
  return turn % 7 === 3 ? `JY${kind}` : kind;
}
