import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DropScene } from '../testing/drop-scene.js';
import type { Drop } from './drop.js';
import { statDrop } from './drop.js';
import { compileNamePattern } from './match-name.js';
import { QuietDrops } from './quiet-drops.js';
import { stageDrop } from './stage-drop.js';

let scene: DropScene;
beforeEach(() => {
  scene = new DropScene();
});
afterEach(() => scene.stop());

async function dropOf(name: string): Promise<Drop> {
  const drop = await statDrop(scene.folder, name);
  if (drop === null) throw new Error(`${name} is not there`);
  return drop;
}

describe('stageDrop()', () => {
  it('gives the digest of the bytes that it copied', async () => {
    scene.drop('a.csv', 'abc');
    const target = join(scene.root, 'copy');
    const digest = await stageDrop(await dropOf('a.csv'), scene.folder, target);
    expect(digest).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(readFileSync(target, 'utf8')).toBe('abc');
  });

  it.each([
    ['written to', (path: string) => writeFileSync(path, 'abd')],
    ['appended to', (path: string) => writeFileSync(path, 'd', { flag: 'a' })],
    [
      'replaced',
      (path: string) => {
        writeFileSync(`${path}.part`, 'abd');
        renameSync(`${path}.part`, path);
      },
    ],
    ['deleted', (path: string) => rmSync(path)],
  ])('gives no digest of a drop that is %s while it is copied', async (_, change) => {
    const path = scene.drop('a.csv', 'x'.repeat(1 << 20));
    const drop = await dropOf('a.csv');
    const staging = stageDrop(drop, scene.folder, join(scene.root, 'copy'));
    // The copy has begun with what was there.
    while (!existsSync(join(scene.root, 'copy'))) await new Promise((resolve) => setImmediate(resolve));
    change(path);
    expect(await staging).toBeNull();
  });
});

describe('QuietDrops', () => {
  const drop = (stamp: string): Drop => ({
    name: 'a',
    path: '/a',
    size: 1,
    modifiedMs: 1,
    arrivedMs: 1,
    stamp,
  });

  it('takes a file for complete that stood unchanged between two looks for long enough', () => {
    const quiet = new QuietDrops(2000);
    expect(quiet.observe([drop('1')], 0)).toEqual({ quiet: [], isAllQuiet: false });
    expect(quiet.observe([drop('1')], 1999).isAllQuiet).toBe(false);
    expect(quiet.observe([drop('2')], 2000).isAllQuiet).toBe(false);
    expect(quiet.observe([drop('2')], 3999).isAllQuiet).toBe(false);
    expect(quiet.observe([drop('2')], 4000)).toEqual({ quiet: [drop('2')], isAllQuiet: true });
    quiet.forget(drop('2'));
    expect(quiet.observe([drop('2')], 9000).isAllQuiet).toBe(false);
  });

  it('begins anew with a file that was away', () => {
    const quiet = new QuietDrops(0);
    quiet.observe([drop('1')], 0);
    quiet.observe([], 1);
    expect(quiet.observe([drop('1')], 2).quiet).toEqual([]);
  });
});

describe('compileNamePattern()', () => {
  it.each([
    ['民宿台账*.xlsx', '民宿台账20260629.XLSX', true],
    ['民宿台账*.xlsx', '民宿台账.xlsx', true],
    ['民宿台账*.xlsx', '旧民宿台账.xlsx', false],
    ['a?.csv', 'a1.csv', true],
    ['a?.csv', 'a12.csv', false],
    ['a.csv', 'aXcsv', false],
    ['(a)[1]+.csv', '(A)[1]+.csv', true],
    ['caf\u00e9.csv', 'cafe\u0301.csv', true],
    ['*', 'a.part', false],
    ['*', 'a.TMP', false],
    ['*', '~$a.xlsx', false],
    ['*', '.a.csv', false],
    ['*', 'a\nb', true],
  ])('%s and %j: %s', (pattern, name, isMatch) => {
    expect(compileNamePattern(pattern)(name)).toBe(isMatch);
  });
});
