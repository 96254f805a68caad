import type {
  CarrierEvent,
  CostEvent,
  GatewayObserver,
  GraphEvent,
  HiddenErrorEvent,
  PlanEvent,
  RequestEvent,
  SubgraphCallEvent,
  TurnedAwayEvent,
} from '../observe/gateway-observer.js';

export interface RecordingObserver extends GatewayObserver {
  readonly requests: RequestEvent[];
  readonly plans: PlanEvent[];
  readonly costs: CostEvent[];
  readonly carriers: CarrierEvent[];
  readonly subgraphCalls: SubgraphCallEvent[];
  readonly hiddenErrors: HiddenErrorEvent[];
  readonly turnedAways: TurnedAwayEvent[];
  /** Whether the ledger was told to be up, each time. */
  readonly ledgers: boolean[];
  readonly graphs: GraphEvent[];
}

export function createRecordingObserver(): RecordingObserver {
  const requests: RequestEvent[] = [];
  const plans: PlanEvent[] = [];
  const costs: CostEvent[] = [];
  const carriers: CarrierEvent[] = [];
  const subgraphCalls: SubgraphCallEvent[] = [];
  const hiddenErrors: HiddenErrorEvent[] = [];
  const turnedAways: TurnedAwayEvent[] = [];
  const ledgers: boolean[] = [];
  const graphs: GraphEvent[] = [];
  return {
    requests,
    plans,
    costs,
    carriers,
    subgraphCalls,
    hiddenErrors,
    turnedAways,
    ledgers,
    graphs,
    request: (event) => void requests.push(event),
    plan: (event) => void plans.push(event),
    cost: (event) => void costs.push(event),
    carrier: (event) => void carriers.push(event),
    subgraphCall: (event) => void subgraphCalls.push(event),
    hiddenError: (event) => void hiddenErrors.push(event),
    turnedAway: (event) => void turnedAways.push(event),
    overloaded: () => undefined,
    ledger: (away) => void ledgers.push(away === null),
    graph: (event) => void graphs.push(event),
  };
}
