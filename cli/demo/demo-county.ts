import { join } from 'node:path';
import type { ConnectionConfig } from '../../adapters/kinds.js';
import type { Config } from '../../county/config/config.js';
import { USUAL_SETTINGS } from '../../county/config/gateway-settings.js';
import { type DemoCounty, readDemo } from '../../demo/county-file.js';
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
import type { ServedProtocol } from '../../demo/stores/legacy-table.js';
import type { DemoSize } from '../../demo/world/world.js';
import { Secret } from '../../runtime/config/secret.js';
import { stateFolder } from '../state-folder.js';
import type { CountyConfig } from './county-config.js';
import { type DemoUrls, startDemoSystems } from './demo-systems.js';

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
  readonly urls: DemoUrls;
}

/** The demo county, built first when it is not there, with its systems running in a process of their own. */
export async function prepareDemoCounty(
  root: string,
  size: DemoSize,
  seed: number,
  onProgress: (text: string) => void,
): Promise<DemoConfig> {
  const folder = demoFolder(root, size, seed);
  if (!hasDemoCounty(folder)) {
    const [{ buildDemo }, { DEMO_STORES }] = await Promise.all([
      import('../../demo/build-demo.js'),
      import('./demo-stores.js'),
    ]);
    await buildDemo({ folder, seed, size, stores: DEMO_STORES, onProgress });
  }
  const { urls, close } = await startDemoSystems(folder);
  return { ...followDemoCounty(folder, urls), close };
}

/** A demo county that is there, with its systems running in this process: for a verb that ends by itself. */
export async function openDemoCounty(folder: string): Promise<DemoConfig> {
  const { closeDemoServers, startDemoServers } = await import('../../demo/servers/start-demo-servers.js');
  const servers = await startDemoServers(folder, readDemo(folder));
  const urls = [...servers].map(([name, { url }]) => [name, url] as const);
  return { ...followDemoCounty(folder, urls), close: () => closeDemoServers(servers) };
}

/** As `openDemoCounty` of one whose systems another process runs. */
export function followDemoCounty(folder: string, urls: DemoUrls): DemoConfig {
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
