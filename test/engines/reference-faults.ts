import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { findOperation, fragmentsOf } from '../../gateway/plan/document-parts.js';
import { readJoins } from '../../gateway/plan/joins.js';
import { dropUnplannedFields } from '../../gateway/plan/repair/drop-unplanned-fields.js';
import { findResponseNames, readFieldSetNames } from '../../gateway/plan/repair/response-names.js';
import type { GeneratedOperation } from '../monolith/generate/generate-operation.js';
import { unfoldFragments } from './unfold-fragments.js';

/** A known fault of `@apollo/gateway` 2.14.4, and how to ask the same without meeting it. */
export interface ReferenceFault {
  readonly name: string;
  readonly why: string;
  /** The operation asked otherwise; response names may change. */
  avoid(operation: GeneratedOperation): GeneratedOperation;
}

/** @param supergraphSdl of the graph that is asked. */
export function referenceFaults(schema: GraphQLSchema, supergraphSdl: string): readonly ReferenceFault[] {
  const fieldSetNames = readFieldSetNames(readJoins(parse(supergraphSdl)));
  return [
    {
      name: 'skipped requirements',
      why: 'entities are sent without fields that only a skipped part of the query requires',
      avoid: (operation) =>
        rewrite(operation, (document) => dropUnplannedFields(document, variablesOf(operation, schema))),
    },
    {
      name: 'aliases of keys',
      why: 'an alias with the name of a key or required field is sent as that field',
      avoid: (operation) =>
        rewrite(operation, (document) => findResponseNames(document, fieldSetNames).document),
    },
    {
      name: 'nested fragments on interfaces',
      why: 'a fragment on an interface inside one on another abstract type loses its fields',
      avoid: (operation) =>
        rewrite(operation, (document) => unfoldFragments(document, operation.operationName, schema)),
    },
  ];
}

function variablesOf(
  { query, variables, operationName }: GeneratedOperation,
  schema: GraphQLSchema,
): Readonly<Record<string, unknown>> {
  const { variableDefinitions = [] } = findOperation(parse(query), operationName);
  return getVariableValues(schema, variableDefinitions, variables).coerced ?? {};
}

function rewrite(
  operation: GeneratedOperation,
  change: (document: DocumentNode) => DocumentNode,
): GeneratedOperation {
  const document = change(parse(operation.query));
  const asked = findOperation(document, operation.operationName);
  return { ...operation, query: print(withUsedParts(document, asked)) };
}

/** What nothing uses any more may not be declared: variables, and fragments. */
function withUsedParts(document: DocumentNode, asked: OperationDefinitionNode): DocumentNode {
  const fragments = fragmentsOf(document);
  const variables = new Set<string>();
  const spread = new Set<FragmentDefinitionNode>();
  const note = (node: SelectionSetNode): void => {
    visit(node, {
      Variable: ({ name }) => void variables.add(name.value),
      FragmentSpread: ({ name }) => {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || spread.has(fragment)) return;
        spread.add(fragment);
        note(fragment.selectionSet);
      },
    });
  };
  note(asked.selectionSet);
  const variableDefinitions = asked.variableDefinitions?.filter(({ variable }) =>
    variables.has(variable.name.value),
  );
  const operation = { ...asked, ...(variableDefinitions !== undefined && { variableDefinitions }) };
  return { kind: Kind.DOCUMENT, definitions: [operation, ...spread] };
}
