import { addResolversToSchema } from '@apollo/subgraph/dist/schema-helper/index.js';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { entitiesResolver } from '@apollo/subgraph/dist/types.js';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
} from 'graphql';
import type { CallContext } from '../../runtime/call/call-context.js';
import { leanSchema } from './lean-schema.js';

export type SubgraphResolvers = GraphQLResolverMap<CallContext>;

/**
 * A subgraph's executable schema, as Apollo's `buildSubgraphSchema` makes it but for the definitions of the federation's
 * directives. That the SDL is sound is `sdlProblems`' to see, and the composition's: checking it again is most of the
 * work of opening a county.
 *
 * @param sdl the whole text as composed (`schema/subgraphs/<name>.graphql`).
 * @param document the same, where it has been parsed already.
 */
export function buildSubgraph(
  sdl: string,
  resolvers: SubgraphResolvers,
  document: DocumentNode = parse(sdl, { noLocation: true }),
): GraphQLSchema {
  const entities = entitiesOf(document);
  const { definitions } = parse(operations(entities), { noLocation: true });
  const whole = [...document.definitions, ...definitions];
  const schema = buildASTSchema(
    { kind: Kind.DOCUMENT, definitions: [...whole, ...undefinedTypes(whole)] },
    { assumeValid: true, assumeValidSDL: true },
  );
  addResolversToSchema(schema, {
    Query: {
      _service: () => ({ sdl }),
      _entities: (_source, { representations }, context, info) =>
        entitiesResolver({ representations, context, info }),
    },
    _Entity: { __resolveType: typenameOf },
  });
  addResolversToSchema(schema, resolvers as GraphQLResolverMap<unknown>);
  return leanSchema(schema);
}

/** Resolvers of two makers for one subgraph; where both resolve a field, the second one's counts. */
export function mergeResolvers(first: SubgraphResolvers, second: SubgraphResolvers): SubgraphResolvers {
  const types = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...types].map((type) => [type, { ...first[type], ...second[type] }]),
  ) as SubgraphResolvers;
}

function typenameOf(entity: { readonly __typename: string }): string {
  return entity.__typename;
}

/** What every subgraph answers beside its own: https://www.apollographql.com/docs/federation/subgraph-spec */
function operations(entities: readonly string[]): string {
  const ofEntities = `
    union _Entity = ${entities.join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
  `;
  return `
    scalar _Any
    type _Service { sdl: String }
    extend type Query { _service: _Service! }
    ${entities.length === 0 ? '' : ofEntities}
  `;
}

/** Object types that other subgraphs may ask for by a key. */
function entitiesOf({ definitions }: DocumentNode): readonly string[] {
  const keyed = definitions.flatMap((node) => {
    const isObject = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
    if (!isObject) return [];
    return node.directives?.some(({ name }) => name.value === 'key' || name.value === 'federation__key')
      ? [node.name.value]
      : [];
  });
  return [...new Set(keyed)];
}

/** Empty definitions of the types that are only extended. */
function undefinedTypes(definitions: DocumentNode['definitions']): readonly TypeDefinitionNode[] {
  const defined = new Set(definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value));
  const missing = new Map(
    definitions
      .filter(isTypeExtensionNode)
      .filter(({ name }) => !defined.has(name.value))
      .map(({ name, kind }) => [name.value, { kind: DEFINITION_OF[kind], name } as TypeDefinitionNode]),
  );
  return [...missing.values()];
}

const DEFINITION_OF = {
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
} as const;
