import type { Random } from '../../random.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** A grid of the four platforms: `330922101H03` at sea, `330922101001005` (village, grid) on land. */
export function drawGrid(random: Random, township: string, atSea: boolean): string {
  if (atSea) return `${township}H${two(random.int(1, 3))}`;
  return `${township}${String(random.int(1, 4)).padStart(3, '0')}0${two(random.int(1, 5))}`;
}

/** A cell of the smart city (单元网格): county, street, community, cell; 14 digits. */
export function drawCell(random: Random, township: string): string {
  return `${township}0${two(random.int(1, 6))}${two(random.int(1, 20))}`;
}
