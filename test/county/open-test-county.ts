import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionResult } from 'graphql';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import type { Config } from '../../county/config/config.js';
import { type GatewaySettings, USUAL_SETTINGS } from '../../county/config/gateway-settings.js';
import { EMBEDDED, type SnapshotSettings } from '../../county/config/snapshot-settings.js';
import { type County, openCounty } from '../../county/open-county.js';
import { createExecutor } from '../../gateway/execute/create-executor.js';
import type { Executor } from '../../gateway/execute/executor.js';
import { askExecutor } from '../../gateway/testing/ask-executor.js';
import type { CallContext } from '../../runtime/call/call-context.js';
import { ANONYMOUS } from '../../runtime/call/caller.js';
import { sharedSignal } from '../../runtime/call/shared-signal.js';
import { type Clock, createClockFrom } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { type SourceCallEvent, UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import type { SubgraphPort } from '../../subgraphs/port/subgraph-port.js';
import { demoCountyRoot } from '../join/county-root.js';

export const PERSON_KEY = 'test-county-person-key';

/** A county opened as the gateway opens it, asked without HTTP. */
export interface TestCounty {
  readonly county: County;
  readonly executor: Executor;
  readonly clock: Clock;
  /** Calls to sources since the last `splice`. */
  readonly sourceCalls: SourceCallEvent[];
  readonly subgraphCalls: string[];
  /** @param budgetMs the request's deadline. */
  ask(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    budgetMs?: number,
  ): Promise<ExecutionResult>;
  close(): Promise<void>;
}

export interface TestCountyOptions {
  readonly connections: ReadonlyMap<string, ConnectionConfig>;
  readonly today: string;
  readonly elsewhere?: (name: string) => SubgraphPort | null;
  /** Where subgraphs and schemas lie; default this project's of the demo county. */
  readonly root?: string;
  /** An index that was built from the same connections and mappings. Default: it is built now. */
  readonly registryFile?: string;
  /** Where snapshots are kept. Default: every source is asked whenever somebody asks. */
  readonly snapshotFolder?: string;
  /** Default: embedded, in `snapshotFolder`. */
  readonly snapshotStore?: SnapshotSettings;
  /** Default one that stands on `today`. */
  readonly clock?: Clock;
  /** What `gateway.yaml` says of counties above and below. Default: nothing. */
  readonly gateway?: Partial<GatewaySettings>;
  /** Where it is kept what counties below said last. Default: nowhere. */
  readonly countiesFolder?: string;
}

export async function openTestCounty({
  connections,
  today,
  elsewhere = () => null,
  root: givenRoot,
  registryFile,
  snapshotFolder,
  snapshotStore = EMBEDDED,
  clock = createClockFrom(today),
  gateway,
  countiesFolder,
}: TestCountyOptions): Promise<TestCounty> {
  const root = givenRoot ?? (await demoCountyRoot());
  const folder = mkdtempSync(join(tmpdir(), 'eg-county-'));
  const sourceCalls: SourceCallEvent[] = [];
  const subgraphCalls: string[] = [];
  const county = await openCounty({
    root,
    config: testConfig(connections, today, { snapshots: snapshotStore, ...gateway }),
    clock,
    observer: { ...UNOBSERVED, sourceCall: (event) => sourceCalls.push(event) },
    registryFile: registryFile ?? join(folder, 'registry.sqlite'),
    elsewhere,
    ...(snapshotFolder !== undefined && { snapshotFolder }),
    ...(countiesFolder !== undefined && { countiesFolder }),
  });
  await county.keepSnapshots();
  const newContext = (budgetMs: number): CallContext => ({
    requestId: 'test',
    caller: ANONYMOUS,
    signal: sharedSignal(AbortSignal.timeout(budgetMs)),
    deadline: Date.now() + budgetMs,
    today: clock.today(),
  });
  await county.registry.build();
  await county.refreshFreshness(newContext(30_000));
  const executor = await createExecutor({
    supergraphSdl: readFileSync(join(root, 'schema', 'supergraph.graphql'), 'utf8'),
    subgraph: ({ name }) => {
      const port = county.subgraphs.get(name);
      if (port === undefined) throw new Error(`no subgraph ${name}`);
      return port;
    },
    observer: {
      plan: () => undefined,
      cost: () => undefined,
      carrier: () => undefined,
      subgraphCall: ({ subgraph }) => subgraphCalls.push(subgraph),
      hiddenError: () => undefined,
    },
  });
  return {
    county,
    executor,
    clock,
    sourceCalls,
    subgraphCalls,
    ask: (query, variables = {}, budgetMs = 20_000) =>
      askExecutor(executor, { query, variables, budgetMs, today: clock.today() }),
    close: async () => {
      await executor.close();
      await county.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param gateway what `gateway.yaml` says besides what is usual. */
export function testConfig(
  connections: Config['connections'],
  today: string,
  gateway: Partial<GatewaySettings> = {},
): Config {
  return {
    connections,
    faults: new Map(),
    personKey: new Secret(PERSON_KEY),
    cursorKey: new Secret('test-county-cursor-key'),
    today,
    gateway: { ...USUAL_SETTINGS, ...gateway },
  };
}

/** Builds a county's index as `openTestCounty` would, and accepts the files that were dropped. */
export async function buildTestIndex(
  registryFile: string,
  { connections, today }: Pick<TestCountyOptions, 'connections' | 'today'>,
): Promise<void> {
  const county = await openCounty({
    root: await demoCountyRoot(),
    config: testConfig(connections, today),
    clock: createClockFrom(today),
    observer: UNOBSERVED,
    registryFile,
  });
  await county.registry.build().finally(() => county.close());
}
