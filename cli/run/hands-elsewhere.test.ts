import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  openTestHistories,
  type TestHistories,
} from '../../county/observe/history/testing/test-histories.js';
import { buildDemo } from '../../demo/build-demo.js';
import { marketStore } from '../../demo/stores/market/market.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { createOriginPools } from '../../gateway/transport/origin-pools.js';
import { createRemoteSubgraph } from '../../gateway/transport/remote-subgraph.js';
import { ALL_ROWS, type Caller } from '../../runtime/call/caller.js';
import { Secret } from '../../runtime/config/secret.js';
import { createRemoteFeed } from '../../subgraphs/feed/remote-feed.js';
import { testContext } from '../../subgraphs/hub/testing/open-test-hub.js';
import { openRelay, type Relay } from '../../test/databases/open-relay.js';
import {
  AUDITED,
  type CountyMachine,
  letIn,
  MACHINE_SECRETS,
  openCountyMachine,
  SIGNED,
} from '../testing/county-machine.js';
import {
  type Ended,
  openTemporaryProject,
  type Serving,
  type TemporaryProject,
} from '../testing/temporary-project.js';

/**
 * A department that two machines serve, which share its history; the hub on a third one, and a gateway on a fourth. The gateway asks one of
 * the two.
 */
let histories: TestHistories;
let project: TemporaryProject;
let relay: Relay;
let one: Serving;
let other: Serving;
let hub: Serving;
let gateway: Serving;
let tokens: ReadonlyMap<string, string>;
let gatewayMachine: CountyMachine;
let restartOther: () => Promise<Serving>;
const pools = createOriginPools();

const NAME = 'market.inspection';
function machine(name: string, connections: string, settings: string): CountyMachine {
  return openCountyMachine(join(project.root, name), connections, settings);
}

function serveSubgraph(name: string, { connectionsFile, environment }: CountyMachine): Promise<Serving> {
  return project.serve(['subgraph', name, '--port', '0', '--config', connectionsFile], environment);
}

function replaceIn(file: string, edit: (text: string) => string): void {
  writeFileSync(join(project.root, file), edit(readFileSync(join(project.root, file), 'utf8')));
}

const settingsOf = (url: string): string =>
  `${SIGNED}history: { postgres: { url: '${url}', user: ${histories.addressOf('').user} } }\n`;
const market = (): string =>
  `market: { dialect: sqlite, file: ${join(project.root, 'demo', 'market.sqlite')} }`;

