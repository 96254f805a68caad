import { CODES, FIRM, WrittenSource } from '../snapshot/keys/testing/written-source.js';
import { HandClock } from '../testing/hand-clock.js';
import { openSmallDepartment, testContext } from '../testing/small-department.js';
import { snapshotCost } from './snapshot-cost.js';

const detail = (ask: string, keys: string, limits: string): string => `interface: test.detail
title: t
owner: { department: test }
feeds: Case
source:
  connection: detail
  http: { path: /d, rows: list, ask: [{ param: id, column: code, ${ask} }], needs: [id], probe: { id: A } }
key: [code]
subject: [{ scheme: uscc, column: code }]
fields:
  department: { value: MARKET }
snapshot: { every: 12h, keys: { ${keys} } }
limits: { retries: 0${limits} }
`;

describe('snapshotCost()', () => {
  async function costOf(ask: string, keys: string, limits = ''): Promise<readonly string[]> {
    const clock = new HandClock();
    const firms = new WrittenSource(clock);
    firms.rows = CODES.map((code) => ({ code }));
    const { served } = openSmallDepartment(
      [detail(ask, keys, limits), FIRM],
      new Map([
        ['detail', new WrittenSource(clock).connection()],
        ['firms', firms.connection()],
      ]),
    );
    const [one] = served;
    if (one === undefined) throw new Error('nothing to check');
    const problems = await snapshotCost(one, served, testContext());
    return problems.map(({ rule, severity, en }) => `${severity} ${rule} ${en}`);
  }

  it('tells calls a day: keys by those of one call, times readings', async () => {
    expect(await costOf('by: keys, most: 3', 'of: test.firm')).toEqual([
      'note snapshot-cost Readings ask for 8 keys, in about 6 calls a day (it sets no quota).',
    ]);
    expect(await costOf('by: key', 'of: test.firm', ', perDay: 40, perMinute: 6')).toEqual([
      'note snapshot-cost Readings ask for 8 keys, in about 16 calls a day (half of its quota is left to queries, the other half is enough for 10 keys).',
    ]);
  });

  it('warns where the source grants too little', async () => {
    expect(await costOf('by: key', 'of: test.firm', ', perDay: 28')).toEqual([
      expect.stringMatching(/^warning snapshot-cost .*enough for 7 keys\)\.$/),
    ]);
  });

  it('tells how many keys of the register fit', async () => {
    expect(await costOf('by: key', 'refs: uscc', ', perDay: 2000')).toEqual([
      expect.stringMatching(/^note snapshot-cost Readings ask for 1 keys a call, .*enough for 500 keys\)\.$/),
    ]);
  });
});
