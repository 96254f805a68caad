import { type Random, randomFor } from '../../random.js';
import { type Accident, accidentsOf } from '../../world/emergency/accidents.js';
import type { World } from '../../world/world.js';
import { ORGANISATION } from '../../world/world-base.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { inTenThousands, nullWord, truncatedDate } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode } from '../subject-code.js';
import { typedDate } from '../typed-cells.js';
import { itemAt } from '../world-lookups.js';
import { ACCIDENT_KINDS } from './emergency-codes.js';
import { typedFirmName } from './firm-names.js';

const COLUMNS = [
  { name: 'sgbh', type: 'text', length: 24 },
  { name: 'dwmc', type: 'text', length: 200 },
  { name: 'tyxydm', type: 'text', length: 64 },
  { name: 'sgfssj', type: 'text', length: 40 },
  { name: 'sgdd', type: 'text', length: 300 },
  { name: 'sglx', type: 'text', length: 40 },
  { name: 'sgyy', type: 'text', length: 400 },
  { name: 'swrs', type: 'text', length: 10 },
  { name: 'zsrs', type: 'text', length: 10 },
  { name: 'ccss', type: 'text', length: 40 },
  { name: 'sgjyqk', type: 'text', length: 200 },
  { name: 'xzqh', type: 'text', length: 40 },
  { name: 'sfsc', type: 'text', length: 1 },
  { name: 'gxsj', type: 'datetime' },
] as const;

type AccidentRow = RecordOf<typeof COLUMNS>;

/** Whether a row names its firm by an abbreviation alone, which is nobody's key. */
export const isNameless = ({ index }: Accident): boolean => index % 9 === 4;

/** `sgxx`: 生产安全事故, damage in 万元. */
export function accidentTable(world: World): LegacyTable {
  return recordTable({
    name: 'sgxx',
    columns: COLUMNS,
    primaryKey: ['sgbh'],
    indexes: [['tyxydm'], ['gxsj']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<AccidentRow> {
  for (const accident of accidentsOf(world)) {
    const { index } = accident;
    const random = randomFor(world.seed, 'emergency.accident', index);
    const row = writeAccident(random, world, accident);
    yield row;
    if (index % 5 === 2) yield { ...row, sgbh: `${String(row.sgbh)}S`, swrs: '9', sfsc: '1' };
  }
}

function writeAccident(random: Random, world: World, accident: Accident): AccidentRow {
  const { index, organisation, happenedOn, deaths, injuries, lossYuan, isClosed } = accident;
  const name = typedFirmName(itemAt(world.organisations, organisation).name, index);
  return {
    sgbh: `SG${String(index).padStart(8, '0')}`,
    dwmc: name,
    tyxydm: isNameless(accident)
      ? nullWord(random)
      : subjectCode(random, world, ORGANISATION(organisation), index),
    sgfssj: index % 4 === 3 ? truncatedDate(happenedOn) : typedDate(random, happenedOn, index),
    sgdd: accident.place,
    sglx: spell(ACCIDENT_KINDS, accident.kind, index % 3 === 2 ? 1 : null),
    sgyy: accident.cause,
    swrs: people(deaths, index),
    zsrs: people(injuries, index + 1),
    ccss: inTenThousands(lossYuan),
    sgjyqk: isClosed ? '已结案' : '调查中',
    xzqh: accident.township,
    sfsc: index % 2 === 0 ? '0' : null,
    gxsj: index === 0 ? lastDelivery(world.today) : deliveredAt(happenedOn, world.today, 0, index),
  };
}

/** `2`, `2人`, and 无 for nobody. */
function people(count: number, turn: number): string {
  if (count === 0 && turn % 2 === 0) return '无';
  return turn % 3 === 1 ? `${count}人` : String(count);
}
