import { join } from 'node:path';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import type { Config } from '../../county/config/config.js';
import { USUAL_SETTINGS } from '../../county/config/gateway-settings.js';
import { buildDemo, type DemoCounty, readDemo } from '../../demo/build-demo.js';
import { agricultureFormStore } from '../../demo/drops/agriculture-forms.js';
import { vehicleLedgerStore } from '../../demo/drops/company-ledger.js';
import { cultureStore } from '../../demo/drops/culture.js';
import { disputeLedgerStore } from '../../demo/drops/dispute-ledger.js';
import { financeStore } from '../../demo/drops/finance.js';
import { policeCallStore } from '../../demo/drops/police-calls.js';
import { publishedListsStore } from '../../demo/drops/published-lists.js';
import {
  IF1_APP_KEY,
  IF1_APP_SECRET,
  IF2_ACCESS_KEY,
  IF2_SECRET_KEY,
  SOAP_PASSWORD,
  SOAP_USER,
  TICKET_HEADER,
  TICKET_TOKEN,
} from '../../demo/servers/demo-credentials.js';
import { closeDemoServers, startDemoServers } from '../../demo/servers/start-demo-servers.js';
import { agricultureStore } from '../../demo/stores/agriculture/agriculture.js';
import { caseDetailStore } from '../../demo/stores/cases/case-detail.js';
import { casesStore } from '../../demo/stores/cases/cases.js';
import { catalogueStore } from '../../demo/stores/catalogue/catalogue.js';
import { cityStore } from '../../demo/stores/city/city.js';
import { comprehensiveStore, oldCaseStore } from '../../demo/stores/comprehensive/comprehensive.js';
import { coordinationStore } from '../../demo/stores/coordination/coordination.js';
import { creditStore } from '../../demo/stores/credit/credit.js';
import { creditGradeStore } from '../../demo/stores/credit/grades.js';
import { emergencyStore, hazchemStore } from '../../demo/stores/emergency/emergency.js';
import { environmentStore } from '../../demo/stores/environment/environment.js';
import { monitoringStore } from '../../demo/stores/environment/monitoring.js';
import { grassrootsStore } from '../../demo/stores/grassroots/grassroots.js';
import { healthStore } from '../../demo/stores/health/health.js';
import { hotlineStore } from '../../demo/stores/hotline/hotline.js';
import { jointParticipantStore, jointStore } from '../../demo/stores/joint/joint.js';
import type { ServedProtocol } from '../../demo/stores/legacy-table.js';
import { marineStore } from '../../demo/stores/marine/marine.js';
import { positionsStore } from '../../demo/stores/marine/positions.js';
import { marketStore } from '../../demo/stores/market/market.js';
import { mobileStore } from '../../demo/stores/mobile/mobile.js';
import { peopleStore } from '../../demo/stores/people/people.js';
import { planningStore } from '../../demo/stores/planning/planning.js';
import { publicityStore } from '../../demo/stores/publicity/publicity.js';
import { legalPersonStore } from '../../demo/stores/registry/legal-person.js';
import { registryStore } from '../../demo/stores/registry/registry-crosswalk.js';
import { supervisionStore } from '../../demo/stores/supervision/supervision.js';
import { waterTransportStore } from '../../demo/stores/transport/passenger-trip.js';
import { transportStore } from '../../demo/stores/transport/transport.js';
import type { DemoSize } from '../../demo/world/world.js';
import { Secret } from '../../runtime/config/secret.js';
import { stateFolder } from '../state-folder.js';
import type { CountyConfig } from './county-config.js';

/** The legacy systems of the demo county, each filled from the same world. */
export const DEMO_STORES = [
  marketStore,
  marineStore,
  supervisionStore,
  casesStore,
  registryStore,
  legalPersonStore,
  positionsStore,
  caseDetailStore,
  healthStore,
  hotlineStore,
  cultureStore,
  comprehensiveStore,
  oldCaseStore,
  emergencyStore,
  hazchemStore,
  transportStore,
  waterTransportStore,
  vehicleLedgerStore,
  agricultureStore,
  agricultureFormStore,
  peopleStore,
  catalogueStore,
  publishedListsStore,
  coordinationStore,
  disputeLedgerStore,
  jointStore,
  jointParticipantStore,
  mobileStore,
  environmentStore,
  monitoringStore,
  financeStore,
  creditStore,
  creditGradeStore,
  publicityStore,
  planningStore,
  grassrootsStore,
  policeCallStore,
  cityStore,
];

