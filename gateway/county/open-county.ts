import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLSchema, parse } from 'graphql';
import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { openSqlAdapter } from '../../adapters/sql/open-sql.js';
import type { Clock } from '../../runtime/clock.js';
import type { Config, ConnectionConfig } from '../../runtime/config.js';
import type { CallContext } from '../../subgraphs/call-context.js';
import { readRoverConfig } from '../../subgraphs/compose/rover-config.js';
import { CENTRAL_SUBGRAPHS, subgraphSdl } from '../../subgraphs/compose/subgraph-sdl.js';
import { enumsOf } from '../../subgraphs/engine/check/lint.js';
import type { EngineEnvironment } from '../../subgraphs/engine/compile/compiled-interface.js';
import { type DepartmentFiles, readDepartment } from '../../subgraphs/engine/department.js';
import { type Department, openDepartment } from '../../subgraphs/engine/open-department.js';
import { loadCodeLists } from '../../subgraphs/engine/values/code-lists.js';
import type { InterfaceOutcome } from '../../subgraphs/feed.js';
import { createHubResolvers } from '../../subgraphs/hub/hub-resolvers.js';
import { createLocalSubgraph } from '../../subgraphs/local-subgraph.js';
import { createRegistry, type Registry } from '../../subgraphs/registry/registry.js';
import { createRegistryResolvers } from '../../subgraphs/registry/registry-resolvers.js';
import { createRemoteRegistry } from '../../subgraphs/registry/remote-registry.js';
import { createRemoteFeed } from '../../subgraphs/remote-feed.js';
import type { SourceObserver } from '../../subgraphs/source-observer.js';
import type { SubgraphPort } from '../../subgraphs/subgraph-port.js';
import { buildSubgraph } from '../../subgraphs/subgraph-schema.js';

export interface CountyOptions {
  readonly root: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly observer: SourceObserver;
  /** Where the identity index is kept. */
  readonly registryFile: string;
  /** How a subgraph is reached that runs in another process; null for those of this one. Default: none does. */
  readonly elsewhere?: (name: string) => SubgraphPort | null;
}

/** All subgraphs of a county in this process. */
export interface County {
  readonly departments: readonly Department[];
  readonly registry: Registry;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly subgraphs: ReadonlyMap<string, SubgraphPort>;
  readonly adapters: ReadonlyMap<string, SourceAdapter>;
  /** Asks every interface for its watermark. */
  refreshFreshness(context: CallContext): Promise<readonly InterfaceOutcome[]>;
  close(): Promise<void>;
}

/**
 * Opens what `rover.yaml` names, from the folders under `subgraphs/`.
 *
 * @throws {MappingError} when a mapping or code list has errors; sources may be down.
 */
export async function openCounty(options: CountyOptions): Promise<County> {
  const { root, config, clock, observer, elsewhere = () => null } = options;
  const names = readRoverConfig(join(root, 'rover.yaml')).map(({ name }) => name);
  const canonical = parse(readFileSync(join(root, 'schema', 'canonical.graphql'), 'utf8'));
  const adapters = openAdapters(config.connections);
  const files = names
    .filter((name) => !CENTRAL_SUBGRAPHS.includes(name))
    .map((name) => readDepartment(name, join(root, 'subgraphs', name), root));
  const personKey = config.personKey.reveal();
  const enums = enumsOf(canonical, ...files.map(({ document }) => document));
  const environment = {
    ...loadCodeLists(join(root, 'schema', 'codes'), enums, root),
    personKey,
    clock,
    observer,
  };
  const departments = openDepartments(root, files, adapters, environment);
  // Mappings are known everywhere; only the sources behind them are another machine's business.
  const feeds = departments.map(({ name, feed }) => {
    const remote = elsewhere(name);
    return remote === null ? feed : createRemoteFeed(remote, feed.interfaces());
  });
  const registry = createRegistry({ feeds, file: options.registryFile, personKey });
  const remoteRegistry = elsewhere('registry');
  const schemas = new Map(departments.map(({ name, schema }) => [name, schema]));
  schemas.set('registry', buildSubgraph(subgraphSdl(root, 'registry'), createRegistryResolvers(registry)));
  schemas.set(
    'hub',
    buildSubgraph(
      subgraphSdl(root, 'hub'),
      createHubResolvers({
        feeds,
        registry: remoteRegistry === null ? registry : createRemoteRegistry(remoteRegistry),
        cursorKey: config.cursorKey.reveal(),
      }),
    ),
  );
  return {
    departments,
    registry,
    schemas,
    subgraphs: new Map([...schemas].map(([name, schema]) => [name, createLocalSubgraph(name, schema)])),
    adapters,
    refreshFreshness: async (context) => {
      const own = departments.filter(({ name }) => elsewhere(name) === null);
      return (await Promise.all(own.map(({ feed }) => feed.freshness(context)))).flat();
    },
    close: async () => {
      await registry.close();
      await Promise.all([...adapters.values()].map((adapter) => adapter.close()));
    },
  };
}

/** Adapters by connection name; each opens itself when it is first used. */
export function openAdapters(connections: Config['connections']): ReadonlyMap<string, SourceAdapter> {
  return new Map([...connections].map(([name, connection]) => [name, openConnection(connection)]));
}

export function openDepartments(
  root: string,
  files: readonly DepartmentFiles[],
  adapters: ReadonlyMap<string, SourceAdapter>,
  environment: EngineEnvironment,
): readonly Department[] {
  return files.map((department) =>
    openDepartment(department, subgraphSdl(root, department.name), adapters, environment),
  );
}

function openConnection(connection: ConnectionConfig): SourceAdapter {
  return connection.dialect === 'sqlite'
    ? openSqlAdapter(connection)
    : openSqlAdapter({ dialect: connection.dialect, url: connection.url.reveal() });
}
