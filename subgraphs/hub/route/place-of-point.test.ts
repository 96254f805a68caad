import type { Outline, Point } from '../../values/places/outline.js';
import type { Area } from './areas.js';
import { placeOfPoint } from './place-of-point.js';

const box = (west: number, east: number, south = 30, north = 31): Outline => [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
];
const area = (
  township: string | null,
  seaArea: string | null,
  outline: Outline,
  more: Partial<Area> = {},
): Area => ({
  name: township ?? seaArea ?? '',
  township,
  seaArea,
  outlines: [outline],
  accuracyM: 100,
  confirmed: true,
  review: false,
  ...more,
});

/** A and B share the border at 122.2; a part of B is under review; all lie in the sea, beyond which nothing is known. */
const AREAS = [
  area('A', null, box(122.1, 122.2)),
  area('B', null, box(122.2, 122.3), { confirmed: false }),
  area('B', null, box(122.3, 122.4), { review: true }),
  area(null, '海', box(122, 123, 29.5, 31.5), { accuracyM: 500 }),
];
const LAND = { seaArea: null, byAlias: false, review: false, unconfirmed: false };
/** About 96 m of longitude, there. */
const M = 0.001 / 96;

describe('placeOfPoint()', () => {
  it.each<[string, Point, number, ReturnType<typeof placeOfPoint>]>([
    ['within a township', [122.15, 30.5], 0, { ...LAND, township: 'A' }],
    ['within one that is not confirmed', [122.25, 30.5], 0, { ...LAND, township: 'B', unconfirmed: true }],
    ['within a part under review', [122.35, 30.5], 0, { ...LAND, township: 'B', review: true }],
    ['at sea', [122.7, 30.5], 0, { ...LAND, township: null, seaArea: '海' }],
    ['on the border of two', [122.2, 30.5], 0, 'PLACE_NEAR_BORDER'],
    ['as near to the border as that is known', [122.2 - 95 * M, 30.5], 0, 'PLACE_NEAR_BORDER'],
    ['a little farther from it', [122.2 - 110 * M, 30.5], 0, { ...LAND, township: 'A' }],
    ['there, known to ten metres more', [122.2 - 110 * M, 30.5], 20, 'PLACE_NEAR_BORDER'],
    ['at sea, but near a shore', [122.1 - 95 * M, 30.5], 0, 'PLACE_NEAR_BORDER'],
    ['at sea, a little farther', [122.1 - 110 * M, 30.5], 0, { ...LAND, township: null, seaArea: '海' }],
    ['on the border of two parts of one township', [122.3, 30.5], 0, 'PLACE_NEAR_BORDER'],
    ['near the border of the sea', [123 - 400 * M, 30.5], 0, 'PLACE_NEAR_BORDER'],
    ['beyond everything', [123.5, 30.5], 0, 'PLACE_OUTSIDE'],
    ['longitude and latitude changed over', [30.5, 122.15 - 90], 0, 'PLACE_OUTSIDE'],
    ['known to some kilometres', [122.15, 30.5], 20_000, 'PLACE_NEAR_BORDER'],
  ])('%s', (_where, at, withinM, expected) => {
    expect(placeOfPoint(AREAS, { at, withinM })).toEqual(expected);
  });

  it('does not choose between townships whose outlines overlap', () => {
    const areas = [area('A', null, box(122.1, 122.3)), area('B', null, box(122.2, 122.4))];
    expect(placeOfPoint(areas, { at: [122.25, 30.5], withinM: 0 })).toBe('PLACE_NEAR_BORDER');
  });

  it('tells nothing where nobody drew an outline', () => {
    expect(placeOfPoint([], { at: [122.25, 30.5], withinM: 0 })).toBe('PLACE_OUTSIDE');
  });

  it('takes any of an area’s islands', () => {
    const islands = area('A', null, box(122, 122.1), { outlines: [box(122, 122.1), box(122.5, 122.6)] });
    expect(placeOfPoint([islands], { at: [122.55, 30.5], withinM: 0 })).toMatchObject({ township: 'A' });
    expect(placeOfPoint([islands], { at: [122.3, 30.5], withinM: 0 })).toBe('PLACE_OUTSIDE');
  });
});
