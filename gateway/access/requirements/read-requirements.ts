import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { LEVELS, type Level } from '../../../runtime/level.js';
import { argumentOf, identityOf, plainText, readLinkedFeatures, textOf } from '../../plan/linked-features.js';
import { SupergraphInvalid } from '../../plan/supergraph-invalid.js';
import { both, OPEN, type Requirement, type ScopeSets } from './requirement.js';

/** A supergraph, and what it demands of callers. */
export interface GuardedSupergraph {
  /** Without its security directives, which the planner refuses; they are enforced here. */
  readonly sdl: string;
  /**
   * By coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`, `Enum.VALUE`. What is not there is open.
   * A type's own stands for each of its fields and for whatever returns it.
   */
  readonly requirements: ReadonlyMap<string, Requirement>;
}

/** Security features that are carried out here, with the version that is understood. */
const SECURITY: ReadonlyMap<string, 'authenticated' | 'requiresScopes' | 'policy'> = new Map([
  ['https://specs.apollo.dev/authenticated', 'authenticated'],
  ['https://specs.apollo.dev/requiresScopes', 'requiresScopes'],
  ['https://specs.apollo.dev/policy', 'policy'],
]);
const TAG = 'https://specs.apollo.dev/tag';
const UNDERSTOOD = /^v0\.\d+$/;

/**
 * Reads `@tag`, `@authenticated`, `@requiresScopes` and `@policy` of a supergraph, under whatever names its `@link`s give
 * them.
 *
 * @throws {SupergraphInvalid} for a security feature that cannot be read: such a graph must not be served.
 */
export function readRequirements(supergraphSdl: string): GuardedSupergraph {
  const document = parseSupergraph(supergraphSdl);
  const features = readFeatures(document);
  const requirements = new Map<string, Requirement>();
  const demand = (coordinate: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    const own = (directives ?? []).map((directive) => requirementOf(directive, features, coordinate));
    const all = own.reduce(both, requirements.get(coordinate) ?? OPEN);
    if (all !== OPEN) requirements.set(coordinate, all);
  };
  for (const definition of document.definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind === Kind.DIRECTIVE_DEFINITION || !('directives' in definition)) continue;
    const type = definition.name.value;
    demand(type, definition.directives as readonly ConstDirectiveNode[]);
    if ('values' in definition)
      for (const value of definition.values ?? []) demand(`${type}.${value.name.value}`, value.directives);
    if (!('fields' in definition)) continue;
    for (const field of definition.fields ?? []) {
      demand(`${type}.${field.name.value}`, field.directives);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? [])
        demand(`${type}.${field.name.value}(${argument.name.value}:)`, argument.directives);
    }
  }
  return {
    sdl: features.namespaces.length > 0 ? withoutSecurity(document, features) : supergraphSdl,
    requirements,
  };
}

type Feature = 'tag' | 'authenticated' | 'requiresScopes' | 'policy';

function parseSupergraph(sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (error) {
    throw new SupergraphInvalid(error instanceof Error ? error.message : String(error), error);
  }
}

interface Features {
  /** By the names of their directives. */
  readonly byDirective: ReadonlyMap<string, Feature>;
  /** What the names of their own types begin with. */
  readonly namespaces: readonly string[];
}

function readFeatures(document: DocumentNode): Features {
  const byDirective = new Map<string, Feature>();
  const namespaces: string[] = [];
  for (const { identity, version, namespace, nameOf } of readLinkedFeatures(document)) {
    const feature = identity === TAG ? 'tag' : SECURITY.get(identity);
    // Of other features that are for security, loading the supergraph refuses each.
    if (feature === undefined) continue;
    if (feature !== 'tag' && !UNDERSTOOD.test(version)) throw unreadable(`${identity}/${version}`);
    byDirective.set(nameOf(feature), feature);
    if (feature !== 'tag') namespaces.push(`${namespace}__`);
  }
  return { byDirective, namespaces };
}

function requirementOf(
  directive: ConstDirectiveNode,
  { byDirective }: Features,
  coordinate: string,
): Requirement {
  switch (byDirective.get(directive.name.value)) {
    case 'tag':
      return levelOf(textOf(directive, 'name'));
    case 'authenticated':
      return { ...OPEN, authenticated: true };
    case 'requiresScopes':
      return { ...OPEN, authenticated: true, scopes: [setsOf(directive, 'scopes', coordinate)] };
    case 'policy':
      return { ...OPEN, authenticated: true, policies: [setsOf(directive, 'policies', coordinate)] };
    case undefined:
      return OPEN;
  }
}

/** Tags that name no level are other people's. */
function levelOf(tag: string | null): Requirement {
  const level = LEVELS.find((one): one is Level => one === tag);
  return level === undefined || level === OPEN.level ? OPEN : { ...OPEN, level };
}

/** `[["read:cases", "read:fines"], ["admin"]]` */
function setsOf(directive: ConstDirectiveNode, name: string, coordinate: string): ScopeSets {
  const value = argumentOf(directive, name);
  const lists = value?.kind === Kind.LIST ? value.values : null;
  const sets = lists?.map((list) => (list.kind === Kind.LIST ? list.values.map(plainText) : null));
  const isRead = sets?.every((set): set is string[] => set?.every((one) => one !== null) === true) === true;
  if (isRead) return sets;
  throw unreadable(`@${directive.name.value} at ${coordinate}`);
}

function unreadable(what: string): SupergraphInvalid {
  return new SupergraphInvalid(
    `what it demands of callers must be readable, so that it can be enforced, but ${what} is not`,
  );
}

/** The planner's copy: the links, definitions and applications of what is enforced here are gone. */
function withoutSecurity(document: DocumentNode, { byDirective, namespaces }: Features): string {
  const isSecurity = (name: string): boolean => (byDirective.get(name) ?? 'tag') !== 'tag';
  const isLink = (directive: ConstDirectiveNode): boolean => SECURITY.has(identityOf(directive) ?? '');
  const isOwnType = (definition: DefinitionNode): boolean =>
    definition.kind === Kind.SCALAR_TYPE_DEFINITION &&
    namespaces.some((namespace) => definition.name.value.startsWith(namespace));
  const stripped: DocumentNode = {
    ...document,
    definitions: document.definitions.filter(
      (definition) =>
        !(definition.kind === Kind.DIRECTIVE_DEFINITION && isSecurity(definition.name.value)) &&
        !isOwnType(definition),
    ),
  };
  return print(
    visit(stripped, {
      Directive: (node) =>
        isSecurity(node.name.value) || isLink(node as ConstDirectiveNode) ? null : undefined,
    }),
  );
}
