import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CountySettings } from '../../county/config/counties-settings.js';
import { type County, openCounty } from '../../county/open-county.js';
import { systemContext } from '../../county/system-context.js';
import { createClockFrom } from '../../runtime/clock.js';
import { Secret } from '../../runtime/config/secret.js';
import { listSubgraphs } from '../../subgraphs/compose/rover-config.js';
import { createOfferSchema } from '../../subgraphs/feed/counties/county-offer.js';
import { createSubgraphServer } from '../../subgraphs/port/serve-subgraph.js';
import { UNOBSERVED } from '../../subgraphs/port/source-observer.js';
import { openTestCounty, type TestCounty, testConfig } from '../county/open-test-county.js';
import type { CountyOptions } from '../county/prepared-county.js';
import { openDemoSystems, openSqliteCounty, type StoredCounty } from '../county/stored-county.js';
import { demoCountyRoot } from '../join/county-root.js';

/**
 * The counties, and the first letters from which on a department is the next one's. Subjects are spread over all of them.
 * The counties sort as their departments do, so that rows with equal order keys stand in the order of the one county too.
 */
const BEFORE: readonly (readonly [county: string, before: string])[] = [
  ['daishan', 'h'],
  ['putuo', 'market'],
  ['shengsi', '~'],
];

/** Which county has which departments of the one world. */
async function departmentsByCounty(): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = listSubgraphs(await demoCountyRoot()).names ?? [];
  const held = names.filter((name) => name !== 'hub').sort();
  return new Map(
    BEFORE.map(([county, before], place) => {
      const from = BEFORE[place - 1]?.[1] ?? '';
      return [county, held.filter((name) => name >= from && name < before)];
    }),
  );
}

const TITLES: ReadonlyMap<string, string> = new Map([
  ['daishan', '岱山县'],
  ['putuo', '普陀区'],
  ['shengsi', '嵊泗县'],
]);

export const OFFER_KEY = new Secret('key of the hub above');

/** A county that offers its lists over HTTP. */
export interface OfferedCounty {
  readonly county: County;
  readonly url: string;
  /** Its process ends: connections are cut. */
  stop(): Promise<void>;
  /** It is there again at the same address. */
  start(): Promise<void>;
}

export interface ThreeCounties {
  /** One county that holds all. */
  readonly whole: StoredCounty;
  readonly below: ReadonlyMap<string, OfferedCounty>;
  /** The hub above the three. */
  readonly above: TestCounty;
  /** What `gateway.yaml` of the hub above says of a county. */
  settingsOf(code: string, url?: string): CountySettings;
  close(): Promise<void>;
}

export async function openThreeCounties(options: CountyOptions): Promise<ThreeCounties> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.reverse()) await one();
  };
  try {
    const whole = await openSqliteCounty(options);
    closers.push(whole.close);
    // Its index was built before anybody had looked how new the sources are; that of the hub above comes after.
    await whole.county.registry.refresh();
    const systems = await openDemoSystems(options);
    closers.push(systems.close);
    const below = new Map<string, OfferedCounty>();
    for (const [code, departments] of await departmentsByCounty()) {
      const offered = await openOffered({ ...systems, today: systems.world.today }, departments);
      closers.push(offered.close);
      below.set(code, offered);
    }
    const settingsOf = (code: string, url = below.get(code)?.url ?? ''): CountySettings => {
      return { code, title: TITLES.get(code) ?? code, url, key: OFFER_KEY, timeoutMs: null, places: 16 };
    };
    const above = await openTestCounty({
      connections: new Map(),
      today: systems.world.today,
      gateway: { departments: [], counties: [...below.keys()].map((code) => settingsOf(code)) },
    });
    closers.push(above.close);
    return { whole, below, above, settingsOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openOffered(
  { connections, today }: Pick<StoredCounty, 'connections'> & { readonly today: string },
  departments: readonly string[],
): Promise<OfferedCounty & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'eg-offered-'));
  const clock = createClockFrom(today);
  const county = await openCounty({
    root: await demoCountyRoot(),
    config: testConfig(connections, today, { departments }),
    clock,
    observer: UNOBSERVED,
    registryFile: join(folder, 'registry.sqlite'),
  });
  await county.refreshFreshness(systemContext(clock, 'test', 30_000));
  const listen = async (port: number) => {
    const server = await createSubgraphServer(
      createOfferSchema(() => county.offer),
      clock,
      { key: OFFER_KEY },
    );
    await server.listen({ host: '127.0.0.1', port });
    return server;
  };
  let server: Awaited<ReturnType<typeof listen>> | null = await listen(0);
  const { port } = server.server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    const stopping = server;
    server = null;
    stopping?.server.closeAllConnections();
    await stopping?.close();
  };
  return {
    county,
    url: `http://127.0.0.1:${port}/graphql`,
    stop,
    start: async () => {
      server = await listen(port);
    },
    close: async () => {
      await stop();
      await county.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
