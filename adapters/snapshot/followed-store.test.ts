import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALWAYS } from '../condition.js';
import { openEmbeddedStore } from './embedded-store.js';
import type { SnapshotStore, SnapshotTable } from './snapshot-store.js';

const DEFINITION = { name: 'test.rows', columns: ['id'], key: ['id'], indexes: [], fingerprint: 'one' };
const BOUNDS = { signal: new AbortController().signal, timeoutMs: 5000, maxBytes: 1_000_000 };
const MOMENT = '2026-06-30T12:00:00.000+08:00';

let folder: string;
let kept: SnapshotStore;
let followed: SnapshotStore;
let writing: SnapshotTable;
let following: SnapshotTable;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-followed-'));
  kept = openEmbeddedStore(folder, 'keeps');
  followed = openEmbeddedStore(folder, 'follows');
  writing = kept.table(DEFINITION);
  following = followed.table(DEFINITION);
});
afterEach(async () => {
  await kept.close();
  await followed.close();
  rmSync(folder, { recursive: true, force: true });
});

async function publish(ids: readonly string[], readAt = MOMENT): Promise<void> {
  const writer = await writing.begin([{ name: 'id', type: 'text' }]);
  await writer.write(ids.map((id) => [id]));
  await writer.publish({ readAt, wholeAt: readAt, since: null });
}

async function idsOf(table: SnapshotTable): Promise<readonly unknown[]> {
  const request = { from: { name: 'test.rows' }, columns: ['id'], where: ALWAYS, orderBy: [], limit: 10 };
  return (await table.adapter.read(request, BOUNDS)).map(([id]) => id);
}

describe('a store that follows another one on the same folder', () => {
  it('serves each version from when it is published', async () => {
    expect(await following.serving()).toBeNull();
    for (const ids of [['a'], ['a', 'b'], ['c']]) {
      await publish(ids);
      expect(await idsOf(following)).toEqual(ids);
      expect((await following.serving())?.rows).toBe(ids.length);
    }
  });

  it('learns that the source was found unchanged', async () => {
    await publish(['a']);
    const before = await following.serving();
    const later = '2026-06-30T12:05:00.000+08:00';
    await publish(['a'], later);
    expect(await following.serving()).toEqual({ ...before, readAt: later, wholeAt: later });
  });

  it('finds the version that it is about to read, however many have come meanwhile', async () => {
    await publish(['0']);
    await following.serving();
    for (let version = 1; version < 5; version += 1) await publish([String(version)]);
    const files = readdirSync(join(folder, 'test.rows')).filter((name) => name.endsWith('.sqlite'));
    expect(files).toHaveLength(5);
    expect(await idsOf(following)).toEqual(['4']);
  });
});
