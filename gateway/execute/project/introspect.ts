import { executeSync, type GraphQLSchema, Kind, OperationTypeNode } from 'graphql';
import type { DescribedOperation } from '../described-operation.js';
import type { Introspect, IntrospectionField } from './projection.js';

/** Answers `__schema` and `__type` fields of one request: graphql-js knows them from the schema. Each is asked once. */
export function createIntrospect(
  schema: GraphQLSchema,
  { operation, fragments }: Pick<DescribedOperation, 'operation' | 'fragments'>,
  variables: Readonly<Record<string, unknown>>,
): Introspect {
  const texts = new Map<IntrospectionField, string>();
  const ask = (field: IntrospectionField): string => {
    const { data } = executeSync({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          {
            ...operation,
            operation: OperationTypeNode.QUERY,
            directives: [],
            selectionSet: { kind: Kind.SELECTION_SET, selections: field.nodes },
          },
          ...fragments.values(),
        ],
      },
      variableValues: variables,
    });
    return JSON.stringify(data?.[field.responseName] ?? null);
  };
  return (field) => {
    const known = texts.get(field);
    if (known !== undefined) return known;
    const text = ask(field);
    texts.set(field, text);
    return text;
  };
}
