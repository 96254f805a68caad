import type { FeedPort } from '../feed/feed.js';
import type { RegistryPort } from '../feed/registry-port.js';
import { readSubjectReference } from '../feed/subject-reference.js';
import { declarationOf, ROW_KINDS, type RowKind } from '../kinds/kinds.js';
import { statsFieldOf } from '../kinds/sdl/kinds-sdl.js';
import { countyOf } from '../port/county-name.js';
import type { SubgraphResolvers } from '../port/subgraph-schema.js';
import { createFeedFan } from './fan/feed-fan.js';
import { shareTallies } from './fan/share-tallies.js';
import type { Hub } from './hub.js';
import { indicatorsResolver } from './indicators/indicators-resolver.js';
import { candidatesResolver } from './joint-checks/candidates-resolver.js';
import type { Reference } from './reference/reference.js';
import { referenceResolvers } from './reference/reference-resolvers.js';
import { routeResolver } from './route/route-resolver.js';
import { createCursorCodec } from './rows/cursor.js';
import { linkResolver } from './rows/document-links.js';
import { listResolver } from './rows/list-resolvers.js';
import { nodeResolvers } from './rows/node-resolvers.js';
import { referenceResolver } from './rows/row-entities.js';
import { type RowNode, SUBJECT_REF, subjectStub } from './rows/row-node.js';
import { subjectListResolvers } from './rows/subject-lists.js';
import { repeatVisitsResolver } from './stats/repeat-visits.js';
import { statsResolver } from './stats/stats-resolver.js';
import { createIdentities } from './subjects/identities.js';
import { subjectStatsResolver } from './subjects/subject-stats.js';
import { subjectsResolver } from './subjects/subjects-resolver.js';

interface HubOptions {
  readonly feeds: readonly FeedPort[];
  readonly registry: RegistryPort;
  /** Signs cursors; at least 16 bytes. Every process behind one address needs the same. */
  readonly cursorKey: Uint8Array | string;
  readonly reference: Reference;
}

/**
 * The resolvers of the hub's SDL: of each kind its list, its statistics, and its rows with their links.
 *
 * @throws {RangeError} when two feeds offer an interface of the same name, or the key is too short.
 */
export function createHubResolvers({ feeds, registry, cursorKey, reference }: HubOptions): SubgraphResolvers {
  const hub: Hub = {
    fan: shareTallies(createFeedFan(feeds)),
    registry,
    identities: createIdentities(registry),
    cursors: createCursorCodec(cursorKey),
  };
  const { query, mutation } = referenceResolvers(hub.fan, feeds, reference);
  const resolvers = {
    Mutation: mutation,
    Query: {
      ...Object.fromEntries(ROW_KINDS.flatMap((kind) => rootFields(hub, kind))),
      ...nodeResolvers(hub),
      ...query,
      subjects: subjectsResolver(hub),
      subjectStats: subjectStatsResolver(hub),
      repeatVisits: repeatVisitsResolver(hub),
      jointCheckCandidates: candidatesResolver(hub),
      route: routeResolver(hub, reference.routing),
      indicators: indicatorsResolver(hub),
    },
    Node: { __resolveType: ({ __typename }: { readonly __typename: string }) => __typename },
    InterfaceCoverage: {
      county: ({ interface: name }: { readonly interface: string }) => countyOf(name),
    },
    Subject: {
      __resolveReference: readSubjectReference,
      ...subjectListResolvers(hub),
    },
    ...Object.fromEntries(ROW_KINDS.map((kind) => [kind, rowFields(hub, kind)])),
  };
  return resolvers as unknown as SubgraphResolvers;
}

function rootFields(hub: Hub, kind: RowKind): readonly (readonly [string, unknown])[] {
  return [
    [declarationOf(kind).plural, listResolver(hub, kind)],
    [statsFieldOf(kind), statsResolver(hub, kind)],
  ];
}

function rowFields(hub: Hub, kind: RowKind): Readonly<Record<string, unknown>> {
  const { links, subject } = declarationOf(kind);
  return {
    __resolveReference: referenceResolver(hub, kind),
    ...(subject !== null && { subject: (node: RowNode) => subjectStub(node[SUBJECT_REF]) }),
    ...Object.fromEntries(Object.entries(links).map(([name, link]) => [name, linkResolver(hub, link)])),
  };
}
