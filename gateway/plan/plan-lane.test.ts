import type { Crowd } from '../../runtime/call/shared-work.js';
import { createPlanLane } from './plan-lane.js';

const STAYING: Crowd = { isGone: false, onGone: () => undefined, drop: () => undefined };
const job = (document: string) => ({ document });

describe('createPlanLane()', () => {
  let now = 1000;
  beforeEach(() => {
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('refuses at once while the first has waited for half a second, and no longer', async () => {
    const lane = createPlanLane();
    for (const document of ['a', 'b']) void lane.enter(job(document), STAYING, 0);
    now += 500;
    void lane.enter(job('c'), STAYING, 0);
    now += 1;
    await expect(lane.enter(job('d'), STAYING, 0)).rejects.toMatchObject({ kind: 'busy' });
    expect(['a', 'b'].map(() => lane.next()?.job.document)).toEqual(['a', 'b']);
    void lane.enter(job('e'), STAYING, 0);
    expect([lane.next()?.job.document, lane.next()?.job.document, lane.next()]).toEqual([
      'c',
      'e',
      undefined,
    ]);
  });

  it('counts no time in which there is no planner yet', async () => {
    const lane = createPlanLane();
    void lane.enter(job('a'), STAYING, null);
    now += 3000;
    void lane.enter(job('b'), STAYING, null);
    void lane.enter(job('c'), STAYING, now - 400);
    await expect(lane.enter(job('d'), STAYING, now - 501)).rejects.toMatchObject({ kind: 'busy' });
  });

  it('holds a hundred', async () => {
    const lane = createPlanLane();
    for (let number = 0; number < 100; number++) void lane.enter(job('a'), STAYING, null);
    await expect(lane.enter(job('b'), STAYING, null)).rejects.toMatchObject({ kind: 'busy' });
  });
});