export function demoFolder(root: string, size: DemoSize, seed: number): string {
  return join(stateFolder(root), 'demo', `${size}-${seed}`);
}

/** Whether a folder holds a demo county that this version can read. */
export function hasDemoCounty(folder: string): boolean {
  try {
    readDemo(folder);
    return true;
  } catch {
    return false;
  }
}

/** The demo county's configuration, and where its own systems answer, by connection. */
interface DemoConfig extends CountyConfig {
  readonly urls: readonly (readonly [connection: string, url: string])[];
}

/** The demo county, built first when it is not there, with its systems running. */
export async function prepareDemoCounty(
  root: string,
  size: DemoSize,
  seed: number,
  onProgress: (text: string) => void,
): Promise<DemoConfig> {
  const folder = demoFolder(root, size, seed);
  if (!hasDemoCounty(folder)) await buildDemo({ folder, seed, size, stores: DEMO_STORES, onProgress });
  return openDemoCounty(folder);
}

/** As `prepareDemoCounty` of a county that is there. */
export async function openDemoCounty(folder: string): Promise<DemoConfig> {
  const county = readDemo(folder);
  const servers = await startDemoServers(folder, county);
  const urls = [...servers].map(([name, { url }]) => [name, url] as const);
  return {
    config: demoConfig(folder, county, (name) => servers.get(name)?.url ?? ''),
    urls,
    close: () => closeDemoServers(servers),
  };
}

/** As `openDemoCounty` of one whose systems another process runs. */
export function followDemoCounty(folder: string, urls: DemoConfig['urls']): DemoConfig {
  const known = new Map(urls);
  return {
    config: demoConfig(folder, readDemo(folder), (name) => known.get(name) ?? ''),
    urls,
    close: () => Promise.resolve(),
  };
}

function demoConfig(folder: string, county: DemoCounty, urlOf: (connection: string) => string): Config {
  const { today, personKey } = county;
  return {
    connections: demoConnections(folder, county, urlOf),
    faults: new Map(),
    personKey: new Secret(personKey),
    // Cursors of the demo survive a restart; a real county configures a key of its own.
    cursorKey: new Secret(`cursor-${personKey}`),
    today,
    gateway: USUAL_SETTINGS,
  };
}

/** How the demo county's systems are reached, as a connections file would say it. @param urlOf of a running server. */
export function demoConnections(
  folder: string,
  { connections, served, drops }: Pick<DemoCounty, 'connections' | 'served' | 'drops'>,
  urlOf: (connection: string) => string,
): ReadonlyMap<string, ConnectionConfig> {
  return new Map<string, ConnectionConfig>([
    ...[...connections].map(([name, file]): [string, ConnectionConfig] => [
      name,
      { dialect: 'sqlite', file: join(folder, file) },
    ]),
    ...[...served].map(([name, store]): [string, ConnectionConfig] => [
      name,
      SERVED[store.served](urlOf(name)),
    ]),
    ...[...drops].map(([name, dropped]): [string, ConnectionConfig] => [
      name,
      { dialect: 'files', folder: join(folder, dropped), store: join(folder, `${dropped}-versions`) },
    ]),
  ]);
}

/** The demo county's systems open to these credentials alone, which are no secret: their people are invented. */
const SERVED: { readonly [protocol in ServedProtocol]: (url: string) => ConnectionConfig } = {
  if1: (url) => ({
    dialect: 'if1',
    url,
    appKey: IF1_APP_KEY,
    appSecret: new Secret(IF1_APP_SECRET),
    lowerCase: false,
  }),
  if2: (url) => ({
    dialect: 'if2',
    url,
    accessKey: IF2_ACCESS_KEY,
    secretKey: new Secret(IF2_SECRET_KEY),
  }),
  soap: (url) => ({
    dialect: 'soap',
    url,
    charset: 'gbk',
    user: SOAP_USER,
    password: new Secret(SOAP_PASSWORD),
  }),
  rest: (url) => ({ dialect: 'rest', url, headers: new Map([[TICKET_HEADER, new Secret(TICKET_TOKEN)]]) }),
};
