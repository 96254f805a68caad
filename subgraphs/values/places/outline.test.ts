import fc from 'fast-check';
import { atDepth } from '../../../test/deep.js';
import { metresWithin, type Outline, type Point } from './outline.js';

const SQUARE: Outline = [
  [
    [122, 30],
    [123, 30],
    [123, 31],
    [122, 31],
    [122, 30],
  ],
];

/** Turns around a point by the sum of angles, on the plane of degrees: another way than counting crossings. */
function turnsAround(ring: readonly Point[], [x, y]: Point): number {
  let sum = 0;
  for (const [index, [toX, toY]] of ring.entries()) {
    const [fromX, fromY] = ring.at(index - 1) ?? [toX, toY];
    const turn = Math.atan2(toY - y, toX - x) - Math.atan2(fromY - y, fromX - x);
    sum += Math.atan2(Math.sin(turn), Math.cos(turn));
  }
  return Math.round(sum / (2 * Math.PI));
}

/** Great-circle metres. */
function metresBetween([fromLon, fromLat]: Point, [toLon, toLat]: Point): number {
  const [a, b, along] = [fromLat, toLat, toLon - fromLon].map((degrees) => (degrees * Math.PI) / 180) as [
    number,
    number,
    number,
  ];
  const square = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(along / 2) ** 2;
  return 2 * 6_371_008 * Math.asin(Math.sqrt(square));
}

/** A star around a centre: its corners in the order of their angles, at any distances. */
const star = fc
  .array(fc.integer({ min: 5, max: 100 }), { minLength: 3, maxLength: 12 })
  .map((radii): readonly Point[] => {
    const corners = radii.map((radius, index): Point => {
      const angle = (2 * Math.PI * index) / radii.length;
      return [122.5 + (radius / 1000) * Math.cos(angle), 30.7 + (radius / 1000) * Math.sin(angle)];
    });
    return [...corners, corners[0] ?? [0, 0]];
  });
const spot = fc
  .tuple(fc.integer({ min: -1200, max: 1200 }), fc.integer({ min: -1200, max: 1200 }))
  .map(([east, north]): Point => [122.5 + east / 10_000, 30.7 + north / 10_000]);
const seed = Number(process.env.OUTLINE_SEED ?? Date.now() % 1_000_000);

describe('metresWithin()', () => {
  it.each<[Point, number]>([
    [[122.5, 30.5], 47_900],
    [[122.01, 30.5], 958],
    [[122.5, 30.99], 1112],
    [[121.99, 30.5], -958],
    [[122.5, 31.01], -1112],
    [[121.99, 29.99], -1471],
    [[122, 30.5], 0],
  ])('%j is %i m within a square', (point, metres) => {
    expect(Math.abs(metresWithin(SQUARE, point) - metres)).toBeLessThan(Math.abs(metres) * 0.005 + 0.001);
  });

  it('is outside within a hole', () => {
    const hole: readonly Point[] = [
      [122.4, 30.4],
      [122.6, 30.4],
      [122.6, 30.6],
      [122.4, 30.6],
      [122.4, 30.4],
    ];
    expect(metresWithin([...SQUARE, hole], [122.5, 30.5])).toBeLessThan(-9000);
    expect(metresWithin([...SQUARE, hole], [122.3, 30.5])).toBeGreaterThan(9000);
  });

  it(`has the sign that turns around the point have, and the distance of the nearest corner or less (OUTLINE_SEED=${seed})`, () => {
    let within = 0;
    fc.assert(
      fc.property(star, spot, (ring, point) => {
        const metres = metresWithin([ring], point);
        // At the border itself neither way is exact.
        fc.pre(Math.abs(metres) > 0.01);
        const isWithin = turnsAround(ring, point) !== 0;
        if (isWithin) within += 1;
        expect(metres > 0).toBe(isWithin);
        const corner = Math.min(...ring.map((one) => metresBetween(one, point)));
        expect(Math.abs(metres)).toBeLessThanOrEqual(corner * 1.005);
        const along = ring.flatMap(([toX, toY], index) => {
          const [fromX, fromY] = ring.at(index - 1) ?? [toX, toY];
          return Array.from(
            { length: 50 },
            (_, step): Point => [fromX + ((toX - fromX) * step) / 50, fromY + ((toY - fromY) * step) / 50],
          );
        });
        const nearest = Math.min(...along.map((one) => metresBetween(one, point)));
        expect(Math.abs(metres)).toBeLessThanOrEqual(nearest * 1.005);
        expect(Math.abs(metres)).toBeGreaterThan(nearest * 0.995 - 250);
      }),
      { seed, numRuns: atDepth(300, 10_000) },
    );
    expect(within).toBeGreaterThan(10);
  });
});
