import { z } from 'zod';
import { isLeast } from '../../../runtime/call/caller.js';
import { LEVELS, type Level } from '../../../runtime/level.js';
import { parsePlacedYaml } from '../../../runtime/yaml/placed-yaml.js';
import { MappingError } from '../../../runtime/yaml/problem.js';
import { describeYamlIssues, syntaxProblems } from '../../../runtime/yaml/yaml-problems.js';

/** What a role may do with fields of a level. */
export const GRANTS = ['allow', 'mask', 'deny'] as const;
export type Grant = (typeof GRANTS)[number];

/** What a role may do besides reading fields. `query`: ask more than registered operations. */
export const PERMISSIONS = [
  'query',
  'introspect',
  'export',
  'metrics',
  'health',
  'audit',
  'policy',
  'exact',
  'unmask',
  'requests',
  'hands',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Limits of rows that a role's tokens must have. */
export type RowLimit = 'townships' | 'departments';

export interface RolePolicy {
  readonly name: string;
  readonly title: string;
  readonly may: ReadonlySet<Permission>;
  readonly rows: readonly RowLimit[];
  /** From this level on a legal matter must be named; null: never. */
  readonly purposeFrom: Level | null;
  /** For `@policy`. */
  readonly policies: ReadonlySet<string>;
  /** What holds for a field of that level on a type; of several entries the most exact one that names the level. */
  grantOf(type: string, level: Level): Grant;
}

export interface Policy {
  readonly roles: ReadonlyMap<string, RolePolicy>;
  /** Roles of which no account may have two. */
  readonly separate: ReadonlySet<string>;
  /** Counts of natural persons below this are told to nobody who may not see them exactly. */
  readonly smallCells: number;
}

const grant = z.enum(GRANTS);
const level = z.enum(LEVELS);
const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, { error: '角色名，如 township-analyst | a role such as township-analyst' });
const typePattern = z
  .string()
  .regex(/^[A-Za-z_*][\w*]*$/, { error: '类型名，可含 * | the name of a type, which may hold *' });

const grammar = z.strictObject({
  roles: z.record(
    name,
    z.strictObject({
      title: z.string().min(1),
      may: z.array(z.enum(PERMISSIONS)),
      rows: z
        .array(z.enum(['townships', 'departments']))
        .min(1)
        .optional(),
      purpose: level.optional(),
      policies: z.array(z.string().min(1)).optional(),
      types: z.record(typePattern, z.partialRecord(level, grant)),
    }),
  ),
  separate: z.array(name).optional(),
  smallCells: z
    .int()
    .refine(isLeast, { error: '不小于 3 的奇数，如 5 | an odd number from 3 on, such as 5' })
    .optional(),
});

/** Domain §5.3, PIPL-10. */
const USUAL_SMALL_CELLS = 5;

/**
 * Reads `schema/policy.yaml`, which explains itself.
 *
 * @param file path for messages.
 * @throws {MappingError} with every problem and its place.
 */
export function parsePolicy(content: string, file: string): Policy {
  const yaml = parsePlacedYaml(content, file);
  if (yaml.errors.length > 0) throw new MappingError(syntaxProblems(yaml));
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  if (!decoded.success) throw new MappingError(describeYamlIssues(decoded.error.issues, yaml, grammar));
  const { roles, separate = [], smallCells = USUAL_SMALL_CELLS } = decoded.data;
  const strange = separate.find((one) => !Object.hasOwn(roles, one));
  if (strange !== undefined) {
    throw new MappingError([
      {
        rule: 'unknown-role',
        severity: 'error',
        place: yaml.placeOf(['separate', separate.indexOf(strange)]),
        zh: `没有角色“${strange}”。`,
        en: `separate must name roles, but there is no ${strange}.`,
      },
    ]);
  }
  return {
    roles: new Map(Object.entries(roles).map(([role, said]) => [role, readRole(role, said)])),
    separate: new Set(separate),
    smallCells,
  };
}

type SaidRole = z.infer<typeof grammar>['roles'][string];

function readRole(
  role: string,
  { title, may, rows = [], purpose, policies = [], types }: SaidRole,
): RolePolicy {
  const entries = Object.entries(types)
    .map(([pattern, grants]) => ({ pattern, matches: matcherOf(pattern), grants }))
    .sort((left, right) => exactness(right.pattern) - exactness(left.pattern));
  return {
    name: role,
    title,
    may: new Set(may),
    rows,
    purposeFrom: purpose ?? null,
    policies: new Set(policies),
    grantOf: (type, wanted) =>
      entries.find(({ matches, grants }) => grants[wanted] !== undefined && matches(type))?.grants[wanted] ??
      'deny',
  };
}

/** Whether a type is meant by a name of the policy, in which * stands for any run of characters. */
export function matcherOf(pattern: string): (type: string) => boolean {
  if (!pattern.includes('*')) return (type) => type === pattern;
  const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
  return (type) => expression.test(type);
}

/** A name without * is the most exact; of others, the one with more letters. */
function exactness(pattern: string): number {
  return pattern.includes('*') ? pattern.replaceAll('*', '').length : Number.POSITIVE_INFINITY;
}
