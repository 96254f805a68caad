import type { WorkingDays } from '../engine/values/working-days.js';
import type { FeedPort } from '../feed.js';
import type { RegistryPort } from '../registry-port.js';
import type { SubgraphResolvers } from '../subgraph-schema.js';
import { readSubjectReference } from '../subject-reference.js';
import { complaintStatsResolver } from './complaint-stats.js';
import { createCursorCodec } from './cursor.js';
import {
  CASE_OF_COMPLAINT,
  CASE_OF_INSPECTION,
  INSPECTION_OF_CASE,
  INSPECTION_OF_COMPLAINT,
  linkResolver,
} from './document-links.js';
import { createFeedFan } from './feed-fan.js';
import type { Hub } from './hub.js';
import { createIdentities } from './identities.js';
import { listResolver } from './list-resolvers.js';
import { publicationLagResolver } from './publication-lag.js';
import { repeatVisitsResolver } from './repeat-visits.js';
import { referenceResolver } from './row-entities.js';
import { derivedResolvers } from './row-node.js';
import { caseStatsResolver, inspectionStatsResolver } from './stats-resolvers.js';
import { subjectListResolvers } from './subject-lists.js';
import { subjectsResolver } from './subjects-resolver.js';

export interface HubOptions {
  readonly feeds: readonly FeedPort[];
  readonly registry: RegistryPort;
  /** Signs cursors; at least 16 bytes. Every process behind one address needs the same. */
  readonly cursorKey: Uint8Array | string;
  /** What "within so many working days" means. */
  readonly workingDays: WorkingDays;
}

/**
 * The resolvers of `schema.graphql`.
 *
 * @throws {RangeError} when two feeds offer an interface of the same name, or the key is too short.
 */
export function createHubResolvers(options: HubOptions): SubgraphResolvers {
  const { feeds, registry, cursorKey, workingDays } = options;
  const hub: Hub = {
    fan: createFeedFan(feeds),
    registry,
    identities: createIdentities(registry),
    cursors: createCursorCodec(cursorKey),
    workingDays,
  };
  const resolvers = {
    Query: {
      inspections: listResolver(hub, 'Inspection'),
      cases: listResolver(hub, 'Case'),
      licences: listResolver(hub, 'Licence'),
      complaints: listResolver(hub, 'Complaint'),
      subjects: subjectsResolver(hub),
      inspectionStats: inspectionStatsResolver(hub),
      caseStats: caseStatsResolver(hub),
      complaintStats: complaintStatsResolver(hub),
      repeatVisits: repeatVisitsResolver(hub),
    },
    Subject: {
      __resolveReference: readSubjectReference,
      ...subjectListResolvers(hub),
    },
    Inspection: {
      __resolveReference: referenceResolver(hub, 'Inspection'),
      ...derivedResolvers('Inspection'),
      case: linkResolver(hub, CASE_OF_INSPECTION),
    },
    Case: {
      __resolveReference: referenceResolver(hub, 'Case'),
      ...derivedResolvers('Case'),
      inspection: linkResolver(hub, INSPECTION_OF_CASE),
      publicationLagWorkingDays: publicationLagResolver(hub),
    },
    Licence: {
      __resolveReference: referenceResolver(hub, 'Licence'),
      ...derivedResolvers('Licence'),
    },
    Complaint: {
      __resolveReference: referenceResolver(hub, 'Complaint'),
      ...derivedResolvers('Complaint'),
      inspection: linkResolver(hub, INSPECTION_OF_COMPLAINT),
      case: linkResolver(hub, CASE_OF_COMPLAINT),
    },
  };
  return resolvers as unknown as SubgraphResolvers;
}
