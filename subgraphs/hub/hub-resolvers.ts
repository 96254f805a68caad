import type { FeedPort } from '../feed/feed.js';
import type { RegistryPort } from '../feed/registry-port.js';
import { readSubjectReference } from '../feed/subject-reference.js';
import type { SubgraphResolvers } from '../port/subgraph-schema.js';
import type { WorkingDays } from '../values/dates/working-days.js';
import { createFeedFan } from './fan/feed-fan.js';
import type { Hub } from './hub.js';
import { createCursorCodec } from './rows/cursor.js';
import {
  CASE_OF_COMPLAINT,
  CASE_OF_INSPECTION,
  INSPECTION_OF_CASE,
  INSPECTION_OF_COMPLAINT,
  linkResolver,
} from './rows/document-links.js';
import { listResolver } from './rows/list-resolvers.js';
import { publicationLagResolver } from './rows/publication-lag.js';
import { referenceResolver } from './rows/row-entities.js';
import { derivedResolvers } from './rows/row-node.js';
import { subjectListResolvers } from './rows/subject-lists.js';
import { complaintStatsResolver } from './stats/complaint-stats.js';
import { repeatVisitsResolver } from './stats/repeat-visits.js';
import { caseStatsResolver, inspectionStatsResolver } from './stats/stats-resolvers.js';
import { createIdentities } from './subjects/identities.js';
import { subjectsResolver } from './subjects/subjects-resolver.js';

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
