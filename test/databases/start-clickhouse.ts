import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClickHouseAddress } from '../../adapters/snapshot/clickhouse/clickhouse-server.js';
import { oncePerRun } from '../run/once-per-run.js';
import { findFreePort, startGuarded, waitUntilReady } from './guarded-server.js';
import { CHDB_HOME, installChdb } from './install-chdb.js';

/** A database of a ClickHouse server, empty at first. */
export interface TestClickHouse {
  readonly address: ClickHouseAddress;
  /** Rows of a statement with the parameters p1, p2 …, as texts. */
  ask(text: string, params?: readonly string[]): Promise<readonly (readonly unknown[])[]>;
  stop(): Promise<void>;
}

const PASSWORD = 'a password: with "signs" & such';

/** `describe` with a ClickHouse; on a machine without one the suite is skipped, and says why. */
export function describeWithClickHouse(name: string, suite: () => void): void {
  const reason = isGiven() ? null : installChdb();
  if (reason === null) describe(name, suite);
  else describe.skip(`${name} — skipped: ${reason}`, suite);
}

/** A fresh database within the server of `CLICKHOUSE_URL` when that is set, else within one that the suites of a run share. */
export async function startClickHouse(): Promise<TestClickHouse> {
  const url = isGiven()
    ? String(process.env.CLICKHOUSE_URL)
    : await oncePerRun('clickhouse', startServer, isRunning);
  const { username, password, origin } = new URL(url);
  const database = `eg_${randomBytes(6).toString('hex')}`;
  const account = { user: username || 'default', password: decodeURIComponent(password) };
  const ask = async (text: string, within: string, params: readonly string[] = []) => {
    const named = params.map((value, index): [string, string] => [`param_p${index + 1}`, value]);
    const response = await fetch(`${origin}/?${new URLSearchParams([['database', within], ...named])}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': account.user, 'x-clickhouse-key': account.password },
      body: text,
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`Cannot ask ClickHouse: ${answer}`);
    return answer
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t'));
  };
  await ask(`CREATE DATABASE ${database}`, 'default');
  return {
    address: { url: origin, database, ...account },
    ask: (text, params) => ask(text, database, params),
    stop: () => ask(`DROP DATABASE IF EXISTS ${database}`, 'default').then(() => undefined),
  };
}

function isGiven(): boolean {
  return (process.env.CLICKHOUSE_URL ?? '') !== '';
}

function isRunning(url: string): Promise<boolean> {
  return fetch(new URL('/', new URL(url).origin)).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function startServer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-clickhouse-'));
  const port = await findFreePort();
  const args = [join(CHDB_HOME, 'chdb-server.mjs'), String(port), join(folder, 'data'), PASSWORD];
  const server = startGuarded(folder, {}, process.execPath, args);
  const url = `http://default:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`;
  await waitUntilReady(server, async () => {
    if (!(await isRunning(url))) throw new Error('Cannot reach ClickHouse yet');
  });
  return url;
}
