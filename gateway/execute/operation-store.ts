import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayObserver } from '../observe/gateway-observer.js';
import { findResponseNames, readFieldSetNames } from '../plan/heal/response-names.js';
import type { Planner } from '../plan/planner.js';
import type { LoadedSupergraph } from '../plan/supergraph.js';
import type { OperationRequest } from './executor.js';
import { compileFetchPlan } from './fetch/compile-fetch-plan.js';
import { type PreparedOperation, prepareOperation } from './prepared-operation.js';

/** Operations that are kept compiled; one takes some tens of kilobytes. */
const MAX_OPERATIONS = 1000;

export interface OperationStoreOptions {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner;
  readonly observer: Pick<GatewayObserver, 'plan'>;
  readonly batches: boolean;
}

/** Operations as they were compiled when they first came. */
export interface OperationStore {
  /** At once for an operation that is known; whoever asks for one that is being compiled waits for the same. */
  get(request: OperationRequest): PreparedOperation | Promise<PreparedOperation>;
}

export function createOperationStore(options: OperationStoreOptions): OperationStore {
  const { supergraph, planner, observer, batches } = options;
  const { apiSchema, joins, healed } = supergraph;
  const fieldSetNames = new Set([...readFieldSetNames(joins), ...healed.syntheticNames]);
  const known = new LRUCache<string, PreparedOperation | Promise<PreparedOperation>>({ max: MAX_OPERATIONS });

  const prepare = async ({ document, operationName }: OperationRequest): Promise<PreparedOperation> => {
    const names = findResponseNames(document, fieldSetNames);
    const operation = findOperation(document, operationName);
    const plan = healed.healPlan(await planner.plan({ document: print(names.document), operationName }));
    const fetchPlan = compileFetchPlan(plan, {
      operationType: operation.operation,
      joins,
      prefix: names.prefix,
      batches,
    });
    return prepareOperation({ apiSchema, operation, fragments: fragmentsOf(document), names, fetchPlan });
  };

  return {
    get: (request) => {
      const id = `${request.documentId}\n${request.operationName ?? ''}`;
      const found = known.get(id);
      if (found !== undefined) {
        observer.plan({ cached: true, tookMs: 0 });
        return found;
      }
      const preparing = prepare(request);
      known.set(id, preparing);
      preparing.then(
        (prepared) => known.set(id, prepared),
        // Whoever asks again tries again.
        () => known.delete(id),
      );
      return preparing;
    },
  };
}

function findOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (name === undefined || definition.name?.value === name),
  );
  if (operation === undefined) throw new Error(`the document must have the operation ${name}`);
  return operation;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
