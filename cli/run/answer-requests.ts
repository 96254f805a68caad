import {
  buildASTSchema,
  type DocumentNode,
  execute,
  type GraphQLSchema,
  getNamedType,
  Kind,
  parse,
  type SelectionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ExactPort, ExactRequest } from '../../gateway/execute/exact-port.js';
import { requestResolver } from '../../subgraphs/hub/reference/request-resolver.js';
import type { RequestMemory } from '../../subgraphs/port/request-report.js';
import type { SubgraphPort, SubgraphResult } from '../../subgraphs/port/subgraph-port.js';

const FIELD = 'request';
const TYPE = 'RequestReport';
const MOST_QUERIES = 1000;

/** What of a query is answered here; null: nothing. */
type Split = {
  readonly own: DocumentNode;
  /** Whether it asks for something else as well. */
  readonly hasOthers: boolean;
} | null;

/** Whether requests of a supergraph's callers can be asked for at all. */
export function tellsRequests(supergraphSdl: string): boolean {
  return supergraphSdl.includes(`type ${TYPE}`);
}

/**
 * A hub on another machine, whose field `request` this gateway answers: it alone knows how its requests went. All else goes to the hub.
 */
export function answerRequests(
  port: SubgraphPort & ExactPort,
  supergraphSdl: string,
  memory: RequestMemory,
): SubgraphPort & ExactPort {
  const splits = new LRUCache<string, { readonly split: Split }>({ max: MOST_QUERIES });
  const rootValue = {
    [FIELD]: (given: { readonly id: string }, context: Parameters<ReturnType<typeof requestResolver>>[2]) =>
      requestResolver(memory)(null, given, context),
  };
  let schema: GraphQLSchema | null = null;
  const schemaOf = (): GraphQLSchema => {
    schema ??= buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
    return schema;
  };
  const splitOf = (query: string): Split => {
    const known = splits.get(query);
    if (known !== undefined) return known.split;
    const split = query.includes(FIELD) ? splitQuery(query, schemaOf()) : null;
    splits.set(query, { split });
    return split;
  };
  return {
    ...port,
    execute: async (request, context) => {
      const split = splitOf(request.query);
      if (split === null) return port.execute(request, context);
      const { carry: _, ...asObjects } = request as ExactRequest;
      const [own, rest] = await Promise.all([
        execute({
          schema: schemaOf(),
          document: split.own,
          rootValue,
          contextValue: context,
          variableValues: request.variables ?? {},
        }),
        // It knows of no request, and says so; what is known here takes that place.
        split.hasOthers ? port.execute(asObjects, context) : null,
      ]);
      return rest === null ? own : joined(own, rest);
    },
  };
}

function joined(own: SubgraphResult, { isUnescaped: _, ...rest }: SubgraphResult): SubgraphResult {
  const errors = [...(rest.errors ?? []), ...(own.errors ?? [])];
  return {
    ...rest,
    data: { ...rest.data, ...own.data },
    ...(errors.length > 0 && { errors }),
  };
}

function splitQuery(query: string, schema: GraphQLSchema): Split {
  const type = schema.getQueryType()?.getFields()[FIELD]?.type;
  if (type === undefined || getNamedType(type).name !== TYPE) return null;
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined || operation.operation !== 'query') return null;
  const isOwn = (selection: SelectionNode): boolean =>
    selection.kind === Kind.FIELD && selection.name.value === FIELD;
  const { selections } = operation.selectionSet;
  if (!selections.some(isOwn)) return null;
  const own = selections.filter(isOwn);
  const narrowed = { ...operation, selectionSet: { ...operation.selectionSet, selections: own } };
  return {
    // Variables and fragments that it does not use do no harm: nobody validates it.
    own: {
      ...document,
      definitions: document.definitions.map((one) => (one === operation ? narrowed : one)),
    },
    hasOthers: own.length < selections.length,
  };
}
