import { GraphQLError, print } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { AccessRules } from '../access/authorise/access-rules.js';
import { type AuthorisedOperation, authoriseOperation } from '../access/authorise/authorise-operation.js';
import { compileCost, type OperationCost } from '../cost/compile-cost.js';
import { readCostDirectives } from '../cost/cost-directives.js';
import { createCostRules } from '../cost/cost-rules.js';
import type { CostSettings } from '../cost/cost-settings.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { withoutFragmentDirectives, withoutUnusedFragments } from '../plan/document-parts.js';
import { PlanFailure } from '../plan/plan-failure.js';
import type { Planner } from '../plan/planner.js';
import { dropUnplannedFields } from '../plan/repair/drop-unplanned-fields.js';
import { findResponseNames, readFieldSetNames } from '../plan/repair/response-names.js';
import type { LoadedSupergraph } from '../plan/supergraph.js';
import { type CoercedVariables, type DescribedOperation, describeOperation } from './described-operation.js';
import type { OperationRequest } from './executor.js';
import { compileFetchPlan } from './fetch/compile-fetch-plan.js';
import type { FetchPlan } from './fetch/fetch-plan.js';
import { buildProjection } from './project/build-projection.js';
import { type AnswerWriter, compileWriter } from './project/compile-writer.js';
import type { Projection } from './project/projection.js';

/** Operations that are kept; compiled, one takes some tens of kilobytes for each set of its conditions. */
const MAX_OPERATIONS = 1000;

/** An operation, compiled for the values of its `@skip` and `@include`: what to fetch, and what to show of it. */
interface PreparedOperation {
  readonly fetchPlan: FetchPlan;
  readonly projection: Projection;
  readonly write: AnswerWriter;
}

interface OperationStoreOptions {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner;
  readonly observer: Pick<GatewayObserver, 'plan'>;
  readonly batches: boolean;
  /** Absent: what operations cost is not asked. */
  readonly costs?: Pick<CostSettings, 'listSize'>;
}

/** What a sort of callers may have of an operation. */
interface Authorised extends AuthorisedOperation {
  /** Of the rules. */
  readonly key: string;
}

/** Operations as they were compiled when they first came. */
interface OperationStore {
  /** @returns an error for the caller when the document has no operation of that name, or several and no name is given. */
  describe(request: OperationRequest): DescribedOperation | GraphQLError;
  /** At once for a known operation. A second request for the same operation waits for the first one's compilation. */
  prepare(
    request: OperationRequest,
    described: DescribedOperation,
    variables: CoercedVariables,
    access: Authorised,
  ): PreparedOperation | Promise<PreparedOperation>;
  /** What an operation costs by itself, whatever its plan asks of subgraphs; null: it is not asked. */
  costOf(request: OperationRequest, described: DescribedOperation): OperationCost | null;
  /** What the caller may have of an operation, worked out when it first comes by such a caller. */
  authorise(request: OperationRequest, described: DescribedOperation, rules: AccessRules): Authorised;
}

export function createOperationStore(options: OperationStoreOptions): OperationStore {
  const { observer, supergraph } = options;
  const compile = createCompiler(options);
  const rules =
    options.costs === undefined
      ? null
      : createCostRules(
          supergraph.apiSchema,
          readCostDirectives(supergraph.joins.document),
          options.costs.listSize,
        );
  const costs = new LRUCache<string, OperationCost>({ max: MAX_OPERATIONS });
  const described = new LRUCache<string, DescribedOperation>({ max: MAX_OPERATIONS });
  const authorised = new LRUCache<string, Authorised>({ max: MAX_OPERATIONS });
  const prepared = new LRUCache<string, PreparedOperation | Promise<PreparedOperation>>({
    max: MAX_OPERATIONS,
  });
  return {
    describe: (request) => {
      const id = idOf(request);
      const known = described.get(id);
      if (known !== undefined) return known;
      const description = describeOperation(request.document, request.operationName, supergraph.apiSchema);
      if (!(description instanceof GraphQLError)) described.set(id, description);
      return description;
    },
    costOf: (request, asked) => {
      if (rules === null) return null;
      const id = idOf(request);
      const known = costs.get(id);
      if (known !== undefined) return known;
      const cost = compileCost(asked, rules);
      costs.set(id, cost);
      return cost;
    },
    authorise: (request, { operation, fragments }, access) => {
      const id = `${idOf(request)}\n${access.key}`;
      const known = authorised.get(id);
      if (known !== undefined) return known;
      const asked = { schema: supergraph.apiSchema, operation, fragments };
      const found = { ...authoriseOperation(asked, access), key: access.key };
      authorised.set(id, found);
      return found;
    },
    prepare: (request, description, variables, access) => {
      const id = `${idOf(request)}\n${description.conditionsOf(variables)}\n${access.key}`;
      const known = prepared.get(id);
      if (known !== undefined) {
        observer.plan({ cached: true, tookMs: 0 });
        return known;
      }
      const preparing = compile(description, variables, access);
      prepared.set(id, preparing);
      preparing.then(
        (operation) => prepared.set(id, operation),
        // The next request compiles it again.
        () => prepared.delete(id),
      );
      return preparing;
    },
  };
}

function idOf({ documentId, operationName }: OperationRequest): string {
  return operationName === undefined ? documentId : `${documentId} ${operationName}`;
}

type Compile = (
  description: DescribedOperation,
  variables: CoercedVariables,
  access: AuthorisedOperation,
) => Promise<PreparedOperation>;

function createCompiler({ supergraph, planner, batches }: OperationStoreOptions): Compile {
  const { apiSchema: schema, joins, repaired } = supergraph;
  const fieldSetNames = new Set([...readFieldSetNames(joins), ...repaired.syntheticNames]);
  return async ({ operation, document, fragments }, variables, access) => {
    const { document: named, nameOf, prefix } = findResponseNames(document, fieldSetNames);
    const allowed = access.denied.length === 0 ? named : access.prune(named);
    // The planner would read, and refuse, fragments that only introspection spreads.
    const unfoldable = withoutFragmentDirectives(dropUnplannedFields(allowed, variables), schema);
    const planned = print(withoutUnusedFragments(unfoldable));
    const plan = repaired.repairPlan(await planner.plan(planned));
    const projection = buildProjection({ schema, operation, fragments, variables, nameOf, access });
    refuseEmptyPlan(plan.node !== undefined, projection);
    return {
      fetchPlan: compileFetchPlan(plan, { operation, joins, prefix, batches }),
      projection,
      write: compileWriter(projection),
    };
  };
}

/** The planner gives an empty plan if it finds that nothing can match. A null would say that there is no value. */
function refuseEmptyPlan(hasPlan: boolean, { root }: Projection): void {
  if (!hasPlan && root.fields.some(({ kind }) => kind === 'data')) {
    throw new PlanFailure('unplannable', 'the plan must fetch something, but is empty');
  }
}
