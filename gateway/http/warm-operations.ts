import { setTimeout as pause } from 'node:timers/promises';
import { type DocumentNode, GraphQLError, Kind, parse, validate } from 'graphql';
import type { RulesByKey } from '../access/rules-by-key.js';
import { documentIdOf } from '../execute/document-id.js';
import type { Executor } from '../execute/executor.js';
import type { AskedOperation } from '../plan/kept/kept-operation.js';
import type { DocumentStore } from './document-store.js';
import { type DocumentLimits, exceedTextLimits, exceedWritten } from './limits/judge-document.js';
import type { RegisteredOperation } from './registered/read-operations.js';

/** What is to know operations before they come: also an executor that is to take another one's place. */
export interface WarmTarget {
  readonly executor: Pick<Executor, 'apiSchema' | 'prepare'>;
  readonly documents: Pick<DocumentStore, 'add' | 'find'>;
  readonly rules: RulesByKey;
  readonly limits: DocumentLimits;
}

/** An operation takes some 10 ms of the thread; requests that come meanwhile have twice as much of it. */
const PAUSE = 2;
/** Nobody is served meanwhile. */
export const NO_PAUSE = 0;

/**
 * Validates and compiles operations one after the other, in their order, so that they are known when they come. An operation
 * that is no longer valid, within the limits, or of a role that there is, is left out.
 *
 * @param operations such as `asked()` of the executor that served before.
 * @param isOver whether to stop.
 * @param pauses after each, as often as long as it took.
 * @returns how many are known.
 */
export async function warmOperations(
  target: WarmTarget,
  operations: readonly AskedOperation[],
  isOver: () => boolean = () => false,
  pauses = PAUSE,
): Promise<number> {
  let known = 0;
  for (const operation of operations) {
    if (isOver()) break;
    const started = performance.now();
    if (await warm(target, operation)) known += 1;
    await pause((performance.now() - started) * pauses);
  }
  return known;
}

/** Registered operations first, for whoever asked for them before or, where nobody did, for roles that ask nothing else. */
export function registeredFirst(
  registered: readonly Pick<RegisteredOperation, 'query' | 'operation'>[],
  asked: readonly AskedOperation[],
  { registeredOnly }: RulesByKey,
): readonly AskedOperation[] {
  const isRegistered = new Set(registered.map(({ query }) => query));
  const before = asked.filter(({ query }) => isRegistered.has(query));
  const wasAsked = new Set(before.map(({ query }) => query));
  const never = registered.flatMap(({ query, operation: { variableDefinitions = [] } }) => {
    if (wasAsked.has(query)) return [];
    const conditions = Object.fromEntries(
      variableDefinitions.flatMap(({ variable, defaultValue }) =>
        defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value]] : [],
      ),
    );
    return registeredOnly.map(({ key }) => ({
      query,
      operationName: undefined,
      conditions,
      accessKey: key,
      uses: 1,
    }));
  });
  return [...before, ...never, ...asked.filter(({ query }) => !isRegistered.has(query))];
}

async function warm(
  { executor, documents, rules, limits }: WarmTarget,
  { query, operationName, conditions, accessKey, uses }: AskedOperation,
): Promise<boolean> {
  const callerRules = rules.find(accessKey);
  if (callerRules === null) return false;
  const documentId = documentIdOf(query);
  if (documents.find(query) === undefined) {
    const valid = readValid(query, executor.apiSchema, limits);
    if (valid === null) return false;
    documents.add(query, valid, documentId);
  }
  const stored = documents.find(query);
  if (stored === undefined) return false;
  const { document, registeredName } = stored;
  return executor.prepare(
    { document, documentId, operationName, variables: conditions, isRegistered: registeredName !== null },
    callerRules,
    uses,
  );
}

function readValid(
  query: string,
  schema: Executor['apiSchema'],
  limits: DocumentLimits,
): DocumentNode | null {
  if (exceedTextLimits(query, limits) !== null) return null;
  try {
    const document = parse(query, { maxTokens: limits.tokens });
    if (exceedWritten(document, limits) !== null) return null;
    return validate(schema, document, undefined, { maxErrors: 1 }).length === 0 ? document : null;
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
