import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  valueFromASTUntyped,
} from 'graphql';

/** The fields that a query asks for below one field, whatever their aliases and fragments. */
export interface Selection {
  has(name: string): boolean;
  /** What is asked for below a field; empty when the field is not asked for. */
  below(name: string): Selection;
  names(): Iterable<string>;
  /** Every place at which a field is asked for, with the arguments that the query gives it there. */
  calls(name: string): readonly FieldCall[];
}

interface FieldCall {
  readonly args: Readonly<Record<string, unknown>>;
  readonly below: Selection;
}

type SelectionSource = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues'>;

export function selectionOf(info: SelectionSource): Selection {
  return selectionBelow(info.fieldNodes, info);
}

function selectionBelow(nodes: readonly FieldNode[], info: SelectionSource): Selection {
  const fields = new Map<string, FieldNode[]>();
  for (const node of nodes) collectFields(node.selectionSet?.selections ?? [], info, fields, new Set());
  return {
    has: (name) => fields.has(name),
    below: (name) => selectionBelow(fields.get(name) ?? [], info),
    names: () => fields.keys(),
    calls: (name) =>
      (fields.get(name) ?? []).map((node) => ({
        args: argumentsOf(node, info),
        below: selectionBelow([node], info),
      })),
  };
}

/** Enums and numbers as the query spells them; no default of the schema is filled in. */
function argumentsOf(
  node: FieldNode,
  { variableValues }: SelectionSource,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variableValues)]),
  );
}

/** Type conditions are not looked at: asking a source for one column too many is harmless. */
function collectFields(
  selections: readonly SelectionNode[],
  info: SelectionSource,
  fields: Map<string, FieldNode[]>,
  visited: Set<FragmentDefinitionNode>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, info)) continue;
    if (selection.kind === Kind.FIELD) {
      const known = fields.get(selection.name.value);
      if (known === undefined) fields.set(selection.name.value, [selection]);
      else known.push(selection);
      continue;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collectFields(selection.selectionSet.selections, info, fields, visited);
      continue;
    }
    const fragment = info.fragments[selection.name.value];
    if (fragment === undefined || visited.has(fragment)) continue;
    visited.add(fragment);
    collectFields(fragment.selectionSet.selections, info, fields, visited);
  }
}

function isIncluded(selection: SelectionNode, info: SelectionSource): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues);
  if (skip?.if === true) return false;
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues);
  return include?.if !== false;
}
