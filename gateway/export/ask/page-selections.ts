import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { refusal } from '../../../runtime/errors.js';
import { fieldsIn, type PlacedField, responseNameOf } from './placed-fields.js';

/** Response names of the parts of a page. */
export interface PageNames {
  readonly rows: string;
  readonly pageInfo: string;
  /** Null where lists do not say which interfaces they rest on. */
  readonly coverage: string | null;
}

interface ListField {
  readonly field: FieldNode;
  readonly type: GraphQLObjectType;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly schema: GraphQLSchema;
  /** The caller's document. */
  readonly text: string;
}

interface PageSelections {
  readonly names: PageNames;
  readonly selections: readonly SelectionNode[];
  readonly rowFields: readonly PlacedField[];
  /** A name that the caller's document does not have. */
  unusedName(wish: string): string;
}

/**
 * What is selected of a page: the caller's rows and what a walk needs. Whatever else the caller selects of the list, such
 * as its number of rows, has no place in an export.
 *
 * @returns why there are no rows to export.
 */
export function pageSelections(list: ListField): PageSelections | GraphQLError {
  const { field, type, fragments, schema, text } = list;
  const selected = fieldsIn([{ node: field, type }], fragments, schema).filter(({ node }) =>
    ['nodes', 'edges'].includes(node.name.value),
  );
  const [first] = selected;
  const responseNames = new Set(selected.map(({ node }) => responseNameOf(node)));
  if (first === undefined || responseNames.size > 1 || selected.some(({ isConditional }) => isConditional)) {
    return refusal(
      'EXPORT_NOT_ONE_LIST',
      '清单中应恰选 nodes 或 edges 之一，不带 @skip 或 @include。Of the list either nodes or edges must be selected, once and unconditionally.',
    );
  }
  const unusedName = (wish: string): string => {
    let name = `export_${wish}`;
    while (text.includes(name)) name += '_';
    return name;
  };
  const rowType = getNamedType(first.definition?.type);
  const names: PageNames = {
    rows: responseNameOf(first.node),
    pageInfo: unusedName('page'),
    coverage: hasCoverage(type) ? unusedName('coverage') : null,
  };
  return {
    names,
    selections: [
      ...selected.map(({ node }) => node),
      ...selectionsOf(`${names.pageInfo}: pageInfo { startCursor endCursor hasNextPage }`),
      ...(names.coverage === null
        ? []
        : selectionsOf(`${names.coverage}: coverage { interface department state asOf rows late reason }`)),
    ],
    rowFields: isCompositeType(rowType)
      ? fieldsIn(
          selected.map(({ node }) => ({ node, type: rowType })),
          fragments,
          schema,
        )
      : [],
    unusedName,
  };
}

function hasCoverage(type: GraphQLObjectType): boolean {
  const coverage = getNamedType(type.getFields().coverage?.type);
  return coverage !== undefined && 'getFields' in coverage && 'late' in coverage.getFields();
}

function selectionsOf(text: string): readonly SelectionNode[] {
  const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
}