beforeAll(async () => {
  histories = await openTestHistories();
  project = openTemporaryProject(await compileSources());
  await buildDemo({ folder: join(project.root, 'demo'), seed: 1, size: 'tiny', stores: [marketStore] });
  relay = await openRelay(histories.serverUrl);
  const relayed = new URL(relay.url);
  relayed.username = '';
  const otherMachine = machine('other', market(), settingsOf(histories.addressOf('').url));
  one = await serveSubgraph('market', machine('one', market(), settingsOf(relayed.href)));
  other = await serveSubgraph('market', otherMachine);
  restartOther = () => serveSubgraph('market', otherMachine);
  replaceIn('rover.yaml', (text) => text.replace('http://127.0.0.1:4103/graphql', one.url));
  hub = await serveSubgraph('hub', machine('hub', '', SIGNED));
  replaceIn('schema/supergraph.graphql', (text) =>
    text.replace(/(@join__graph\(name: "hub", url: ")[^"]*/, `$1${hub.url}`),
  );
  gatewayMachine = machine('gateway', '', SIGNED + AUDITED);
  tokens = await letIn(gatewayMachine, join(project.root, 'issuer'), ['analyst', 'data-centre']);
  const { gatewayFile, folder } = gatewayMachine;
  const words = ['serve', '--supergraph', join(project.root, 'schema/supergraph.graphql'), '--port', '0'];
  const given = ['--gateway', gatewayFile, '--access', join(folder, 'access.yaml')];
  gateway = await project.serve([...words, ...given], MACHINE_SECRETS);
}, 240_000);

afterAll(async () => {
  await Promise.all([gateway, hub, one, other].map((serving) => serving?.stop()));
  await pools.close();
  await relay?.cut().catch(() => undefined);
  project?.remove();
  await histories?.close();
}, 60_000);

const hand = (role: string, words: readonly string[]): Promise<Ended> =>
  project.run([...words, '--url', new URL('/', gateway.url).href], { GRAPH_TOKEN: tokens.get(role) ?? '' });

const ASKER: Caller = { name: 'test', role: 'analyst', scope: ALL_ROWS };

/** What a machine says of the interface: `LIVE` or `STALE`, or why it is missing. */
async function stateAt(serving: Serving, caller = ASKER): Promise<string | undefined> {
  const callerKey = new Secret(MACHINE_SECRETS.CALLER_KEY);
  const port = createRemoteSubgraph({ name: 'market', url: serving.url, pools, callerKey });
  const info = { name: NAME, kind: 'Inspection', department: 'market' } as const;
  const [part] = await createRemoteFeed(port, [{ ...INFO, ...info }]).page(
    {
      kind: 'Inspection',
      where: { all: [] },
      orderBy: [],
      reversed: false,
      limit: 1,
      fields: [],
      interfaces: [NAME],
    },
    { ...testContext(), caller },
  );
  return part?.state === 'MISSING' ? part.reason?.split(':')[0] : part?.state;
}

const INFO = {
  title: '',
  departments: null,
  fields: [],
  warnAfterSeconds: null,
  failAfterSeconds: null,
  lookupOnly: false,
};

const audit = (): string => gatewayMachine.audit();

const PAUSED = 'INTERFACE_PAUSED';
const WAS = /^(?:LIVE|STALE)$/;
const anHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
const pause = (): readonly string[] => ['pause', NAME, '--why', '停机检修', '--until', anHour()];

describe('an interface whose department another process serves', () => {
  it('is paused there, for those who may, and recorded at the gateway first', async () => {
    expect(await stateAt(one)).toMatch(WAS);
    expect(await hand('analyst', pause())).toMatchObject({
      code: 2,
      err: expect.stringContaining('FORBIDDEN'),
    });
    expect(await stateAt(one)).toMatch(WAS);
    expect(audit()).not.toContain('interface-paused');
    const { code, out, err } = await hand('data-centre', pause());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^market\.inspection: .*data-centre-wang: 停机检修/);
    expect(await stateAt(one)).toBe(PAUSED);
    expect(audit()).toMatch(/"action":"interface-paused"/);
    expect(audit()).toContain('data-centre-wang');
  }, 120_000);

  it('holds at the other machine within seconds, and when that is started again', async () => {
    await until(async () => (await stateAt(other)) === PAUSED);
    await other.stop();
    other = await restartOther();
    expect(await stateAt(other)).toBe(PAUSED);
  }, 120_000);

  it('is said where it holds at one machine alone, and holds at the other one afterwards', async () => {
    await relay.cut();
    const { code, out, err } = await hand('data-centre', ['resume', NAME, '--why', '检修完毕']);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/HANDS_NOT_SHARED.*market\.inspection/),
    });
    expect(out).toContain('as usual');
    expect(await stateAt(one)).toMatch(WAS);
    expect(await stateAt(other)).toBe(PAUSED);
    await relay.mend();
    await until(async () => WAS.test((await stateAt(other)) ?? ''));
  }, 120_000);

  it('is told to be away with its process, and that levels of its log are its own', async () => {
    await one.stop();
    const away = await hand('data-centre', pause());
    expect(away).toMatchObject({ code: 2, err: expect.stringMatching(/SUBGRAPH_UNAVAILABLE.*market/) });
    expect(audit()).toMatch(/"action":"hand-failed"/);
    expect((await hand('data-centre', ['log-level', 'debug', '--for', '10m'])).err).toContain('LOG_LEVEL');
  }, 120_000);
});

describe('a department’s process', () => {
  it('does nothing for whoever is not signed as one who may', async () => {
    const { url } = other;
    const until = Date.now() + 3_600_000;
    const request = { kind: 'hold', interface: NAME, held: 'interface', why: '检修', until } as const;
    const act = (signer: string | null, caller: Caller) => {
      const callerKey = signer === null ? {} : { callerKey: new Secret(signer) };
      const port = createRemoteSubgraph({ name: 'market', url, pools, ...callerKey });
      return createRemoteFeed(port, []).hands?.act(request, { ...testContext(), caller });
    };
    const may: Caller = { ...ASKER, hands: true };
    await expect(act(MACHINE_SECRETS.CALLER_KEY, ASKER)).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    await expect(act('another key of somebody', may)).rejects.toThrow('market');
    await expect(act(null, may)).rejects.toThrow('market');
    expect(await stateAt(other)).toMatch(WAS);
    expect(await act(MACHINE_SECRETS.CALLER_KEY, may)).toEqual({ reach: 'ALL', ids: [] });
    expect(await stateAt(other)).toBe(PAUSED);
  });

  it('does nothing where callers are not signed, and says what is missing', async () => {
    const serving = await serveSubgraph('market', machine('unsigned', market(), ''));
    const port = createRemoteSubgraph({ name: 'market', url: serving.url, pools });
    const request = { kind: 'release', interface: NAME, held: 'interface', why: '恢复' } as const;
    const asked = createRemoteFeed(port, []).hands?.act(request, {
      ...testContext(),
      caller: { ...ASKER, hands: true },
    });
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining('callerKey'),
      extensions: { code: 'FORBIDDEN' },
    });
    await serving.stop();
  }, 60_000);
});
