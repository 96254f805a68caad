import {
  type DocumentNode,
  type FieldNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';
import { INTROSPECTION_FIELDS } from '../introspection-fields.js';

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The document without what no subgraph is asked for. A selection that loses all its fields keeps its objects.
 *
 * - What `@skip` and `@include` leave out for these variables, and the two directives: the planner sends entities with
 *   fields that only a skipped part requires, and misses them.
 * - Introspection: it is answered here, and the planner's own schema of it is older than the one that callers ask by.
 *
 * @param variables coerced.
 */
export function dropUnplannedFields(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): DocumentNode {
  const isKept = (selection: SelectionNode): boolean =>
    !(selection.kind === Kind.FIELD && INTROSPECTION_FIELDS.has(selection.name.value)) &&
    getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;
  return visit(document, {
    SelectionSet: {
      leave: (node) => {
        const kept = node.selections.filter(isKept).map(withoutConditions);
        return { ...node, selections: kept.length === 0 ? [TYPENAME] : kept };
      },
    },
  });
}

function withoutConditions<T extends SelectionNode>(selection: T): T {
  const { directives = [] } = selection;
  if (directives.length === 0) return selection;
  const names = [GraphQLSkipDirective.name, GraphQLIncludeDirective.name];
  return { ...selection, directives: directives.filter(({ name }) => !names.includes(name.value)) };
}
