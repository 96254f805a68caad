import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { startOwnTime } from './own-time.js';

describe('startOwnTime()', () => {
  it('counts waiting and working in full', async () => {
    const time = startOwnTime();
    const cpu = process.cpuUsage();
    await wait(300);
    while (process.cpuUsage(cpu).user < 400_000);
    // The two may overlap by what the process does while it waits.
    expect(time.stop()).toBeGreaterThan(500);
  });

  it('does not count while the process does not run', () => {
    const time = startOwnTime();
    // As on a busy machine: this thread neither runs nor turns to its timers.
    spawnSync('sleep', ['0.5']);
    expect(time.stop()).toBeLessThan(300);
  });
});
