import { GraphQLError } from 'graphql';
import { type CallContext, remainingMs } from '../../runtime/call/call-context.js';
import { WaiterLeft } from '../../runtime/call/waiter.js';
import { type ErrorCode, publicError } from '../../runtime/errors.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import type { AccessRules } from '../access/authorise/access-rules.js';
import { denialError, refuseAccess } from '../access/authorise/denial-error.js';
import { openRules } from '../access/authorise/open-rules.js';
import { refuseUnmask } from '../access/unmask-reason.js';
import { type CarrierName, carrierEvent, createCarrier } from '../bytes/carrier.js';
import type { OperationCost } from '../cost/compile-cost.js';
import { type CostBounds, type JudgedCost, judgeCost } from '../cost/judge-cost.js';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import type { SubgraphDefinition } from '../plan/joins.js';
import { keepSaving } from '../plan/kept/keep-saving.js';
import type { PlanFile } from '../plan/kept/kept-plans.js';
import { PlanFailure } from '../plan/plan-failure.js';
import { createPlanner } from '../plan/planner.js';
import { sumUp } from './answer-coverage.js';
import { type BegunGraph, beginGraph } from './begin-graph.js';
import { keepsDigits } from './exact-port.js';
import type { Answer, ExecutedAnswer, Executor, Looked, OperationRequest } from './executor.js';
import { hideError } from './hide-error.js';
import { createOperationStore } from './operation-store.js';
import { callersPath } from './project/callers-path.js';
import { completeAnswer } from './project/complete-answer.js';
import { countTouched } from './project/count-touched.js';
import { explainViolations } from './project/explain-violations.js';
import { createIntrospect } from './project/introspect.js';
import { readRequest } from './read-request.js';
import { type Gathered, runPlan } from './run/plan-run.js';

export interface ExecutorOptions {
  readonly supergraphSdl: string;
  /** Called once per subgraph of the supergraph; throws when it has none for it. */
  readonly subgraph: (definition: SubgraphDefinition) => SubgraphPort;
  readonly observer: Pick<GatewayObserver, 'plan' | 'cost' | 'carrier' | 'subgraphCall' | 'hiddenError'>;
  /** Default: bytes. */
  readonly carrier?: CarrierName;
  /** Whether fetches of one subgraph that can run together are one request. Default true. */
  readonly batches?: boolean;
  /** The same supergraph where it is being opened already. The executor closes it. */
  readonly graph?: BegunGraph;
  /** Which operations cost too much. Absent: nobody asks what they cost. */
  readonly costs?: CostBounds;
  /** Where plans are kept from run to run; absent, or with `graph`: as that says. */
  readonly planFile?: PlanFile;
  /** Milliseconds and megabytes that one operation's plan may take. */
  readonly planBudget?: { readonly timeMs: number; readonly heapMb: number };
}

