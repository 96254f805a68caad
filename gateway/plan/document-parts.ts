import {
  type DefinitionNode,
  DirectiveLocation,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  print,
  separateOperations,
  type Token,
  visit,
} from 'graphql';

/** The operation that a request means. Whatever else its document holds has no part in it. */
interface ChosenOperation {
  readonly operation: OperationDefinitionNode;
  /** The operation and the fragments that it spreads, nothing else. */
  readonly document: DocumentNode;
}

/**
 * The spec's GetOperation.
 *
 * @param name undefined: the only operation of the document.
 * @returns null when the document has no such operation, or several and no name says which.
 */
export function chooseOperation(document: DocumentNode, name: string | undefined): ChosenOperation | null {
  const operation = operationNamed(document, name);
  if (operation === null) return null;
  if (document.definitions.filter(isOperation).length === 1) return { operation, document };
  const own = separateOperations(document)[operation.name?.value ?? ''];
  return own === undefined ? null : { operation, document: own };
}

/** A document of one operation without the fragments that it does not spread. */
export function withoutUnusedFragments(document: DocumentNode): DocumentNode {
  const [used = document] = Object.values(separateOperations(document));
  return used;
}

/**
 * The document without directives of fragments with names that none without a name may have: the planner unfolds fragments
 * and would send the directives where no subgraph allows them.
 */
export function withoutFragmentDirectives(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const keepAllowed = <T extends FragmentSpreadNode | FragmentDefinitionNode>(node: T): T | undefined => {
    const { directives = [] } = node;
    if (directives.length === 0) return undefined;
    const isAllowed = ({ name }: DirectiveNode): boolean =>
      schema.getDirective(name.value)?.locations.includes(DirectiveLocation.INLINE_FRAGMENT) === true;
    return { ...node, directives: directives.filter(isAllowed) };
  };
  return visit(document, { FragmentSpread: keepAllowed, FragmentDefinition: keepAllowed });
}

/** As `chooseOperation`, the operation alone. */
export function operationNamed(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode | null {
  const [operation = null, ...others] = document.definitions
    .filter(isOperation)
    .filter((one) => name === undefined || one.name?.value === name);
  return others.length > 0 ? null : operation;
}

export function isOperation(definition: DefinitionNode): definition is OperationDefinitionNode {
  return definition.kind === Kind.OPERATION_DEFINITION;
}

/** @throws {Error} when the document has no such operation. */
export function findOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operation = document.definitions
    .filter(isOperation)
    .find((one) => name === undefined || one.name?.value === name);
  if (operation === undefined) throw new Error(`the document must have the operation ${name}`);
  return operation;
}

/** By name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

/** How many tokens a document's text has; the memory that a document takes goes by them. */
export function countTokens({ loc, definitions }: DocumentNode): number {
  // A document that was made, not parsed, has none: names of that many characters each.
  if (loc === undefined) return definitions.reduce((sum, one) => sum + print(one).length / 5, 0);
  let tokens = 0;
  for (let token: Token | null = loc.startToken; token !== null; token = token.next) tokens += 1;
  return tokens;
}
