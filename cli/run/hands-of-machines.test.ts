import { join } from 'node:path';
import {
  openTestHistories,
  type TestHistories,
} from '../../county/observe/history/testing/test-histories.js';
import { buildDemo } from '../../demo/build-demo.js';
import { marketStore } from '../../demo/stores/market/market.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { AUDITED, type CountyMachine, letIn, openCountyMachine } from '../testing/county-machine.js';
import { interfaceStates } from '../testing/interface-states.js';
import {
  type Ended,
  openTemporaryProject,
  type Serving,
  type TemporaryProject,
} from '../testing/temporary-project.js';

/** Two machines that serve the same county and share its history: on one a process does so alone, on the other two do for a third. */
let histories: TestHistories;
let project: TemporaryProject;
let one: Serving;
let other: Serving;
let startOther: () => Promise<Serving>;
let machines: readonly CountyMachine[];
let tokens: ReadonlyMap<string, string>;

const NAME = 'market.inspection';

beforeAll(async () => {
  histories = await openTestHistories();
  project = openTemporaryProject(await compileSources());
  await buildDemo({ folder: join(project.root, 'demo'), seed: 1, size: 'tiny', stores: [marketStore] });
  const { url, user } = histories.addressOf('');
  const open = async (name: string): Promise<CountyMachine> => {
    const market = `market: { dialect: sqlite, file: ${join(project.root, 'demo', 'market.sqlite')} }`;
    const shared = `history: { postgres: { url: '${url}', user: ${user} } }\ndepartments: [market]\n`;
    const machine = openCountyMachine(join(project.root, name), market, shared + AUDITED);
    tokens = await letIn(machine, join(project.root, 'issuer'), ['analyst', 'data-centre']);
    return machine;
  };
  const start = ({ connectionsFile, environment }: CountyMachine, workers: number): Promise<Serving> => {
    const words = ['start', '--port', '0', '--config', connectionsFile, '--workers', String(workers)];
    return project.serve(words, environment);
  };
  const [first, second] = [await open('one'), await open('other')];
  machines = [first, second];
  one = await start(first, 1);
  startOther = () => start(second, 2);
  other = await startOther();
}, 240_000);

afterAll(async () => {
  await Promise.all([one, other].map((serving) => serving?.stop()));
  project?.remove();
  await histories?.close();
}, 60_000);

const hand = (serving: Serving, words: readonly string[]): Promise<Ended> =>
  project.run([...words, '--url', new URL('/', serving.url).href], {
    GRAPH_TOKEN: tokens.get('data-centre') ?? '',
  });

/** What a machine says of the interface, in each of its processes. */
const statesAt = (serving: Serving): Promise<readonly (string | undefined)[]> =>
  interfaceStates(serving, NAME, tokens.get('analyst'));

const holds = async (serving: Serving, state: string): Promise<boolean> =>
  (await statesAt(serving)).every((found) => found === state);

const anHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

describe('machines that share a history', () => {
  it('hold back in all their processes what was paused at one of them, which alone records it', async () => {
    const [usual] = await statesAt(other);
    expect(usual).toMatch(/^(?:LIVE|STALE)$/);
    const paused = await hand(one, ['pause', NAME, '--why', '停机检修', '--until', anHour()]);
    expect(paused).toMatchObject({ code: 0, err: '' });
    expect(await statesAt(one)).toEqual(['INTERFACE_PAUSED']);
    await until(() => holds(other, 'INTERFACE_PAUSED'));
    expect((await hand(other, ['status', NAME])).out).toMatch(/PAUSED[\s\S]*停机检修/);
    const recorded = machines.map((machine) => machine.audit().includes('interface-paused'));
    expect(recorded).toEqual([true, false]);
  }, 120_000);

  it('do so when they are started again, until it is resumed at another one', async () => {
    await other.stop();
    other = await startOther();
    expect(await statesAt(other)).toEqual(['INTERFACE_PAUSED']);
    expect(await hand(other, ['resume', NAME, '--why', '检修完毕'])).toMatchObject({ code: 0, err: '' });
    await until(async () => !(await holds(one, 'INTERFACE_PAUSED')));
    expect(await statesAt(one)).toEqual(await statesAt(other));
  }, 120_000);

  it('open and close a breaker for each other', async () => {
    expect((await hand(other, ['breaker', 'open', NAME, '--why', '过载'])).code).toBe(0);
    await until(() => holds(one, 'SOURCE_CUT_OFF'));
    expect((await hand(one, ['breaker', 'close', NAME, '--why', '恢复'])).code).toBe(0);
    await until(async () => !(await holds(other, 'SOURCE_CUT_OFF')));
  }, 120_000);
});
