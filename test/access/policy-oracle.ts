import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentNode, Kind, parse } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { findProjectRoot } from '../../runtime/project-root.js';

type Grants = Readonly<Record<string, string>>;
interface SaidRole {
  readonly may: readonly string[];
  readonly purpose?: string;
  readonly types: Readonly<Record<string, Grants>>;
}

/** What `schema/policy.yaml` and the tags of the supergraph say, worked out as a reader would, not as the gateway does. */
export interface PolicyOracle {
  readonly roles: readonly string[];
  /** `allow`, `mask` or `deny` for a coordinate such as `Inspection.officers`, which belongs to a type. */
  grant(role: string, coordinate: string, hasPurpose: boolean): string;
  levelOf(coordinate: string): string;
  asksPurpose(role: string): boolean;
  /** Whether a role may ask more than registered operations. */
  mayCompose(role: string): boolean;
}

export function readPolicyOracle(): PolicyOracle {
  const root = findProjectRoot();
  const { roles } = parseYaml(readFileSync(join(root, 'schema/policy.yaml'), 'utf8')) as {
    readonly roles: Readonly<Record<string, SaidRole>>;
  };
  const levels = tagsOf(parse(readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8')));
  const levelOf = (coordinate: string): string => levels.get(coordinate) ?? 'L1';
  return {
    roles: Object.keys(roles),
    levelOf,
    mayCompose: (role) => roles[role]?.may.includes('query') === true,
    asksPurpose: (role) => roles[role]?.purpose !== undefined,
    grant: (role, coordinate, hasPurpose) => {
      const said = roles[role];
      if (said === undefined) return 'deny';
      const [type = ''] = coordinate.split('.');
      const level = levelOf(coordinate);
      if (said.purpose !== undefined && level >= said.purpose && !hasPurpose) return 'deny';
      const named = said.types[type]?.[level];
      if (named !== undefined) return named;
      const patterns = Object.keys(said.types)
        .filter((pattern) => pattern.includes('*') && isLike(type, pattern))
        .sort((left, right) => right.length - left.length);
      for (const pattern of patterns) {
        const found = said.types[pattern]?.[level];
        if (found !== undefined) return found;
      }
      return 'deny';
    },
  };
}

/** `*Filter` is like `InspectionFilter`; at most one star. */
function isLike(type: string, pattern: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  return type.length >= before.length + after.length && type.startsWith(before) && type.endsWith(after);
}

function tagsOf(document: DocumentNode): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const definition of document.definitions) {
    const members =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION
        ? (definition.fields ?? [])
        : definition.kind === Kind.ENUM_TYPE_DEFINITION
          ? (definition.values ?? [])
          : [];
    for (const { name, directives = [] } of members) {
      for (const directive of directives) {
        const value = directive.arguments?.[0]?.value;
        if (directive.name.value === 'tag' && value?.kind === Kind.STRING && 'name' in definition)
          found.set(`${definition.name.value}.${name.value}`, value.value);
      }
    }
  }
  return found;
}
