/** A point on the ground: degrees of longitude and latitude, WGS-84. */
export type Point = readonly [longitude: number, latitude: number];

/** Closed rings of one area; what lies within an even number of them is a hole. */
export type Outline = readonly (readonly Point[])[];

/** Metres of a degree of latitude; of longitude as many times the cosine of the latitude. Within 0.6 % everywhere. */
const METRES_PER_DEGREE = 111_195;

/**
 * How far a point is within an outline, in metres; negative: so far outside. On a plane that touches the earth at the point,
 * so that it is right to a hundredth for some ten kilometres, and to its sign where the border is not nearer than that.
 */
export function metresWithin(outline: Outline, [longitude, latitude]: Point): number {
  const eastward = METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
  const onPlane = ([east, north]: Point): Point => [
    (east - longitude) * eastward,
    (north - latitude) * METRES_PER_DEGREE,
  ];
  let isWithin = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of outline) {
    const points = ring.map(onPlane);
    for (const [index, to] of points.entries()) {
      const from = points.at(index - 1) ?? to;
      if (crossesEastward(from, to)) isWithin = !isWithin;
      nearest = Math.min(nearest, distanceToOrigin(from, to));
    }
  }
  return isWithin ? nearest : -nearest;
}

/** Whether the ray from the origin to the east meets an edge; its lower end belongs to it, its upper one does not. */
function crossesEastward([fromX, fromY]: Point, [toX, toY]: Point): boolean {
  if (fromY > 0 === toY > 0) return false;
  return fromX + ((toX - fromX) * fromY) / (fromY - toY) > 0;
}

function distanceToOrigin([fromX, fromY]: Point, [toX, toY]: Point): number {
  const [alongX, alongY] = [toX - fromX, toY - fromY];
  const length = alongX ** 2 + alongY ** 2;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * alongX + fromY * alongY) / length));
  return Math.hypot(fromX + share * alongX, fromY + share * alongY);
}
