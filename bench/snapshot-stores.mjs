// Snapshots in ClickHouse against the embedded store, through the port that queries use:
//   node bench/snapshot-stores.mjs [ROWS] [ROWS OF THE COMPARISON]
// Takes the server of CLICKHOUSE_URL, else chdb behind HTTP as the tests do (installed into test/databases/chdb).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openClickHouseStore } from '../dist/adapters/snapshot/clickhouse/clickhouse-store.js';
import { openEmbeddedStore } from '../dist/adapters/snapshot/embedded-store.js';

const ROWS = Number(process.argv[2] ?? 10_000_000);
const COMPARED = Number(process.argv[3] ?? 1_000_000);
const BATCH = 10_000;
const PAGE = 20;
const REPEATS = 15;
/** Of the counters in /proc. */
const TICK_MS = 10;
const HOME = fileURLToPath(new URL('../test/databases/chdb', import.meta.url));

const COLUMNS = ['id', 'day', 'department', 'year', 'subject', 'amount', 'remark'];
const TYPES = ['text', 'date', 'text', 'text', 'text', 'decimal', 'text'];

/** @param {number} index the same row for the same number */
function rowOf(index) {
  const mixed = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const day = new Date(Date.UTC(2016, 0, 1 + (mixed % 3650))).toISOString().slice(0, 10);
  return [
    String(mixed).padStart(10, '0') + String(index).padStart(9, '0'),
    day,
    `department-${(mixed >>> 7) % 20}`,
    day.slice(0, 4),
    `91330922MA28K${String((mixed >>> 3) % 1_000_000).padStart(6, '0')}`,
    `${mixed % 100_000}.${String(index % 100).padStart(2, '0')}`,
    `检查记录 ${index}`,
  ];
}

/** @param {import('../dist/adapters/snapshot/snapshot-store.js').SnapshotStore} store @param {number} rows */
async function fill(store, rows) {
  const table = store.table({
    name: 'bench.inspection',
    columns: COLUMNS,
    key: ['id'],
    indexes: [['id'], ['day'], ['subject']],
    fingerprint: `bench-${rows}`,
  });
  const started = performance.now();
  const writer = await table.begin(COLUMNS.map((name, index) => ({ name, type: TYPES[index] })));
  for (let start = 0; start < rows; start += BATCH) {
    await writer.write(
      Array.from({ length: Math.min(BATCH, rows - start) }, (_, index) => rowOf(start + index)),
    );
  }
  const readAt = new Date().toISOString();
  await writer.publish({ readAt, wholeAt: readAt, since: null });
  return { adapter: table.adapter, seconds: (performance.now() - started) / 1000 };
}

const bounds = () => ({ signal: new AbortController().signal, timeoutMs: 600_000, maxBytes: 1 << 28 });
const ORDER = ['day', 'id'].map((column) => ({ column, direction: 'desc', nulls: 'excluded' }));
const PRESENT = { kind: 'not', of: { kind: 'isNull', column: 'day' } };

/** Medians of what the hub asks of an interface, in milliseconds. */
async function measure(adapter, rows) {
  const from = { name: 'bench.inspection' };
  const page = (after) =>
    adapter.read(
      {
        from,
        columns: COLUMNS,
        where: PRESENT,
        orderBy: ORDER,
        limit: PAGE,
        ...(after !== undefined && { after }),
      },
      bounds(),
    );
  const tally = (columns) =>
    adapter.tally(
      { from, where: { kind: 'always' }, groupBy: columns.map((column) => ({ column })), maxGroups: 500_000 },
      bounds(),
    );
  // Where page 1000 begins.
  const before = await adapter.read(
    { from, columns: ['day', 'id'], where: PRESENT, orderBy: ORDER, limit: 999 * PAGE },
    bounds(),
  );
  const found = rowOf(Math.floor(rows / 2));
  const lookUp = { kind: 'in', column: 'subject', values: [found[4]] };
  return {
    'page 1': await median(() => page()),
    'page 1000': await median(() => page(before.at(-1))),
    'one subject': await median(() =>
      adapter.read({ from, columns: COLUMNS, where: lookUp, orderBy: [], limit: 100 }, bounds()),
    ),
    count: await median(() => tally([])),
    'department × year': await median(() => tally(['department', 'year'])),
    'department × day': await median(() => tally(['department', 'day']), 5),
  };
}

/** Processor time of the server, of all its threads, where this process started it; else 0. In milliseconds. */
function serverCpuMs() {
  if (server.pid === undefined || !existsSync(`/proc/${server.pid}/stat`)) return 0;
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

async function median(work, repeats = REPEATS) {
  await work();
  const times = [];
  const before = serverCpuMs();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  const ms = times.sort((a, b) => a - b)[Math.floor(repeats / 2)];
  return { ms, cpuMs: (serverCpuMs() - before) / repeats };
}

async function startServer(folder) {
  const given = process.env.CLICKHOUSE_URL ?? '';
  if (given !== '') {
    const { origin, username, password } = new URL(given);
    return {
      url: origin,
      user: username || 'default',
      password: decodeURIComponent(password),
      stop: () => undefined,
    };
  }
  if (!existsSync(join(HOME, 'node_modules'))) {
    console.log('Installing chdb into test/databases/chdb (546 MB) …');
    const words = [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
    ];
    spawnSync('npm', words, { cwd: HOME, stdio: 'inherit' });
  }
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
  const server = spawn(
    process.execPath,
    [join(HOME, 'chdb-server.mjs'), String(port), join(folder, 'data')],
    {
      stdio: 'inherit',
    },
  );
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await delay(100);
  return { url, user: 'default', password: '', pid: server.pid, stop: () => server.kill('SIGKILL') };
}

async function ask({ url, user, password }, text) {
  const headers = { 'x-clickhouse-user': user, 'x-clickhouse-key': password };
  const answer = await fetch(url, { method: 'POST', headers, body: text });
  if (!answer.ok) throw new Error(await answer.text());
}

function show(results) {
  const names = Object.keys(Object.values(results)[0] ?? {});
  const widths = [20, ...Object.keys(results).map((name) => Math.max(16, name.length))];
  const line = (cells) => cells.map((cell, index) => String(cell).padStart(widths[index] ?? 16)).join(' ');
  console.log(line(['ms (CPU of server)', ...Object.keys(results)]));
  for (const name of names) {
    console.log(
      line([
        name,
        ...Object.values(results).map((one) => `${one[name].ms.toFixed(1)} (${one[name].cpuMs.toFixed(0)})`),
      ]),
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), 'eg-stores-'));
const server = await startServer(folder);
const database = `eg_bench_${process.pid}`;
await ask(server, `CREATE DATABASE ${database}`);
const clickHouse = openClickHouseStore({
  url: server.url,
  database,
  user: server.user,
  password: server.password,
});
const embedded = openEmbeddedStore(join(folder, 'embedded'));
try {
  const results = {};
  for (const [name, store, rows] of [
    ['embedded', embedded, COMPARED],
    ['ClickHouse', clickHouse, COMPARED],
    ['ClickHouse', clickHouse, ROWS],
  ]) {
    const { adapter, seconds } = await fill(store, rows);
    console.log(`${name}: ${rows} rows written in ${seconds.toFixed(0)} s`);
    results[`${name} ${rows / 1e6} M`] = await measure(adapter, rows);
  }
  show(results);
} finally {
  await clickHouse.close();
  await embedded.close();
  await ask(server, `DROP DATABASE ${database}`).catch(() => undefined);
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}
