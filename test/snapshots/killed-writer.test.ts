import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ALWAYS } from '../../adapters/condition.js';
import { openEmbeddedStore } from '../../adapters/snapshot/embedded-store.js';
import { wideBounds } from '../../adapters/testing/contract-bounds.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { atDepth } from '../deep.js';

const KILLS = atDepth(15, 50);
const ROWS = 500;
const SCRIPT = join(import.meta.dirname, 'write-snapshots.mjs');

/** Resolves when the process has said a word. */
async function told(output: Readable, word: string): Promise<void> {
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes(word)) return;
  }
}

/** What a new process finds: every row says the round of its version. */
async function lookAt(folder: string): Promise<{ readonly rows: number; readonly rounds: number }> {
  const store = openEmbeddedStore(folder);
  const table = store.table({
    name: 'test.killed',
    columns: ['id', 'round'],
    key: ['id'],
    indexes: [['id']],
    fingerprint: 'killed',
  });
  try {
    if ((await table.serving()) === null) return { rows: 0, rounds: 0 };
    const request = { from: { name: 'test.killed' }, columns: ['id', 'round'], where: ALWAYS, orderBy: [] };
    const rows = await table.adapter.read({ ...request, limit: ROWS * 2 }, wideBounds());
    return {
      rows: new Set(rows.map(([id]) => id)).size,
      rounds: new Set(rows.map(([, round]) => round)).size,
    };
  } finally {
    await store.close();
  }
}

it(`serves one whole version after every one of ${KILLS} kills in the middle of writing`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-killed-'));
  const { pathOf } = await compileSources();
  let served = 0;
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const writer = spawn(
        process.execPath,
        [SCRIPT, pathOf('adapters/snapshot/embedded-store.ts'), folder, String(ROWS)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      await told(writer.stdout, kill % 5 === 0 ? 'begun' : 'published');
      await delay((kill % 10) * 4);
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const { rows, rounds } = await lookAt(folder);
      // Only before the very first version is there none.
      if (rows > 0) served += 1;
      expect({ kill, rows, rounds }).toEqual(
        rows === 0 && served === 0 ? { kill, rows: 0, rounds: 0 } : { kill, rows: ROWS, rounds: 1 },
      );
    }
    expect(served).toBeGreaterThan(KILLS / 2);
    const versions = readdirSync(join(folder, 'test.killed')).filter((name) => name.endsWith('.sqlite'));
    // What serves, the one before, and what a kill left between keeping and publishing.
    expect(versions.length).toBeLessThan(10);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
