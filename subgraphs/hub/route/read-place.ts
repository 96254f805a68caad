import { townshipCodec } from '../../values/places/township-codec.js';
import { stemOf } from '../../values/places/townships.js';
import { badInput } from '../filter/bad-input.js';
import { isGiven } from '../filter/is-given.js';
import { placeOfPoint } from './place-of-point.js';
import type { RoutePlace, RouteReason } from './route.js';
import type { RoutingReference } from './routing-reference.js';

/** `RoutePlaceInput` of the schema. */
export interface PlaceArgument {
  readonly township?: string | null;
  readonly seaArea?: string | null;
  readonly name?: string | null;
  /** Degrees, as decimal text. */
  readonly longitude?: string | null;
  readonly latitude?: string | null;
  /** `CoordinateDatum`. */
  readonly datum?: string | null;
  readonly accuracyM?: number | null;
}

/** @returns why the place cannot be told; null: none is given. */
type PlaceReader = (place: PlaceArgument | null | undefined) => RoutePlace | RouteReason | null;

/**
 * Reads where something is: a township by code or any of its names, a sea area, a place that is known by name, or a point.
 *
 * @throws BAD_USER_INPUT from the reader.
 */
export function createPlaceReader({ townships, facts, areas }: RoutingReference): PlaceReader {
  const { seaAreas, review } = facts;
  const codec = townshipCodec(townships, []);
  const ofTownship = (text: string): RoutePlace | null => {
    const { value } = codec.decode(text);
    if (typeof value !== 'string') return null;
    const { name = '' } = townships.list.find(({ code }) => code === value) ?? {};
    const byAlias = ![value, name, stemOf(name)].includes(text.trim());
    const isUnderReview = review.some((each) => text.includes(each.name));
    return { township: value, seaArea: null, byAlias, review: isUnderReview, unconfirmed: false };
  };
  const atSea = (text: string): RoutePlace | null => {
    const area = seaAreas.find(({ name, otherNames = [] }) => [name, ...otherNames].includes(text.trim()));
    return area === undefined
      ? null
      : { township: null, seaArea: area.name, byAlias: false, review: false, unconfirmed: false };
  };
  const atPoint = ({ longitude, latitude, datum, accuracyM }: PlaceArgument): RoutePlace | RouteReason => {
    const at = [readDegrees(longitude, 'longitude', 180), readDegrees(latitude, 'latitude', 90)] as const;
    if (!isGiven(datum)) throw missing('datum');
    if (isGiven(accuracyM) && accuracyM < 0)
      throw badInput('place.accuracyM', '不能为负。', 'must not be negative.');
    const known = facts.datums.find((one) => one.datum === datum);
    if (known === undefined) return 'DATUM_UNKNOWN';
    return placeOfPoint(areas, { at, withinM: known.withinM + (accuracyM ?? 0) });
  };
  return (place) => {
    const { township, seaArea, name, ...point } = place ?? {};
    const given = Object.entries({ township, seaArea, name }).filter((entry): entry is [string, string] =>
      isGiven(entry[1]),
    );
    const hasPoint = Object.values(point).some(isGiven);
    const [[key, text] = [], ...others] = given;
    if (others.length > 0 || (key !== undefined && hasPoint)) {
      throw badInput(
        'place',
        '只写一项：乡镇、海区、地名，或经纬度与坐标系。',
        'must hold exactly one of township, seaArea, name, and a point.',
      );
    }
    if (hasPoint) return atPoint(point);
    if (key === undefined || text === undefined) return null;
    const found =
      key === 'seaArea' ? atSea(text) : (ofTownship(text) ?? (key === 'name' ? atSea(text) : null));
    if (found !== null) return found;
    throw badInput(
      `place.${key}`,
      `没有“${text}”这个地方。`,
      `must be a township or sea area of the county, but is ${text}.`,
    );
  };
}

function readDegrees(text: string | null | undefined, axis: 'longitude' | 'latitude', most: number): number {
  if (!isGiven(text)) throw missing(axis);
  const degrees = Number(text);
  if (Math.abs(degrees) <= most) return degrees;
  throw badInput(
    `place.${axis}`,
    `应为 -${most} 至 ${most} 的度数，实为 ${text}。`,
    `must be degrees from -${most} to ${most}, but is ${text}.`,
  );
}

function missing(name: string): Error {
  return badInput(
    `place.${name}`,
    '经度、纬度与坐标系须同时写明。',
    'is missing: a point has a longitude, a latitude and a datum.',
  );
}
