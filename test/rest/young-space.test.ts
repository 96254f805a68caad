import { Worker } from 'node:worker_threads';
import { type CompiledSources, compileSources } from '../../gateway/testing/compiled-sources.js';

let compiled: CompiledSources;
beforeAll(async () => {
  compiled = await compileSources();
}, 60_000);

/** Told: megabytes of a fresh thread's space for young objects, after much has outlived collections: held, then released. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const { getHeapSpaceStatistics } = require('node:v8');
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20;
let kept = [];
const outlive = () => {
  for (let index = 0; index < 2e6; index++) {
    kept.push({ index });
    if (kept.length > 1e5) kept = [];
  }
  return size();
};
import(workerData).then(({ holdYoungSpaces, releaseYoungSpaces }) => {
  holdYoungSpaces();
  const held = outlive();
  releaseYoungSpaces();
  parentPort.postMessage({ held, released: outlive() });
});`;

test('the space for young objects stays as it is while it is held, and grows again', async () => {
  const thread = new Worker(SCRIPT, {
    eval: true,
    workerData: compiled.pathOf('runtime/rest/young-space.ts'),
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  const { held, released } = await new Promise<{ held: number; released: number }>((resolve, reject) => {
    thread.once('message', resolve).once('error', reject);
  });
  await thread.terminate();
  // Of two semi-spaces of a megabyte, V8 has up to four.
  expect(held).toBeLessThanOrEqual(4);
  expect(released).toBeGreaterThan(8);
});
