import {
  buildASTSchema,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  Kind,
  parse,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { ExactPort, ExactRequest } from '../../gateway/execute/exact-port.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import type { ErrorCode } from '../../runtime/errors.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import {
  codeOf,
  type Detail,
  FAILED,
  type HandsRecord,
  HELD_ACTIONS,
  LEVEL_ACTION,
  NOTE_ACTIONS,
  wordsOf,
} from './hands-record.js';

/** As the audit calls what is done by the mutations of a hub. */
const ACTIONS: Readonly<Record<string, string>> = {
  pauseInterface: HELD_ACTIONS.interface.hold,
  resumeInterface: HELD_ACTIONS.interface.release,
  openBreaker: HELD_ACTIONS.source.hold,
  closeBreaker: HELD_ACTIONS.source.release,
  acknowledgeIncident: NOTE_ACTIONS.acknowledged,
  markCorrectionsSent: NOTE_ACTIONS.sent,
  answerCorrection: NOTE_ACTIONS.answered,
  setLogLevel: LEVEL_ACTION,
};
/** It was done all the same. */
const DONE_HERE: ErrorCode = 'HANDS_NOT_SHARED';
const MOST_QUERIES = 1000;
const NOTHING: readonly FieldNode[] = [];

/**
 * A hub on another machine, whose mutations this gateway records before they are sent: it alone knows an audit. One that cannot be recorded
 * is not sent.
 */
export function recordHands(
  port: SubgraphPort & ExactPort,
  supergraphSdl: string,
  record: HandsRecord,
): SubgraphPort & ExactPort {
  const asked = new LRUCache<string, { readonly fields: readonly FieldNode[] }>({ max: MOST_QUERIES });
  let schema: GraphQLSchema | null = null;
  const schemaOf = (): GraphQLSchema => {
    schema ??= buildASTSchema(parse(supergraphSdl), { assumeValid: true, assumeValidSDL: true });
    return schema;
  };
  const fieldsOf = (query: string): readonly FieldNode[] => {
    const known = asked.get(query);
    if (known !== undefined) return known.fields;
    const fields = query.includes('mutation') ? mutationsIn(query) : NOTHING;
    asked.set(query, { fields });
    return fields;
  };
  const detailOf = (field: FieldNode, request: ExactRequest, context: CallContext): Detail | null => {
    const definition = schemaOf().getMutationType()?.getFields()[field.name.value];
    const action = ACTIONS[field.name.value];
    if (definition === undefined || action === undefined) return null;
    const said = wordsOf(getArgumentValues(definition, field, variablesOf(request)));
    return { ...said, action, by: context.caller.name, requestId: context.requestId };
  };
  return {
    ...port,
    execute: async (request: ExactRequest, context) => {
      const fields = fieldsOf(request.query);
      // The hub refuses those who may not.
      if (fields.length === 0 || context.caller.hands !== true) return port.execute(request, context);
      const details = fields.flatMap((field) => detailOf(field, request, context) ?? []);
      try {
        for (const detail of details) await record.acting(detail);
      } catch (error) {
        return { errors: [error as GraphQLError] };
      }
      const { carry: _, ...asObjects } = request;
      const result = await port.execute(asObjects, context);
      const codes = (result.errors ?? []).map(codeOf).filter((code) => code !== DONE_HERE);
      if (codes.length > 0) {
        const what = details.map(({ action }) => action).join(' ');
        record.failed({ action: FAILED, what, code: codes.join(' '), requestId: context.requestId });
      }
      return result;
    },
  };
}

/** The root fields of a mutation; none of anything else. */
function mutationsIn(query: string): readonly FieldNode[] {
  const operation = parse(query).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation?.operation !== 'mutation') return NOTHING;
  return operation.selectionSet.selections.filter((one) => one.kind === Kind.FIELD);
}

function variablesOf({ variables = {}, variablesJson }: ExactRequest): Readonly<Record<string, unknown>> {
  return variablesJson === undefined ? variables : JSON.parse(variablesJson.toString('utf8'));
}
