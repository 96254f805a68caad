import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { USUAL_SETTINGS } from '../../county/config/gateway-settings.js';
import {
  openTestHistories,
  type TestHistories,
} from '../../county/observe/history/testing/test-histories.js';
import { createLogger } from '../../gateway/observe/logger.js';
import { systemClock } from '../../runtime/clock.js';
import { findProjectRoot } from '../../runtime/project-root.js';
import { GATEWAY_PROCESS } from '../../subgraphs/port/watched-parts.js';
import { openWatching } from './open-watching.js';

let histories: TestHistories;
let folder: string;
beforeAll(async () => {
  histories = await openTestHistories();
  folder = mkdtempSync(join(tmpdir(), 'eg-watching-'));
}, 120_000);
afterAll(async () => {
  await histories.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function open(today: string | null) {
  const gateway = { ...USUAL_SETTINGS, history: histories.addressOf('of_county') };
  return openWatching({
    root: findProjectRoot(),
    config: { today, gateway },
    clock: systemClock,
    folder,
    logger: createLogger('silent'),
    process: GATEWAY_PROCESS,
  });
}

describe('openWatching() with a history that machines share', () => {
  it('keeps it there and in no file', async () => {
    const watching = await open(null);
    await watching.tick();
    expect(watching.isObserving()).toBe(true);
    const client = new pg.Client(histories.serverUrl);
    await client.connect();
    const { rows } = await client.query('SELECT observer FROM of_county.turn');
    await client.end();
    expect(rows).toEqual([{ observer: expect.stringContaining(folder) }]);
    await watching.close();
    expect(existsSync(join(folder, 'observed.sqlite'))).toBe(false);
  });

  it('refuses it to a county whose clock begins the same day at every start', async () => {
    await expect(open('2026-06-30')).rejects.toThrow(/^演示县的时钟自定/);
  });
});
