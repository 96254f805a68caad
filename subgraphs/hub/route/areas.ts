import { z } from 'zod';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import { MappingError, type Problem } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';
import type { Outline } from '../../values/places/outline.js';
import type { Townships } from '../../values/places/townships.js';
import type { RoutingFacts } from './routing-facts.js';

/** A township, a part of one, or a sea area, as somebody drew it. */
export interface Area {
  readonly name: string;
  /** Nine digits; null at sea. */
  readonly township: string | null;
  /** Null on land. */
  readonly seaArea: string | null;
  readonly outlines: readonly Outline[];
  /** By how many metres the true border may lie elsewhere. */
  readonly accuracyM: number;
  readonly confirmed: boolean;
  /** Who is in charge of it is to be confirmed. */
  readonly review: boolean;
}

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const polygon = z.array(z.array(position).min(4)).min(1);
const text = z.string().min(1);

/** RFC 7946: longitude before latitude, WGS-84. */
const grammar = z.strictObject({
  type: z.literal('FeatureCollection'),
  title: text,
  features: z.array(
    z.strictObject({
      type: z.literal('Feature'),
      properties: z.strictObject({
        name: text,
        township: text.optional(),
        seaArea: text.optional(),
        accuracyM: z.number().min(0),
        confirmed: z.boolean(),
        review: z.literal(true).optional(),
        source: text,
      }),
      geometry: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('Polygon'), coordinates: polygon }),
        z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon).min(1) }),
      ]),
    }),
  ),
});

/**
 * The areas of the county, `schema/areas.geojson`.
 *
 * @param file path for messages, relative to the project.
 * @throws {MappingError} when the file has errors, or an area is no township or sea area of the county.
 */
export function parseAreas(
  content: string,
  file: string,
  townships: Townships,
  { seaAreas }: RoutingFacts,
): readonly Area[] {
  // JSON is YAML, whose problems have places.
  const yaml = parsePlacedYaml(content, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
  const { features } = decoded.data;
  const problems = features.flatMap(({ properties: { township, seaArea } }, index): readonly Problem[] => {
    const isTownship = seaArea === undefined && townships.list.some(({ code }) => code === township);
    const isAtSea = township === undefined && seaAreas.some(({ name }) => name === seaArea);
    return isTownship || isAtSea
      ? []
      : [
          {
            rule: 'unknown-area',
            severity: 'error',
            place: yaml.placeOf(['features', index]),
            zh: '须写明 township（本县乡镇代码）或 seaArea（routing.yaml 中的海区）之一。',
            en: 'must have one of township, a code of the county, and seaArea, a name of routing.yaml.',
          },
        ];
  });
  if (problems.length > 0) throw new MappingError(problems);
  return features.map(
    ({ properties: { name, township, seaArea, accuracyM, confirmed, review }, geometry }) => ({
      name,
      township: township ?? null,
      seaArea: seaArea ?? null,
      outlines: geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
      accuracyM,
      confirmed,
      review: review === true,
    }),
  );
}
