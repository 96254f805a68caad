import { executeSync, type GraphQLSchema, Kind } from 'graphql';
import type { DescribedOperation } from '../described-operation.js';
import type { Projection } from './projection.js';

const NONE: ReadonlyMap<string, string> = new Map();

/** JSON texts of the root's `__schema` and `__type` fields, by response name: graphql-js knows them from the schema. */
export function introspect(
  schema: GraphQLSchema,
  { operation, fragments }: Pick<DescribedOperation, 'operation' | 'fragments'>,
  { root, introspects }: Projection,
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  if (!introspects) return NONE;
  const selections = root.fields.flatMap((field) => (field.kind === 'introspection' ? field.nodes : []));
  const { data } = executeSync({
    schema,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
        ...fragments.values(),
      ],
    },
    variableValues: variables,
  });
  return new Map(Object.entries(data ?? {}).map(([name, value]) => [name, JSON.stringify(value)]));
}
