import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  isRequiredArgument,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { GeneratedOperation } from './generate-operation.js';

/** How many smaller operations are tried. */
const MAX_TRIES = 300;

/** Drops, one by one, the parts that an operation can do without and still fail. */
export async function shrinkOperation(
  schema: GraphQLSchema,
  operation: GeneratedOperation,
  fails: (operation: GeneratedOperation) => Promise<boolean>,
): Promise<GeneratedOperation> {
  let smallest = operation;
  for (let target = 0, tries = 0; tries < MAX_TRIES; tries++) {
    const document = without(target, parse(smallest.query), schema);
    if (document === null) break;
    const smaller = { ...smallest, ...onlyUsed(document, smallest.variables) };
    const isSmaller = smaller.query.length < smallest.query.length;
    if (isSmaller && validate(schema, parse(smaller.query)).length === 0 && (await fails(smaller))) {
      smallest = smaller;
    } else target++;
  }
  return smallest;
}

const REMOVABLE = [Kind.FIELD, Kind.INLINE_FRAGMENT, Kind.FRAGMENT_SPREAD, Kind.DIRECTIVE, Kind.ARGUMENT];

/** The document without its n-th part; null when there is none. */
function without(target: number, document: DocumentNode, schema: GraphQLSchema): DocumentNode | null {
  let seen = -1;
  const types = new TypeInfo(schema);
  const enter = (node: ASTNode) => {
    const argument = node.kind === Kind.ARGUMENT ? types.getArgument() : undefined;
    const inDirective = types.getDirective() !== undefined && types.getDirective() !== null;
    if (argument && (inDirective || isRequiredArgument(argument))) return undefined;
    seen++;
    return seen === target ? null : undefined;
  };
  const handlers = Object.fromEntries(REMOVABLE.map((kind) => [kind, { enter }]));
  const edited: DocumentNode = visit(document, visitWithTypeInfo(types, handlers));
  return seen < target ? null : visit(edited, { SelectionSet: { leave: fillEmpty } });
}

function fillEmpty(node: SelectionSetNode): SelectionSetNode | undefined {
  if (node.selections.length > 0) return undefined;
  return { ...node, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] };
}

/** The document without fragments and variables that nothing uses any more. */
function onlyUsed(
  document: DocumentNode,
  variables: GeneratedOperation['variables'],
): Pick<GeneratedOperation, 'query' | 'variables'> {
  const used = namesUsed(document);
  const kept: DocumentNode = visit(document, {
    FragmentDefinition: (node) => (used.has(`...${node.name.value}`) ? undefined : null),
    VariableDefinition: (node) => (used.has(`$${node.variable.name.value}`) ? false : null),
  });
  if (namesUsed(kept).size < used.size) return onlyUsed(kept, variables);
  const values = Object.entries(variables).filter(([name]) => used.has(`$${name}`));
  return { query: print(kept), variables: Object.fromEntries(values) };
}

function namesUsed(document: DocumentNode): ReadonlySet<string> {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    FragmentSpread: (node) => void used.add(`...${node.name.value}`),
    Variable: (node) => void used.add(`$${node.name.value}`),
    Document: { leave: () => BREAK },
  });
  return used;
}
