import { spawnSync } from 'node:child_process';
import { compileSources } from '../../testing/compiled-sources.js';

it('answers every connection, those too that come while descriptors are had, and stops', async () => {
  const compiled = await compileSources();
  const hammer = compiled.pathOf('gateway/http/accept/testing/hammer.ts');
  const { stdout, status } = spawnSync(process.execPath, [hammer], { encoding: 'utf8', timeout: 30_000 });
  expect([status, JSON.parse(stdout)]).toEqual([0, { asked: 2000, answered: 2000 }]);
}, 60_000);
