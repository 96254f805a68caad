import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { segmentName } from '../trail/segment-names.js';
import type { CopyPlace } from './copy-place.js';
import { TrailCopy } from './trail-copy.js';

const folder = mkdtempSync(join(tmpdir(), 'eg-copy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A place that keeps nothing before it is told to go on. */
function slowPlace() {
  const files = new Map<string, Buffer>();
  const adding: { readonly name: string; readonly goOn: () => void }[] = [];
  let tell: () => void = () => undefined;
  const place: CopyPlace = {
    sizes: async () => new Map([...files].map(([name, bytes]) => [name, bytes.length])),
    add: async (name, size, bytes) => {
      await new Promise<void>((goOn) => {
        adding.push({ name, goOn });
        tell();
      });
      files.set(name, Buffer.concat([(files.get(name) ?? Buffer.alloc(0)).subarray(0, size), bytes]));
    },
    read: async (name, start, length) => (files.get(name) ?? Buffer.alloc(0)).subarray(start, start + length),
    remove: async (name) => void files.delete(name),
  };
  const next = async (): Promise<string> => {
    if (adding.length === 0)
      await new Promise<void>((resolve) => {
        tell = resolve;
      });
    return adding[0]?.name ?? '';
  };
  const goOn = (): void => adding.shift()?.goOn();
  return { place, names: () => [...files.keys()].sort(), next, goOn };
}

it('makes nothing anew that was removed while it was copied, or before its turn came', async () => {
  for (const segment of [1, 2, 3]) writeFileSync(join(folder, segmentName(segment)), `segment ${segment}`);
  const { place, names, next, goOn } = slowPlace();
  const copy = new TrailCopy(folder, place);
  copy.copyUntil(3, 5);
  expect(await next()).toBe(segmentName(1));
  const removed = [copy.remove(1), copy.remove(2)];
  goOn();
  await Promise.all(removed);
  expect(await next()).toBe(segmentName(3));
  goOn();
  await copy.settle();
  expect([names(), copy.state()]).toEqual([[segmentName(3)], { kind: 'level' }]);
});
