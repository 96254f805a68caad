import type { DocumentNode } from 'graphql';
import type { SourceAdapter } from '../../adapters/source-adapter.js';
import { createUnconnected } from '../../adapters/unconnected.js';
import { MappingError, type Problem } from '../../runtime/yaml/problem.js';
import type { FeedPort } from '../feed/feed.js';
import type { SubgraphResolvers } from '../port/subgraph-schema.js';
import { type BrokenInterface, breakMapping } from './broken-interface.js';
import { compileInterface } from './compile/compile-interface.js';
import type { EngineEnvironment } from './compile/compiled-interface.js';
import { describeCatalogue } from './compile/describe-catalogue.js';
import { describeFacet, describeRowFacet } from './compile/describe-facet.js';
import type { DepartmentFiles } from './department.js';
import { createToldFreshness, createToldKeys } from './follow/told-books.js';
import type { InterfaceMapping } from './mapping/mapping.js';
import { createEngineFeed } from './read/engine-feed.js';
import { createFreshnessBook, type FreshnessBook } from './read/freshness/freshness.js';
import { createKeyBook, type KeyBook } from './read/keys/key-book.js';
import type { ServedInterface } from './read/served-interface.js';
import { createDepartmentResolvers } from './serve/department-resolvers.js';
import { serveInterface } from './serve-interface.js';

/** A department's running subgraph. */
export interface Department {
  readonly name: string;
  readonly feed: FeedPort;
  readonly freshness: FreshnessBook;
  readonly keys: KeyBook;
  readonly served: readonly ServedInterface[];
  /** Interfaces that take part in nothing until their files are corrected. */
  readonly broken: readonly BrokenInterface[];
  /** Of what its SDL and mappings say. */
  readonly resolvers: SubgraphResolvers;
}

/**
 * Compiles a department's mappings against its connections. An interface that cannot be compiled is broken; the others
 * serve.
 *
 * @param document the SDL that the department serves; null when there is none.
 * @param adapters by connection name; an absent one makes its interfaces MISSING, nothing else
 */
export function openDepartment(
  files: Pick<DepartmentFiles, 'name' | 'mappings' | 'broken'>,
  document: DocumentNode | null,
  adapters: ReadonlyMap<string, SourceAdapter>,
  environment: EngineEnvironment,
): Department {
  const broken = [...files.broken];
  const byName = new Map<string, ServedInterface>();
  const served = files.mappings.flatMap((mapping): readonly ServedInterface[] => {
    const { connection } = mapping.source;
    const adapter = adapters.get(connection) ?? createUnconnected(connection);
    const opened = openInterface(mapping, adapter, { environment, document, byName });
    if (!('problems' in opened)) {
      byName.set(mapping.interface, opened);
      return [opened];
    }
    broken.push(breakMapping(files.name, mapping, 'mapping', opened.problems));
    return [];
  });
  const books = booksOf(environment);
  const feed = createEngineFeed(files.name, served, books, {
    broken,
    observer: environment.observer,
    ...(environment.watch !== undefined && { watch: environment.watch }),
    ...(environment.hands !== undefined && { hands: environment.hands }),
  });
  const resolvers = document === null ? {} : createDepartmentResolvers(document, served, feed, broken);
  return { name: files.name, feed, ...books, served, broken, resolvers };
}

/** What is known of sources is found here, or told by who keeps the county. */
function booksOf({ keeper }: EngineEnvironment): Pick<Department, 'freshness' | 'keys'> {
  return keeper === undefined
    ? { freshness: createFreshnessBook(), keys: createKeyBook() }
    : { freshness: createToldFreshness(keeper), keys: createToldKeys(keeper) };
}

interface OpenedSoFar {
  readonly environment: EngineEnvironment;
  readonly document: DocumentNode | null;
  /** Of the department; filled as they are opened. */
  readonly byName: ReadonlyMap<string, ServedInterface>;
}

function openInterface(
  mapping: InterfaceMapping,
  adapter: SourceAdapter,
  { environment, document, byName }: OpenedSoFar,
): ServedInterface | { readonly problems: readonly Problem[] } {
  try {
    const compiled = compileInterface(mapping, adapter, environment);
    const catalogue = describeCatalogue(mapping, document);
    const facet = document === null ? null : describeFacet(mapping, document);
    const rowFacet = document === null ? null : describeRowFacet(mapping, document);
    const { contact } = mapping.owner;
    const info = {
      ...compiled.info,
      ...(facet !== null && { facet }),
      ...(rowFacet !== null && { rowFacet }),
      ...(contact !== undefined && { contact }),
      ...(catalogue !== null && { catalogue }),
    };
    return serveInterface({ ...compiled, info }, (name) => byName.get(name) ?? null);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return { problems: error.problems };
  }
}
