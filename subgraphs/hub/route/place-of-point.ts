import { metresWithin, type Point } from '../../values/places/outline.js';
import type { Area } from './areas.js';
import type { RoutePlace, RouteReason } from './route.js';

/** A point, and how far from it the place may be, in metres. */
export interface MeasuredPoint {
  readonly at: Point;
  readonly withinM: number;
}

/**
 * The township in which a point lies, else the sea area; why neither can be told, where it is nearer to a border than the
 * point and the border are known. Townships go before sea areas, in which islands lie.
 */
export function placeOfPoint(areas: readonly Area[], point: MeasuredPoint): RoutePlace | RouteReason {
  const found = areas.map((area) => ({ area, lies: liesIn(area, point) }));
  const within = found.filter(({ lies }) => lies === 'within').map(({ area }) => area);
  const mayBe = found.filter(({ lies }) => lies === 'unknown').map(({ area }) => area);
  const towns = new Set([...within, ...mayBe].flatMap(({ township }) => township ?? []));
  if (towns.size > 0) {
    const own = within.filter(({ township }) => township !== null);
    return towns.size > 1 || own.length === 0 ? 'PLACE_NEAR_BORDER' : placeOf(own);
  }
  if (within.length > 0) return placeOf(within.slice(0, 1));
  return mayBe.length > 0 ? 'PLACE_NEAR_BORDER' : 'PLACE_OUTSIDE';
}

function placeOf(areas: readonly Area[]): RoutePlace {
  const [first] = areas;
  return {
    township: first?.township ?? null,
    seaArea: first?.seaArea ?? null,
    byAlias: false,
    review: areas.some(({ review }) => review),
    unconfirmed: areas.some(({ confirmed }) => !confirmed),
  };
}

type Lies = 'within' | 'outside' | 'unknown';

function liesIn({ outlines, accuracyM }: Area, { at, withinM }: MeasuredPoint): Lies {
  const depth = Math.max(...outlines.map((outline) => metresWithin(outline, at)));
  if (Math.abs(depth) <= accuracyM + withinM) return 'unknown';
  return depth > 0 ? 'within' : 'outside';
}
