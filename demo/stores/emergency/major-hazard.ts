import { type Random, randomFor } from '../../random.js';
import { addDays } from '../../world/days.js';
import { type Hazard, hazardsOf } from '../../world/emergency/hazards.js';
import type { World } from '../../world/world.js';
import { ORGANISATION } from '../../world/world-base.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyTownship, truncatedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { HAZARD_LEVELS, HAZARD_STATES } from './emergency-codes.js';
import { typedFirmName } from './firm-names.js';
import { secretCell } from './secrets.js';

const COLUMNS = [
  { name: 'yhbh', type: 'text', length: 24 },
  { name: 'dwmc', type: 'text', length: 200 },
  { name: 'tyxydm', type: 'text', length: 64 },
  { name: 'yhjb', type: 'text', length: 20 },
  { name: 'yhzt', type: 'text', length: 20 },
  { name: 'rdsj', type: 'text', length: 40 },
  { name: 'xasj', type: 'text', length: 40 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'czzdaqyhnr', type: 'text', length: 400 },
  { name: 'rdyj', type: 'text', length: 400 },
  { name: 'zdwxymc', type: 'text', length: 200 },
  { name: 'zdwxydj', type: 'text', length: 40 },
  { name: 'zdwxywz', type: 'text', length: 200 },
  { name: 'zdwxywzcl', type: 'text', length: 100 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type HazardRow = RecordOf<typeof COLUMNS>;

/** Whether the closing day was typed before the day of finding (D22). */
export const isContradicted = ({ index, closedOn }: Hazard): boolean => index % 5 === 1 && closedOn !== null;

/** `zdyh`: hazards, with what they are (`czzdaqyhnr`, `rdyj`) and the hazard source (`zdwxy…`), all of it secret. */
export function hazardTable(world: World): LegacyTable {
  return recordTable({
    name: 'zdyh',
    columns: COLUMNS,
    primaryKey: ['yhbh'],
    indexes: [['tyxydm'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<HazardRow> {
  for (const hazard of hazardsOf(world)) {
    const { index } = hazard;
    const row = writeHazard(randomFor(world.seed, 'emergency.hazard', index), world, hazard);
    yield row;
    if (index % 7 === 3) yield { ...row, yhbh: `${String(row.yhbh)}S`, yhjb: '1', sfsc: '1' };
  }
}

function writeHazard(random: Random, world: World, hazard: Hazard): HazardRow {
  const { index, organisation, level, foundOn, closedOn, township } = hazard;
  const typedClosing = isContradicted(hazard) ? addDays(foundOn, -40) : closedOn;
  return {
    yhbh: `YH${String(index).padStart(8, '0')}`,
    dwmc: typedFirmName(itemAt(world.organisations, organisation).name, index),
    tyxydm: subjectCode(random, world, ORGANISATION(organisation), index),
    yhjb: spell(HAZARD_LEVELS, level, index % 3 === 1 ? index : null),
    yhzt: spell(HAZARD_STATES, closedOn === null ? 'OPEN' : 'CLOSED', index % 4 === 2 ? 1 : null),
    rdsj: index % 4 === 3 ? truncatedDate(foundOn) : typedDate(random, foundOn, index),
    xasj: typedDate(random, typedClosing, index + 1),
    xzqh: index % 3 === 2 ? dirtyTownship(random, township) : township,
    czzdaqyhnr: secretCell('隐患内容', index),
    rdyj: secretCell('认定依据', index),
    zdwxymc: secretCell('危险源名称', index),
    zdwxydj: secretCell('危险源等级', index),
    zdwxywz: secretCell('危险源位置', index),
    zdwxywzcl: secretCell('储量', index),
    sfsc: index % 2 === 0 ? '0' : null,
    gxsj: index === 0 ? lastDelivery(world.today) : deliveredAt(closedOn ?? foundOn, world.today, 0, index),
  };
}
