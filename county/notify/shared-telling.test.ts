import { until } from '../../gateway/testing/until.js';
import { Secret } from '../../runtime/config/secret.js';
import { HandClock } from '../../subgraphs/engine/testing/hand-clock.js';
import type { Incident } from '../../subgraphs/port/observation.js';
import type { HistoryStore } from '../observe/history/history-store.js';
import { openTestHistories, type TestHistories } from '../observe/history/testing/test-histories.js';
import { type Notifier, openNotifier } from './notifier.js';
import { ROBOT_SECRET, ROBOT_TOKEN, startRobot } from './testing/robot.js';
import { toldInHistory } from './told-places.js';

let histories: TestHistories;
beforeAll(async () => {
  histories = await openTestHistories();
}, 120_000);
afterAll(() => histories.close(), 60_000);

const INCIDENT: Incident = {
  id: 'i1',
  interface: 'market.inspection',
  cause: 'UNREACHABLE',
  about: null,
  severity: 'CRITICAL',
  since: new HandClock().ms,
  until: null,
  detail: '无法连接。It cannot be reached.',
  heals: '恢复应答。It answers again.',
  requestId: null,
  times: 1,
};

test('machines that share a history tell one after the other, each what was not told', async () => {
  const clock = new HandClock();
  const robot = await startRobot(() => clock.ms);
  const target = {
    kind: 'dingtalk',
    url: robot.url,
    token: new Secret(ROBOT_TOKEN),
    secret: new Secret(ROBOT_SECRET),
  } as const;
  const duty = { departments: null, causes: null, severity: null, quiet: [], perMinute: 20, escalate: null };
  const failures: string[] = [];
  const open = (store: HistoryStore, isOurs: () => boolean): Promise<Notifier> =>
    openNotifier({
      channels: [{ name: 'duty', target, ...duty }],
      watch: store,
      clock,
      place: toldInHistory(store, clock),
      isOurs,
      observer: { sent: () => undefined, failed: () => undefined, waiting: () => undefined },
      onFailure: (what, error) => failures.push(`${what} ${error}`),
    });
  const one = histories.open('telling', 'one');
  const other = histories.open('telling', 'other');
  let whose = 'one';
  const notifiers = [await open(one, () => whose === 'one'), await open(other, () => whose === 'other')];
  const pass = () => Promise.all(notifiers.map((notifier) => notifier.pass()));
  const write = (store: HistoryStore, incident: Incident) =>
    store.write({ measurements: [], incidents: [incident], remembered: new Map() });
  try {
    expect(await one.turns?.take(clock.ms)).toMatchObject({ kind: 'OURS' });
    await write(one, INCIDENT);
    await pass();
    await one.close();
    await until(async () => (await other.turns?.take(clock.ms))?.kind === 'OURS');
    whose = 'other';
    clock.pass(60);
    await pass();
    await write(other, { ...INCIDENT, until: clock.ms });
    await pass();
    expect(robot.taken.map(({ title }) => /（(.+)）$/.exec(title)?.[1])).toEqual(['发生', '已恢复']);
    expect(failures).toEqual([]);
  } finally {
    await Promise.all(notifiers.map((notifier) => notifier.close()));
    await Promise.all([one.close(), other.close(), robot.close()]);
  }
});
