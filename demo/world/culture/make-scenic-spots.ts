import { type Random, randomFor } from '../../random.js';
import { LODGING, TOURISM } from '../market/industries.js';
import { drawBrand } from '../people/names.js';
import { drawTownship } from '../townships.js';
import type { Organisation, ScenicSpot, SubjectPointer } from '../world.js';
import { ORGANISATION } from '../world-base.js';

type Spot = Pick<ScenicSpot, 'name' | 'grade' | 'township'>;

const SPOTS: readonly Spot[] = [
  { name: '基湖沙滩景区', grade: '3A', township: '330922100' },
  { name: '东崖绝壁景区', grade: '4A', township: '330922101' },
  { name: '六井潭景区', grade: '3A', township: '330922200' },
  { name: '花鸟岛景区', grade: '4A', township: '330922203' },
  { name: '大悲山景区', grade: '2A', township: '330922202' },
  { name: '南长涂沙滩景区', grade: '3A', township: '330922100' },
  { name: '后头湾景区', grade: '3A', township: '330922101' },
  { name: '圣姑礁景区', grade: '2A', township: '330922102' },
  { name: '元宝石景区', grade: 'A', township: '330922201' },
  { name: '田岙渔村景区', grade: '3A', township: '330922200' },
  { name: '小西天景区', grade: 'A', township: '330922202' },
  { name: '石龙景区', grade: '2A', township: '330922102' },
  { name: '左岸公路景区', grade: '5A', township: '330922100' },
];
const GRADES = ['4A', '3A', '3A', '2A', '2A', 'A'] as const;

/** Graded scenic spots; the first has more visitors today than it may hold. */
export function makeScenicSpots(
  seed: number,
  count: number,
  organisations: readonly Organisation[],
): readonly ScenicSpot[] {
  const operators = operatorsAmong(organisations);
  return Array.from({ length: count }, (_, index): ScenicSpot => {
    const random = randomFor(seed, 'scenic-spot', index);
    const capacity = random.int(8, 120) * 50;
    const crowded = index === 0 || random.chance(0.1);
    return {
      index,
      ...(SPOTS[index] ?? drawSpot(random)),
      capacity,
      visitorsToday: crowded ? capacity + random.int(1, capacity) : random.int(0, capacity),
      operator: random.pick(operators),
    };
  });
}

function drawSpot(random: Random): Spot {
  const name = `${drawBrand(random, 3)}${random.pick(['沙滩', '渔村', '海钓'])}景区`;
  return { name, grade: random.pick(GRADES), township: drawTownship(random).code };
}

/** Firms of tourism, else of lodging, that are in business. */
function operatorsAmong(organisations: readonly Organisation[]): readonly SubjectPointer[] {
  const active = organisations.filter(({ regState }) => regState === 'ACTIVE');
  const of = (trade: string) => active.filter(({ industry }) => industry === trade);
  const chosen = [of(TOURISM), of(LODGING), active].find((firms) => firms.length > 0) ?? [];
  return chosen.map(({ index }) => ORGANISATION(index));
}
