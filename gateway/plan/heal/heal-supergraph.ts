import { type ConstDirectiveNode, type DocumentNode, Kind, print, visit } from 'graphql';
import type { Joins } from '../joins.js';

/**
 * The text that the planner is given instead of the supergraph.
 *
 * The planner takes the first key of a type in a subgraph for a way in even if it is `resolvable: false`, so those
 * that are resolvable come first.
 */
export function healSupergraph(sdl: string, { document }: Joins): string {
  const healed = putResolvableKeysFirst(document);
  return healed === document ? sdl : print(healed);
}

function putResolvableKeysFirst(document: DocumentNode): DocumentNode {
  const reorder = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(
    node: T,
  ): T | undefined => {
    const directives = node.directives ?? [];
    if (!directives.some(isUnresolvable)) return undefined;
    return {
      ...node,
      directives: [...directives.filter((one) => !isUnresolvable(one)), ...directives.filter(isUnresolvable)],
    };
  };
  return visit(document, { ObjectTypeDefinition: reorder, InterfaceTypeDefinition: reorder });
}

function isUnresolvable({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === 'join__type' &&
    given.some(
      ({ name: argument, value }) =>
        argument.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
    )
  );
}
