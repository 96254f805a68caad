import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { ALWAYS } from '../../adapters/condition.js';
import { openClickHouseStore } from '../../adapters/snapshot/clickhouse/clickhouse-store.js';
import { openEmbeddedStore } from '../../adapters/snapshot/embedded-store.js';
import type { SnapshotStore } from '../../adapters/snapshot/snapshot-store.js';
import { wideBounds } from '../../adapters/testing/contract-bounds.js';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { describeWithClickHouse, startClickHouse } from '../databases/start-clickhouse.js';
import { atDepth } from '../deep.js';

const ROWS = 500;
const SCRIPT = join(__dirname, 'write-snapshots.mjs');

/** A store that a process writes to until it is killed. */
interface KilledStore {
  readonly module: string;
  /** What opens it, and the argument. */
  readonly open: 'openEmbeddedStore' | 'openClickHouseStore';
  readonly place: unknown;
  readonly kills: number;
  /** As a new process opens it. */
  reopen(): SnapshotStore;
}

/** Resolves when the process has said a word. */
async function told(output: Readable, word: string): Promise<void> {
  for await (const chunk of output.iterator({ destroyOnReturn: false })) {
    if (String(chunk).includes(word)) return;
  }
}

/** What a new process finds: every row says the round of its version. */
async function lookAt(store: SnapshotStore): Promise<{ readonly rows: number; readonly rounds: number }> {
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

async function killWriters({ module, open, place, kills, reopen }: KilledStore): Promise<void> {
  const { pathOf } = await compileSources();
  let served = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const writer = spawn(
      process.execPath,
      [SCRIPT, pathOf(module), open, JSON.stringify(place), String(ROWS)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await told(writer.stdout, kill % 5 === 0 ? 'begun' : 'published');
    await delay((kill % 10) * 4);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    const { rows, rounds } = await lookAt(reopen());
    // Only before the very first version is there none.
    if (rows > 0) served += 1;
    expect({ kill, rows, rounds }).toEqual(
      rows === 0 && served === 0 ? { kill, rows: 0, rounds: 0 } : { kill, rows: ROWS, rounds: 1 },
    );
  }
  expect(served).toBeGreaterThan(kills / 2);
}

it('serves one whole version after every kill in the middle of writing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'eg-killed-'));
  try {
    await killWriters({
      module: 'adapters/snapshot/embedded-store.ts',
      open: 'openEmbeddedStore',
      place: folder,
      kills: atDepth(15, 50),
      reopen: () => openEmbeddedStore(folder),
    });
    const versions = readdirSync(join(folder, 'test.killed')).filter((name) => name.endsWith('.sqlite'));
    // What serves, the one before, and what a kill left between keeping and publishing.
    expect(versions.length).toBeLessThan(10);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

describeWithClickHouse('in ClickHouse', () => {
  it('serves one whole version after every kill in the middle of writing', async () => {
    const { address, stop } = await startClickHouse();
    try {
      await killWriters({
        module: 'adapters/snapshot/clickhouse/clickhouse-store.ts',
        open: 'openClickHouseStore',
        place: address,
        kills: atDepth(6, 40),
        reopen: () => openClickHouseStore(address),
      });
    } finally {
      await stop();
    }
  }, 180_000);
});
