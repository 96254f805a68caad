import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import type { Licence, World } from '../../world/world.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDate, openEndedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { typedDate } from '../typed-cells.js';
import { CERTIFICATE_STATES, CERTIFICATE_TYPES } from './marine-codes.js';
import { type MarinePartyWriter, marinePartyWriter } from './marine-party.js';

const COLUMNS = [
  { name: 'zsid', type: 'text', length: 24 },
  { name: 'bbh', type: 'integer' },
  { name: 'ycbm', type: 'text', length: 60 },
  { name: 'cm', type: 'text', length: 60 },
  { name: 'tyxydm', type: 'text', length: 64 },
  { name: 'sfzh', type: 'text', length: 40 },
  { name: 'zslx', type: 'text', length: 60 },
  { name: 'zsmc', type: 'text', length: 60 },
  { name: 'zsbh', type: 'text', length: 80 },
  { name: 'fzjg', type: 'text', length: 100 },
  { name: 'fzrq', type: 'text', length: 40 },
  { name: 'yxqq', type: 'text', length: 40 },
  { name: 'yxqz', type: 'text', length: 40 },
  { name: 'yxjzrq', type: 'text', length: 10 },
  { name: 'zszt', type: 'text', length: 20 },
  { name: 'cs_bz', type: 'text', length: 8 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type CertificateRow = RecordOf<typeof COLUMNS>;

/** `yc_zs`: certificates of vessels, several types in one table. */
export function certificateTable(world: World): LegacyTable {
  return recordTable({
    name: 'yc_zs',
    columns: COLUMNS,
    primaryKey: ['zsid', 'bbh'],
    indexes: [['zsid', 'gxsj', 'bbh'], ['yxjzrq', 'zsid'], ['ycbm'], ['cm'], ['zsbh'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<CertificateRow> {
  const writeParty = marinePartyWriter(world);
  let turn = 0;
  for (const licence of world.licences) {
    // Permits to farm the sea stand in a register of their own.
    if (licence.department !== 'MARINE' || licence.type === 'AQUACULTURE') continue;
    const random = randomFor(world.seed, 'marine.certificate', licence.index);
    // A certificate that was endorsed is saved again.
    const savedOn = earlier(licence.validFrom, addDays(world.today, -1));
    const at = (later: number): string => deliveredAt(savedOn, world.today, later, turn);
    const row = writeCertificate(
      random,
      writeParty,
      licence,
      turn,
      turn === 0 ? lastDelivery(world.today) : at(1),
    );
    if (turn % 12 === 5) yield { ...row, bbh: 1, yxjzrq: '2018-12-31', zszt: '10', gxsj: at(0) };
    yield row;
    if (turn % 20 === 7) {
      const twin = { ...row, zsid: `${String(row.zsid)}S` };
      yield { ...twin, gxsj: at(0) };
      yield { ...twin, bbh: 3, sfsc: '1' };
    }
    if (turn % 20 === 11) {
      yield { ...row, zsid: `${String(row.zsid)}T`, zsbh: '测试', cs_bz: turn % 40 === 11 ? '1' : '测试' };
    }
    turn += 1;
  }
}

function writeCertificate(
  random: Random,
  writeParty: MarinePartyWriter,
  licence: Licence,
  turn: number,
  gxsj: string,
): CertificateRow {
  const { validFrom, validTo, type } = licence;
  const party = writeParty(random, licence.holder, turn);
  return {
    zsid: `ZS${String(licence.index).padStart(10, '0')}`,
    bbh: 2,
    ycbm: party.vesselCode,
    cm: party.vesselName,
    tyxydm: party.uscc,
    sfzh: party.idNo,
    zslx: spell(CERTIFICATE_TYPES, type, turn % 6 === 2 ? 1 + (turn % 2) : null),
    zsmc: spell(CERTIFICATE_TYPES, type, 1),
    zsbh: licence.number,
    fzjg: '嵊泗县海洋与渔业局',
    fzrq: typedDate(random, validFrom, turn),
    yxqq: typedDate(random, validFrom, turn + 1),
    yxqz: printedEnd(random, validTo, turn),
    yxjzrq: validTo ?? (turn % 2 === 0 ? null : ''),
    zszt: spell(CERTIFICATE_STATES, licence.state, turn % 7 === 3 ? 1 : null),
    cs_bz: turn % 3 === 0 ? '0' : null,
    sfsc: turn % 4 === 0 ? '0' : null,
    gxsj,
  };
}

/** As printed: a day in any spelling, no end in several words, now and then nothing or a day that is none. */
function printedEnd(random: Random, validTo: string | null, turn: number): string {
  if (validTo === null) return turn % 3 === 0 ? '长期' : openEndedDate(random);
  if (turn % 13 === 4) return '0000-00-00';
  if (turn % 13 === 8) return 'null';
  return turn % 3 === 1 ? dirtyDate(random, validTo) : validTo;
}

function earlier(left: string, right: string): string {
  return [left, right].sort()[0] ?? left;
}
