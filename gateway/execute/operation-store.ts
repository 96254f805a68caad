import { GraphQLError } from 'graphql';
import { BusyCache } from '../../runtime/busy-cache.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { SharedWork } from '../../runtime/call/shared-work.js';
import type { AccessRules } from '../access/authorise/access-rules.js';
import { authoriseOperation } from '../access/authorise/authorise-operation.js';
import { CACHE_BYTES } from '../cache-bytes.js';
import { compileCost, type OperationCost } from '../cost/compile-cost.js';
import { createCostRules } from '../cost/cost-rules.js';
import type { CostSettings } from '../cost/cost-settings.js';
import type { KeptOperation } from '../plan/kept/kept-operation.js';
import {
  type Authorised,
  type CompilerOptions,
  createCompiler,
  type PreparedOperation,
} from './compile-operation.js';
import { type CoercedVariables, type DescribedOperation, describeOperation } from './described-operation.js';
import { documentIdOf } from './document-id.js';
import type { OperationRequest } from './executor.js';
import { authorisedBytes, costBytes, describedBytes, preparedBytes } from './operation-bytes.js';

interface OperationStoreOptions extends CompilerOptions {
  /** Absent: what operations cost is not asked. */
  readonly costs?: Pick<CostSettings, 'listSize'>;
}

/** A compiled operation, and how often it was asked for. */
interface Kept {
  readonly compiled: PreparedOperation;
  readonly request: OperationRequest;
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly accessKey: string;
  uses: number;
}

/** Operations as they were compiled when they first came. */
interface OperationStore {
  /** @returns an error for the caller when the document has no operation of that name, or several and no name is given. */
  describe(request: OperationRequest): DescribedOperation | GraphQLError;
  /**
   * At once for a known operation. A second request for the same operation waits for the first one's compilation, which goes
   * on for the others when one leaves.
   *
   * @param context of who waits; null: nobody does.
   * @throws {WaiterLeft} when the caller left, or his time was up.
   */
  prepare(asked: AskedToPrepare, context: CallContext | null): PreparedOperation | Promise<PreparedOperation>;
  /** What an operation costs by itself, whatever its plan asks of subgraphs; null: it is not asked. */
  costOf(request: OperationRequest, described: DescribedOperation): OperationCost | null;
  /** What the caller may have of an operation, worked out when it first comes by such a caller. */
  authorise(request: OperationRequest, described: DescribedOperation, rules: AccessRules): Authorised;
  /** Compiled operations whose documents have a text, in no order. */
  asked(): readonly KeptOperation[];
}

interface AskedToPrepare {
  readonly request: OperationRequest;
  readonly described: DescribedOperation;
  readonly variables: CoercedVariables;
  readonly access: Authorised;
  /** How often it was asked for in earlier runs. Default: it is asked for now. */
  readonly uses?: number;
}

export function createOperationStore(options: OperationStoreOptions): OperationStore {
  const { observer, supergraph } = options;
  const compile = createCompiler(options);
  const rules =
    options.costs === undefined
      ? null
      : createCostRules(supergraph.apiSchema, supergraph.costs, options.costs.listSize);
  const costs = new BusyCache<OperationCost>(CACHE_BYTES.costs);
  const described = new BusyCache<DescribedOperation>(CACHE_BYTES.described);
  const authorised = new BusyCache<Authorised>(CACHE_BYTES.authorised);
  const prepared = new BusyCache<Kept>(CACHE_BYTES.prepared);
  const preparing = new Map<string, SharedWork<PreparedOperation>>();

  const begin = (id: string, asked: AskedToPrepare): SharedWork<PreparedOperation> => {
    const { request, variables, access, uses = 1 } = asked;
    const work = new SharedWork((crowd) => compile(asked.described, variables, access, crowd));
    preparing.set(id, work);
    const forget = (): void => {
      if (preparing.get(id) === work) preparing.delete(id);
    };
    work.result.then((compiled) => {
      const conditions = pick(variables, asked.described.conditions);
      const kept: Kept = { compiled, request, conditions, accessKey: access.key, uses };
      keep(prepared, request, { id, value: kept, bytes: preparedBytes(compiled) });
      forget();
      // The next request compiles it again.
    }, forget);
    return work;
  };
  return {
    describe: (request) => {
      const id = idOf(request);
      const known = described.get(id);
      if (known !== undefined) return known;
      const description = describeOperation(request.document, request.operationName, supergraph.apiSchema);
      if (!(description instanceof GraphQLError))
        keep(described, request, {
          id,
          value: description,
          bytes: describedBytes(description, request.document),
        });
      return description;
    },
    costOf: (request, asked) => {
      if (rules === null) return null;
      const id = idOf(request);
      const known = costs.get(id);
      if (known !== undefined) return known;
      const cost = compileCost(asked, rules);
      keep(costs, request, { id, value: cost, bytes: costBytes(request.document) });
      return cost;
    },
    authorise: (request, { operation, fragments }, access) => {
      const id = `${idOf(request)}\n${access.key}`;
      const known = authorised.get(id);
      if (known !== undefined) return known;
      const asked = { schema: supergraph.apiSchema, operation, fragments };
      const found = { ...authoriseOperation(asked, access), key: access.key };
      keep(authorised, request, { id, value: found, bytes: authorisedBytes(found, request.document) });
      return found;
    },
    prepare: (asked, context) => {
      const { request, access } = asked;
      const id = `${idOf(request)}\n${asked.described.conditionsOf(asked.variables)}\n${access.key}`;
      const known = prepared.get(id);
      if (known !== undefined) {
        if (context !== null) {
          known.uses += 1;
          observer.plan({ cached: true, tookMs: 0 });
        }
        return known.compiled;
      }
      const running = preparing.get(id);
      const isRunning = running !== undefined && !running.isDropped;
      if (isRunning && context !== null) observer.plan({ cached: true, tookMs: 0 });
      const work = isRunning ? running : begin(id, asked);
      return context === null ? work.result : work.join(context);
    },
    asked: () => [...prepared.values()].flatMap(describeKept),
  };
}

function describeKept({ request, compiled, conditions, accessKey, uses }: Kept): readonly KeptOperation[] {
  const { document, documentId, operationName } = request;
  const query = document.loc?.source.body;
  // What an export makes of a caller's document is not what a caller sends, and has an id of its own.
  if (query === undefined || documentId !== documentIdOf(query)) return [];
  const { planned, plan } = compiled;
  return [{ query, operationName, conditions, accessKey, uses, planned, plan }];
}

interface Entry<Value> {
  readonly id: string;
  readonly value: Value;
  readonly bytes: number;
}

function keep<Value extends object>(
  cache: BusyCache<Value>,
  { isRegistered = false }: OperationRequest,
  { id, value, bytes }: Entry<Value>,
): void {
  if (isRegistered) cache.pin(id, value, bytes);
  else cache.set(id, value, bytes);
}

function pick(variables: CoercedVariables, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(names.map((name) => [name, variables[name]]));
}

function idOf({ documentId, operationName }: OperationRequest): string {
  return operationName === undefined ? documentId : `${documentId} ${operationName}`;
}
