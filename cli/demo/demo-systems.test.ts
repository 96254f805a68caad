import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDemo } from '../../demo/build-demo.js';
import { hotlineStore } from '../../demo/stores/hotline/hotline.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { until } from '../../gateway/testing/until.js';
import { runEnvironment } from '../../test/run/once-per-run.js';

const folder = join(mkdtempSync(join(tmpdir(), 'eg-systems-')), 'county');
let systems: string;

beforeAll(async () => {
  systems = pathToFileURL((await compileSources()).pathOf('cli/demo/demo-systems.ts')).href;
  await buildDemo({ folder, seed: 2, size: 'tiny', stores: [hotlineStore] });
}, 120_000);
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** A process that starts the systems, says where they are and goes on with `then`. */
async function startThere(
  then: string,
  of = folder,
): Promise<{ readonly child: ChildProcess; said: string }> {
  const code = `import { startDemoSystems } from ${JSON.stringify(systems)};
    const systems = await startDemoSystems(${JSON.stringify(of)}).catch((error) => ({ urls: error.message, close() {} }));
    console.log(JSON.stringify(systems.urls));
    ${then}`;
  const file = join(folder, '..', 'starts.mjs');
  writeFileSync(file, code);
  const child = spawn(process.execPath, [file], { env: runEnvironment() });
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { child, said: String(said) };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

async function urlOf(said: string): Promise<string> {
  const [[name, url]] = JSON.parse(said) as [[string, string]];
  expect([name, await answers(url)]).toEqual(['hotline', true]);
  return url;
}

describe('the process of the demo systems', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'ends when whoever started it is ended by %s',
    async (signal) => {
      const { child, said } = await startThere('setInterval(() => undefined, 1000);');
      const url = await urlOf(said);
      child.kill(signal);
      await until(async () => !(await answers(url)));
    },
    30_000,
  );

  it('ends when it is closed, and nothing keeps whoever started it', async () => {
    const { child, said } = await startThere(
      "process.stdin.once('data', async () => { await systems.close(); process.stdin.destroy(); });",
    );
    const url = await urlOf(said);
    child.stdin?.write('close\n');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await answers(url)).toBe(false);
  }, 30_000);

  it('says why it cannot be started', async () => {
    const { child, said } = await startThere('', join(folder, 'nowhere'));
    expect(said).toMatch(/Cannot start the demo county's systems: .*nowhere/);
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  }, 30_000);
});
