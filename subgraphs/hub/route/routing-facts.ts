import { z } from 'zod';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import { MappingError } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';

const text = z.string().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day such as 2024-01-31' });
const enumName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, { error: 'a value such as MARINE' });
/** Where a fact stands, or that it is to be confirmed. */
const source = text;

const grammar = z.strictObject({
  title: text,
  bodies: z
    .array(
      z.strictObject({
        department: enumName,
        name: text,
        from: day.optional(),
        until: day.optional(),
        source,
      }),
    )
    .min(1),
  special: z.array(z.strictObject({ field: enumName, department: enumName, source })),
  marine: z.strictObject({ fields: z.array(enumName).min(1), source }),
  committee: z.strictObject({ name: text, source }),
  police: z.strictObject({ onLand: text, atSea: text, source }),
  seaAreas: z.array(z.strictObject({ name: text, otherNames: z.array(text).optional(), source })),
  datums: z.array(z.strictObject({ datum: enumName, withinM: z.number().min(0).max(10_000), source })),
  review: z.array(z.strictObject({ name: text, source })),
});

/** What routing rests on and no catalogue holds: `schema/routing.yaml`, which explains itself. */
export type RoutingFacts = z.infer<typeof grammar>;

/**
 * @param file path for messages, relative to the project.
 * @throws {MappingError} when the file has errors.
 */
export function parseRoutingFacts(content: string, file: string): RoutingFacts {
  const yaml = parsePlacedYaml(content, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (decoded.success) return decoded.data;
  throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
}

/** In whose name a department acts on a day; null where no fact says. */
export function bodyOn({ bodies }: RoutingFacts, department: string, on: string): string | null {
  const held = bodies.find(
    (body) =>
      body.department === department &&
      (body.from === undefined || body.from <= on) &&
      (body.until === undefined || on <= body.until),
  );
  return held?.name ?? null;
}
