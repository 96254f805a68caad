import { type Random, randomFor } from '../../random.js';
import { type ImageSpot, imageSpotsOf } from '../../world/planning/make-image-spots.js';
import type { PenaltyCase, World } from '../../world/world.js';
import { areaIn } from '../area-cell.js';
import { deliveredAt, lastDelivery } from '../delivery-times.js';
import { dirtyDecisionNo, dirtyTownship, nullWord } from '../dirt/dirt.js';
import type { LegacyTable } from '../legacy-table.js';
import { type RecordOf, recordTable } from '../record-table.js';
import { spell } from '../spell-code.js';
import { subjectCode, subjectName } from '../subject-code.js';
import { JUDGEMENTS, OFFENCES } from './planning-codes.js';

const COLUMNS = [
  { name: 'TBBH', type: 'text', length: 24 },
  { name: 'XZQDM', type: 'text', length: 40 },
  { name: 'TBMJ', type: 'text', length: 40 },
  { name: 'SJYT', type: 'text', length: 100 },
  { name: 'YXSX', type: 'text', length: 8 },
  { name: 'WFLX', type: 'text', length: 40 },
  { name: 'PDJG', type: 'text', length: 20 },
  { name: 'YDDW', type: 'text', length: 200 },
  { name: 'YDDWDM', type: 'text', length: 64 },
  { name: 'AJBH', type: 'text', length: 120 },
  { name: 'SCBZ', type: 'text', length: 1 },
  { name: 'GXSJ', type: 'datetime' },
] as const;

type SpotRow = RecordOf<typeof COLUMNS>;

/** `WP_TBJBXX`: spots of satellite images (卫片图斑). Areas are in 亩. Spots that were drawn twice are deleted (D12). */
export function imageSpotTable(world: World): LegacyTable {
  return recordTable({
    name: 'WP_TBJBXX',
    columns: COLUMNS,
    primaryKey: ['TBBH'],
    indexes: [['YDDWDM'], ['YXSX', 'TBBH'], ['GXSJ']],
    records: () => records(world),
  });
}

function* records(world: World): Generator<SpotRow> {
  const spots = imageSpotsOf(world);
  const cases = casesOf(world, spots);
  for (const [turn, spot] of spots.entries()) {
    const random = randomFor(world.seed, 'planning.spot', spot.number);
    const row = writeSpot(random, world, spot, cases, turn);
    yield row;
    if (turn % 10 === 6) yield { ...row, TBBH: `${spot.number}-1`, SCBZ: '1' };
  }
}

function casesOf(world: World, spots: readonly ImageSpot[]): ReadonlyMap<number, PenaltyCase> {
  const wanted = new Set(spots.map((spot) => spot.case));
  const found = new Map<number, PenaltyCase>();
  for (const penaltyCase of world.cases) {
    if (wanted.has(penaltyCase.index)) found.set(penaltyCase.index, penaltyCase);
  }
  return found;
}

function writeSpot(
  random: Random,
  world: World,
  spot: ImageSpot,
  cases: ReadonlyMap<number, PenaltyCase>,
  turn: number,
): SpotRow {
  const { number, user, township, areaSqm, seenOn, offence, judgement } = spot;
  const followed = spot.case === null ? undefined : cases.get(spot.case);
  return {
    TBBH: number,
    XZQDM: turn % 4 === 1 ? dirtyTownship(random, township) : township,
    TBMJ: areaCell(`${areaSqm}.00`, turn),
    SJYT: random.pick(['厂房', '道路', '堆场', '民房', '采石场', '养殖设施']),
    YXSX: seenOn.replaceAll('-', ''),
    WFLX: spell(OFFENCES, offence, turn % 3 === 2 ? 1 : null),
    PDJG: spell(JUDGEMENTS, judgement, turn % 4 === 3 ? 1 : null),
    YDDW: user === null ? '不详' : subjectName(world, user),
    YDDWDM: user === null ? nullWord(random) : subjectCode(random, world, user, turn),
    AJBH:
      followed === undefined ? (turn % 5 === 0 ? nullWord(random) : null) : caseCell(random, followed, turn),
    SCBZ: turn % 2 === 0 ? '0' : null,
    GXSJ: turn === 0 ? lastDelivery(world.today) : deliveredAt(seenOn, world.today, 0, turn),
  };
}

function caseCell(random: Random, { caseCode, decisionNo }: PenaltyCase, turn: number): string {
  return turn % 2 === 0 || decisionNo === null ? caseCode : dirtyDecisionNo(random, decisionNo);
}

function areaCell(squareMetres: string, turn: number): string {
  switch (turn % 6) {
    case 2:
      return `${areaIn(squareMetres, '平方米')}平方米`;
    case 4:
      return `${areaIn(squareMetres, '公顷')}公顷`;
    default:
      return areaIn(squareMetres, '亩');
  }
}
