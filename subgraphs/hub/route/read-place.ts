import { townshipCodec } from '../../values/places/township-codec.js';
import { stemOf, type Townships } from '../../values/places/townships.js';
import { badInput } from '../filter/bad-input.js';
import type { RoutePlace } from './route.js';
import type { RoutingFacts } from './routing-facts.js';

/** `RoutePlaceInput` of the schema. */
export interface PlaceArgument {
  readonly township?: string | null;
  readonly seaArea?: string | null;
  readonly name?: string | null;
}

type PlaceReader = (place: PlaceArgument | null | undefined) => RoutePlace | null;

/** Reads where something is: a township by code or any of its names, a sea area, or a place that is known by name. */
export function createPlaceReader(townships: Townships, { seaAreas, review }: RoutingFacts): PlaceReader {
  const codec = townshipCodec(townships, []);
  const ofTownship = (text: string): RoutePlace | null => {
    const { value } = codec.decode(text);
    if (typeof value !== 'string') return null;
    const { name = '' } = townships.list.find(({ code }) => code === value) ?? {};
    const byAlias = ![value, name, stemOf(name)].includes(text.trim());
    return { township: value, byAlias, review: review.some((each) => text.includes(each.name)) };
  };
  const atSea = (text: string): RoutePlace | null => {
    const area = seaAreas.find(({ name, otherNames = [] }) => [name, ...otherNames].includes(text.trim()));
    return area === undefined ? null : { township: null, byAlias: false, review: false };
  };
  return (place) => {
    const given = Object.entries(place ?? {}).filter(([, value]) => value !== null && value !== undefined);
    const [[key, text] = [], ...others] = given as [string, string][];
    if (key === undefined || text === undefined) return null;
    if (others.length > 0) {
      throw badInput('place', '只写一项。', 'must hold exactly one of township, seaArea and name.');
    }
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