/** @throws {SupergraphInvalid} */
export async function createExecutor(options: ExecutorOptions): Promise<Executor> {
  const { supergraphSdl, subgraph, observer, batches = true, planBudget, costs } = options;
  const openCarriage = createCarrier(options.carrier ?? 'bytes');
  const { graph = beginGraph(() => supergraphSdl, options.planFile, planBudget) } = options;
  const { supergraph, requirements } = await graph.opened;
  const { apiSchema, planners } = supergraph;
  const operations = createOperationStore({
    supergraph,
    planner: createPlanner(planners, supergraph.repaired, observer),
    observer,
    kept: supergraph.kept,
    batches,
    ...(costs !== undefined && { costs }),
  });
  let ports: ReadonlyMap<string, SubgraphPort>;
  try {
    ports = new Map(supergraph.subgraphs.map((definition) => [definition.name, subgraph(definition)]));
  } catch (error) {
    await planners.close();
    throw error;
  }

  const stopSaving = keepSaving(supergraph.kept, operations.asked);
  const judge = (price: ReturnType<OperationCost> | null, calls: number): JudgedCost | null =>
    price === null || costs === undefined ? null : judgeCost(price, calls, costs);
  const tooDear = (judged: JudgedCost | null): Answer | null => {
    if (judged === null || judged.refused === null) return null;
    const { cost, outcome, refused } = judged;
    observer.cost({ cost, outcome });
    return { kind: 'refused', errors: [refused], ...(cost !== null && { cost }) };
  };
  const usual = openRules(apiSchema, requirements);
  const carryOut = async (
    request: OperationRequest,
    context: CallContext,
    rules: AccessRules,
  ): Promise<Answer> => {
    if (rules.refused !== null) return { kind: 'refused', errors: [refuseUnmask(rules.refused)] };
    const described = operations.describe(request);
    if (described instanceof GraphQLError) return { kind: 'refused', errors: [described] };
    const read = readRequest(described, request.variables);
    if (read.kind === 'refused') return read;
    const access = operations.authorise(request, described, rules);
    const refused = refuseAccess(access, read.variables);
    if (refused !== null) return { kind: 'refused', errors: [refused] };
    const price = operations.costOf(request, described)?.(read.variables) ?? null;
    const dear = tooDear(judge(price, 0));
    if (dear !== null) return dear;
    const planning = performance.now();
    const found = operations.prepare({ request, described, variables: read.variables, access }, context);
    const prepared = found instanceof Promise ? await found : found;
    context.trail?.planned(planning);
    if (remainingMs(context) === 0) return failed(hide(publicError('REQUEST_TIMEOUT'), context));
    const judged = judge(price, prepared.fetchPlan.requests.length);
    const dearer = tooDear(judged);
    if (dearer !== null) return dearer;
    if (judged !== null) observer.cost({ cost: judged.cost, outcome: judged.outcome });
    const hasBytes = prepared.fetchPlan.requests.every(
      ({ subgraph, content }) =>
        keepsDigits(ports.get(subgraph) as SubgraphPort) &&
        // Without keys, entities are told apart by what only objects look at.
        (content.kind === 'root' || content.keys.areGiven),
    );
    const carriage = openCarriage(prepared.program, hasBytes);
    const gathered = await runPlan({
      plan: prepared.fetchPlan,
      ports,
      variables: read.sent,
      hasExactNumbers: read.hasExactNumbers,
      context,
      observer,
      callersPath: (data, path) => callersPath(prepared.projection, data, path),
      carriage: typeof carriage === 'string' ? null : carriage,
    });
    const { carried } = gathered;
    observer.carrier(carrierEvent(carriage, carried !== null));
    const denials = access.denied.map((denied) => denialError(denied));
    const cost = judged?.cost ?? null;
    const looked: Looked = {
      level: access.level,
      masks: access.masked,
      unmasked: access.unmasked,
      touched: () => carried?.touched() ?? countTouched(prepared.projection, gathered.data),
    };
    if (carried !== null)
      return executed(carried.data, [...gathered.errors, ...denials], gathered, { looked, cost });
    const introspect = createIntrospect(apiSchema, described, read.sent);
    const text = prepared.write(gathered, introspect);
    if (text !== null) return executed(text, [...gathered.errors, ...denials], gathered, { looked, cost });
    const { data, violations } = completeAnswer(prepared.projection, gathered.data, introspect);
    const own = explainViolations(violations, gathered).map((error) => hide(error, context));
    return executed(data, [...gathered.errors, ...own, ...denials], gathered, { looked, cost });
  };

  const hide = (error: unknown, { requestId }: CallContext): GraphQLError => {
    const path = error instanceof GraphQLError ? error.path : undefined;
    return hideError(observer, error, { requestId, subgraph: null, path });
  };

  return {
    supergraphSdl,
    apiSchema,
    subgraphs: [...ports.keys()],
    requirements,
    execute: async (request, context, asking) => {
      try {
        return await carryOut(request, context, asking?.rules ?? usual);
      } catch (error) {
        return failed(hide(publicCause(error), context));
      }
    },
    prepare: async (request, rules, uses) => {
      const compile = async (): Promise<boolean> => {
        const described = operations.describe(request);
        if (described instanceof GraphQLError) return false;
        const { variables } = request;
        const access = operations.authorise(request, described, rules);
        if (refuseAccess(access, variables) !== null) return false;
        operations.costOf(request, described);
        await operations.prepare({ request, described, variables, access, uses }, null);
        return true;
      };
      try {
        // What is looked at again counts as busy, and stays when others come.
        return (await compile()) && (await compile());
      } catch {
        // What fails here fails again, and is told, when somebody asks for it.
        return false;
      }
    },
    asked: () => supergraph.kept.busiest(operations.asked()),
    close: async () => {
      await stopSaving();
      await planners.close();
      await Promise.all([...ports.values()].map((port) => port.close()));
    },
  };
}

function failed(error: GraphQLError): Answer {
  return executed('null', [error], { said: [], isTold: false });
}

/** What a caller may be told of a failure before anything was asked. */
function publicCause(error: unknown): unknown {
  if (error instanceof WaiterLeft) return publicError('REQUEST_TIMEOUT', undefined, { originalError: error });
  if (!(error instanceof PlanFailure)) return error;
  const code = CODES[error.kind];
  return code === null ? error : publicError(code, undefined, { originalError: error });
}

const CODES = {
  'too-complex': 'QUERY_TOO_COMPLEX',
  busy: 'REQUEST_TIMEOUT',
  unplannable: 'QUERY_NOT_PLANNED',
  failed: null,
} as const satisfies Record<PlanFailure['kind'], ErrorCode | null>;

function executed(
  data: ExecutedAnswer['data'],
  errors: readonly GraphQLError[],
  { said, isTold }: Pick<Gathered, 'said' | 'isTold'>,
  { looked, cost }: { readonly looked?: Looked; readonly cost?: number | null } = {},
): ExecutedAnswer {
  return {
    kind: 'executed',
    data,
    errors,
    coverage: sumUp(said, errors.length > 0),
    isTold,
    ...(looked !== undefined && { looked }),
    ...(typeof cost === 'number' && { cost }),
  };
}
