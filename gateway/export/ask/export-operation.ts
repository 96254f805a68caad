import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  validate,
} from 'graphql';
import { refusal } from '../../../runtime/errors.js';
import { type DocumentLimits, exceedTextLimits, exceedWritten } from '../../http/limits/judge-document.js';
import { createMeasure, exceedLimits, exceedListItems } from '../../http/operation-limits.js';
import { chooseOperation, fragmentsOf, withoutUnusedFragments } from '../../plan/document-parts.js';
import type { ExportRequest } from './export-request.js';
import { type PageNames, pageSelections } from './page-selections.js';
import { fieldsIn, type PlacedField } from './placed-fields.js';

/** An operation that gives one page of the list, and where its parts are in an answer. */
export interface ExportOperation {
  readonly document: DocumentNode;
  readonly documentId: string;
  /** Name of the variable that takes the cursor. */
  readonly cursorVariable: string;
  /** Response name of the list. */
  readonly list: string;
  readonly page: PageNames;
  /** What is selected of a row. */
  readonly rowFields: readonly PlacedField[];
  readonly operation: OperationDefinitionNode;
  /** Name of the list's field, for the file's name. */
  readonly listName: string;
}

/** Rows of a page: the most that lists of the hub give. */
const PAGE_ROWS = 500;
/** Whatever would make a part of the list of it; pages are walked inside. */
const PAGE_ARGUMENTS = new Set(['first', 'last', 'before', 'after']);

/** Makes the operation that is asked page by page of a caller's query. @returns why it cannot be exported. */
export function readExportOperation(
  { query, operationName, variables }: Pick<ExportRequest, 'query' | 'operationName' | 'variables'>,
  schema: GraphQLSchema,
  limits: DocumentLimits,
): ExportOperation | GraphQLError {
  const document = parseValid(query, schema, limits);
  if (document instanceof GraphQLError) return document;
  const chosen = chooseOperation(document, operationName);
  if (chosen === null) return refusal('OPERATION_RESOLUTION_FAILURE');
  const { operation } = chosen;
  if (operation.operation !== OperationTypeNode.QUERY) return notOneList('应为 query。It must be a query.');
  const size = createMeasure(chosen.document)(operation);
  const tooLarge = exceedLimits(size, limits) ?? exceedListItems(size, variables, limits);
  if (tooLarge !== null) return tooLarge;
  return pagedOperation(chosen.document, operation, schema);
}

function parseValid(
  query: string,
  schema: GraphQLSchema,
  limits: DocumentLimits,
): DocumentNode | GraphQLError {
  const beyond = exceedTextLimits(query, limits);
  if (beyond !== null) return beyond;
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: limits.tokens });
  } catch (error) {
    return refusal('GRAPHQL_PARSE_FAILED', error instanceof Error ? error.message : String(error));
  }
  const large = exceedWritten(document, limits);
  if (large !== null) return large;
  const [mistake] = validate(schema, document, undefined, { maxErrors: 1 });
  return mistake === undefined ? document : refusal('GRAPHQL_VALIDATION_FAILED', mistake.message);
}

function pagedOperation(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
): ExportOperation | GraphQLError {
  const fragments = fragmentsOf(document);
  const root = schema.getQueryType();
  const roots = root ? fieldsIn([{ node: operation, type: root }], fragments, schema) : [];
  const [only, ...others] = roots;
  if (only === undefined || others.length > 0)
    return notOneList(`根部有 ${roots.length} 个字段。The root has ${roots.length} fields.`);
  const { node: field, definition } = only;
  const type = getNamedType(definition?.type);
  if (!isObjectType(type) || !isConnection(type) || definition === undefined)
    return notOneList(`${field.name.value} 不是分页清单。${field.name.value} is no list with pages.`);
  if (only.isConditional)
    return notOneList('根部字段不能带 @skip 或 @include。The list must not depend on @skip or @include.');
  const given = field.arguments?.find(({ name }) => PAGE_ARGUMENTS.has(name.value));
  if (given !== undefined) {
    return notOneList(
      `导出给出全部行，请去掉参数 ${given.name.value}（续传用请求体的 after）。An export gives every row: leave ${given.name.value} out (to go on from a cursor, give after in the body).`,
    );
  }
  const selected = pageSelections({ field, type, fragments, schema, text: print(document) });
  if (selected instanceof GraphQLError) return selected;
  return assemble(document, operation, field, selected);
}

type Selected = Exclude<ReturnType<typeof pageSelections>, GraphQLError>;

function assemble(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  field: FieldNode,
  { names, selections, rowFields, unusedName }: Selected,
): ExportOperation {
  const cursorVariable = unusedName('after');
  const list: FieldNode = {
    ...field,
    arguments: [
      ...(field.arguments ?? []),
      argument('first', { kind: Kind.INT, value: String(PAGE_ROWS) }),
      argument('after', { kind: Kind.VARIABLE, name: nameOf(cursorVariable) }),
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  const paged: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      {
        kind: Kind.VARIABLE_DEFINITION,
        variable: { kind: Kind.VARIABLE, name: nameOf(cursorVariable) },
        type: { kind: Kind.NAMED_TYPE, name: nameOf('String') },
      },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [list] },
  };
  const others = document.definitions.filter((one) => one !== operation);
  const text = print(withoutUnusedFragments({ ...document, definitions: [paged, ...others] }));
  return {
    document: parse(text),
    documentId: `export ${createHash('sha256').update(text).digest('hex')}`,
    cursorVariable,
    list: field.alias?.value ?? field.name.value,
    page: names,
    rowFields,
    operation,
    listName: field.name.value,
  };
}

function nameOf(value: string): { kind: Kind.NAME; value: string } {
  return { kind: Kind.NAME, value };
}

function argument(name: string, value: NonNullable<FieldNode['arguments']>[number]['value']) {
  return { kind: Kind.ARGUMENT, name: nameOf(name), value } as const;
}

/** A list after Relay, which gives pages forwards. */
function isConnection(type: GraphQLObjectType): boolean {
  const { pageInfo, nodes, edges } = type.getFields();
  const info = getNamedType(pageInfo?.type);
  return isObjectType(info) && 'endCursor' in info.getFields() && (nodes ?? edges) !== undefined;
}

function notOneList(detail: string): GraphQLError {
  return refusal('EXPORT_NOT_ONE_LIST', detail);
}
