import { join } from 'node:path';
import type { ServedProtocol } from '../stores/legacy-table.js';
import type { DemoServer } from './demo-server.js';
import { startIf1Gateway } from './gateways/if1-gateway.js';
import { type If2Upstream, startIf2Gateway } from './gateways/if2-gateway.js';
import { CASE_DETAIL_PATH, openCaseDetailService } from './services/case-detail-service.js';
import { startCityService } from './services/city-service.js';
import { CREDIT_GRADE_PATH, openCreditGradeService } from './services/credit-grade-service.js';
import { startGrassrootsService } from './services/grassroots-service.js';
import { startHazchemService } from './services/hazchem-service.js';
import { startHealthService } from './services/health-service.js';
import { startMonitoringService } from './services/monitoring-service.js';
import { startOldCaseService } from './services/old-case-service.js';
import { openParticipantService, PARTICIPANT_PATH } from './services/participant-service.js';
import { startPassengerTripService } from './services/passenger-trip-service.js';
import { openPositionService, POSITION_PATH } from './services/position-service.js';
import { startTicketService } from './services/ticket-service.js';

/** Systems behind servers: protocol and SQLite file by connection, as `DemoCounty.served` has them. */
export type ServedStores = ReadonlyMap<string, { readonly served: ServedProtocol; readonly file: string }>;

/**
 * Runs the demo county's systems that speak HTTP or SOAP, each on a free port of 127.0.0.1, with the credentials of
 * `demo-credentials.ts`. The caller closes them.
 *
 * @param folder of the county.
 * @throws {Error} when a store's file is not there; nothing is left running then.
 */
export async function startDemoServers(
  folder: string,
  { served }: { readonly served: ServedStores },
): Promise<ReadonlyMap<string, DemoServer>> {
  const servers = new Map<string, DemoServer>();
  try {
    for (const [connection, { served: protocol, file }] of served) {
      servers.set(connection, await startServer(connection, protocol, join(folder, file)));
    }
    return servers;
  } catch (error) {
    await closeDemoServers(servers);
    throw error;
  }
}

export async function closeDemoServers(servers: ReadonlyMap<string, DemoServer>): Promise<void> {
  for (const server of servers.values()) await server.close();
}

/** Systems that speak SOAP, by connection. */
const SOAP_SERVICES: ReadonlyMap<string, (options: { readonly file: string }) => Promise<DemoServer>> =
  new Map([
    ['health', startHealthService],
    ['comprehensive-cases', startOldCaseService],
    ['emergency-licence', startHazchemService],
  ]);

/** What stands behind the second gateway, by connection: the route it was given, and the service. */
const UPSTREAMS: ReadonlyMap<string, readonly [string, (file: string) => If2Upstream]> = new Map<
  string,
  readonly [string, (file: string) => If2Upstream]
>([
  ['positions', [POSITION_PATH, openPositionService]],
  ['case-detail', [CASE_DETAIL_PATH, openCaseDetailService]],
  ['joint-participants', [PARTICIPANT_PATH, openParticipantService]],
  ['credit-grade', [CREDIT_GRADE_PATH, openCreditGradeService]],
]);

/** Services of plain REST, by connection. */
const REST_SERVICES: ReadonlyMap<string, (options: { readonly file: string }) => Promise<DemoServer>> =
  new Map([
    ['hotline', startTicketService],
    ['water-transport', startPassengerTripService],
    ['monitoring', startMonitoringService],
    ['grassroots', startGrassrootsService],
    ['city', startCityService],
  ]);

function startServer(connection: string, protocol: ServedProtocol, file: string): Promise<DemoServer> {
  switch (protocol) {
    case 'if1':
      return startIf1Gateway({ file });
    case 'soap':
      return serviceOf(SOAP_SERVICES, connection)({ file });
    case 'rest':
      return serviceOf(REST_SERVICES, connection)({ file });
    case 'if2': {
      const [path, open] = serviceOf(UPSTREAMS, connection);
      return startIf2Gateway({ routes: new Map([[path, open(file)]]) });
    }
  }
}

/** @throws {Error} for a connection that no service of its protocol stands behind. */
function serviceOf<Service>(services: ReadonlyMap<string, Service>, connection: string): Service {
  const service = services.get(connection);
  if (service !== undefined) return service;
  throw new Error(
    `Cannot start ${connection}: a system of its protocol must be one of ${[...services.keys()].join(', ')}`,
  );
}
