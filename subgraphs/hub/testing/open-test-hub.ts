import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import type { CallContext } from '../../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../../runtime/call/caller.js';
import { subgraphSdl } from '../../compose/subgraph-sdl.js';
import type { FeedPort } from '../../feed/feed.js';
import type { RegistryPort } from '../../feed/registry-port.js';
import type { Hands } from '../../port/hands.js';
import { createLocalSubgraph } from '../../port/local-subgraph.js';
import { buildSubgraph } from '../../port/subgraph-schema.js';
import { createHubResolvers } from '../hub-resolvers.js';
import type { PartsWatch } from '../reference/hub-watch.js';
import { NO_REFERENCE, TODAY } from './test-present.js';

export const CURSOR_KEY = 'a key for tests, long enough';

const SDL = subgraphSdl(join(import.meta.dirname, '..', '..', '..'), 'hub');

/** The hub's subgraph over given feeds. */
export interface TestHub {
  ask(query: string, variables?: Readonly<Record<string, unknown>>, context?: CallContext): Promise<Answer>;
}

export interface Answer {
  /** Loosely typed on purpose: each test states what it expects of the shape. */
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: NonNullable<ExecutionResult['errors']>;
}

export function testContext(budgetMs = 30_000): CallContext {
  return {
    requestId: 'test',
    caller: ANONYMOUS,
    signal: AbortSignal.timeout(budgetMs),
    deadline: Date.now() + budgetMs,
    today: TODAY,
  };
}

/**
 * @param parts what is watched besides interfaces.
 * @param hands what those who run it do. Default: nothing.
 */
export function openTestHub(
  feeds: readonly FeedPort[],
  registry: RegistryPort,
  parts?: PartsWatch,
  hands?: Hands,
): TestHub {
  const schema = buildSubgraph(
    SDL,
    createHubResolvers({
      feeds,
      registry,
      cursorKey: CURSOR_KEY,
      reference: {
        ...NO_REFERENCE,
        ...(parts !== undefined && { parts }),
        ...(hands !== undefined && { hands }),
      },
    }),
  );
  const subgraph = createLocalSubgraph('hub', schema);
  return {
    ask: async (query, variables = {}, context = testContext()) => {
      const { data, errors } = await subgraph.execute({ query, variables }, context);
      return { data: data ?? null, errors: errors ?? [] };
    },
  };
}
