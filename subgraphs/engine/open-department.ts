import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { createUnconnected } from '../../adapters/unconnected.js';
import { MappingError } from '../../runtime/yaml/problem.js';
import type { FeedPort } from '../feed/feed.js';
import type { SubgraphResolvers } from '../port/subgraph-schema.js';
import { createSourceCalls } from './calls/source-calls.js';
import { compileInterface } from './compile/compile-interface.js';
import type { EngineEnvironment } from './compile/compiled-interface.js';
import type { DepartmentFiles } from './department.js';
import { createEngineFeed } from './read/engine-feed.js';
import { createFreshnessBook } from './read/freshness/freshness.js';
import { createRowsDoor } from './read/rows-door.js';
import type { ServedInterface } from './read/served-interface.js';
import { createDepartmentResolvers } from './serve/department-resolvers.js';

/** A department's running subgraph. */
export interface Department {
  readonly name: string;
  readonly feed: FeedPort;
  readonly served: readonly ServedInterface[];
  /** Of what its SDL and mappings say. */
  readonly resolvers: SubgraphResolvers;
}

/**
 * Compiles a department's mappings against its connections.
 *
 * @param adapters by connection name; an absent one makes its interfaces MISSING, nothing else
 * @throws {MappingError} when a file has errors that `check` would report
 */
export function openDepartment(
  files: DepartmentFiles,
  adapters: ReadonlyMap<string, SourceAdapter>,
  environment: EngineEnvironment,
): Department {
  if (files.document === null || files.problems.length > 0) throw new MappingError(files.problems);
  const served = files.mappings.map((mapping): ServedInterface => {
    const { connection } = mapping.source;
    const compiled = compileInterface(
      mapping,
      adapters.get(connection) ?? createUnconnected(connection),
      environment,
    );
    return { compiled, rows: createRowsDoor(compiled, createSourceCalls(compiled)) };
  });
  const feed = createEngineFeed(files.name, served, createFreshnessBook());
  const resolvers = createDepartmentResolvers(files.document, served, feed);
  return { name: files.name, feed, served, resolvers };
}
