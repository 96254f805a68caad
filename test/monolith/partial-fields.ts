import { type GraphQLSchema, getNamedType, isAbstractType, isObjectType, Kind, parse } from 'graphql';
import { applied, readGraphNames, readJoins } from './supergraph-joins.js';

/**
 * Fields (`Type.field`) of an interface or union that several subgraphs can give with different members. A planner asks
 * none of them for the members that another one lacks, so a monolith, which asks the first, may show more.
 */
export function partialFields(schema: GraphQLSchema, supergraphSdl: string): readonly string[] {
  const membersOf = readMembers(supergraphSdl);
  return [...readJoins(supergraphSdl)].flatMap(([typeName, { fields }]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return [];
    return [...fields].flatMap(([name, { owners }]) => {
      const given = getNamedType(type.getFields()[name]?.type);
      if (!isAbstractType(given)) return [];
      const members = new Set(owners.map((owner) => membersOf(given.name, owner)));
      return members.size > 1 ? [`${typeName}.${name}`] : [];
    });
  });
}

/** @returns the members of an abstract type in a subgraph, as one text. */
function readMembers(supergraphSdl: string): (abstractName: string, subgraph: string) => string {
  const document = parse(supergraphSdl, { noLocation: true });
  const nameOf = readGraphNames(document);
  const members: { readonly of: string; readonly in: string; readonly name: string }[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { graph, member } of applied(definition.directives, 'join__unionMember')) {
        members.push({ of: definition.name.value, in: nameOf(graph), name: String(member) });
      }
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const { graph, interface: of } of applied(definition.directives, 'join__implements')) {
        members.push({ of: String(of), in: nameOf(graph), name: definition.name.value });
      }
    }
  }
  return (abstractName, subgraph) =>
    members
      .filter((one) => one.of === abstractName && one.in === subgraph)
      .map(({ name }) => name)
      .sort()
      .join();
}
