import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type CompiledSources, compileSources } from '../../gateway/testing/compiled-sources.js';

let compiled: CompiledSources;
beforeAll(async () => {
  compiled = await compileSources();
}, 60_000);

/** Told: megabytes of a fresh process's space for young objects, after much has outlived collections: held, then released. */
const SCRIPT = `
import { getHeapSpaceStatistics } from 'node:v8';
const { holdYoungSpaces, releaseYoungSpaces } = await import(process.argv[1]);
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size / 2 ** 20;
let kept = [];
const outlive = () => {
  for (let index = 0; index < 2e6; index++) {
    kept.push({ index });
    if (kept.length > 1e5) kept = [];
  }
  return size();
};
holdYoungSpaces();
const held = outlive();
releaseYoungSpaces();
console.log(JSON.stringify({ held, released: outlive() }));`;

test('the space for young objects stays as it is while it is held, and grows again', async () => {
  // A process of its own: the tests' has large spaces from the start.
  const words = ['--input-type=module', '--eval', SCRIPT, compiled.pathOf('runtime/rest/young-space.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  const { held, released } = JSON.parse(stdout);
  // Of two semi-spaces of a megabyte, V8 has up to four.
  expect(held).toBeLessThanOrEqual(4);
  expect(released).toBeGreaterThan(8);
});
