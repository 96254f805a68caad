import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { oncePerRun } from '../run/once-per-run.js';
import { findFreePort, startGuarded, waitUntilReady } from './guarded-server.js';
import { findProgram, giveTo, identityOf, installPackages, runToEnd, versionedFolders } from './run-as.js';
import type { TestDatabase } from './test-database.js';

/**
 * PostgreSQL: a fresh database within the server of `PG_URL` when that is set, else within a private server of the
 * installed programs, else (Debian, root) of programs installed now.
 */
export async function startPostgres(): Promise<TestDatabase> {
  const given = process.env.PG_URL;
  const isGiven = given !== undefined && given !== '';
  return createDatabase(isGiven ? given : await oncePerRun('postgres', startPrivateServer, isRunning));
}

/** The server ends with the worker process that started it, and a worker may crash before the run ends. */
function isRunning(url: string): Promise<boolean> {
  return runOn(url, 'SELECT 1').then(
    () => true,
    () => false,
  );
}

/** The URL of its database for administration. */
async function startPrivateServer(): Promise<string> {
  const programs = findPrograms();
  const identity = identityOf('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-postgres-'));
  giveTo(identity, folder);
  const data = join(folder, 'data');
  runToEnd(
    programs.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--encoding=UTF8', '--locale=C.UTF-8'],
    identity,
  );
  const port = await findFreePort();
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'listen_addresses=127.0.0.1',
  ];
  const server = startGuarded(folder, identity, programs.postgres, [
    ...['-D', data, '-p', String(port), '-k', folder],
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  try {
    await waitUntilReady(server, () => runOn(url, 'SELECT 1'));
    return url;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function findPrograms(): { initdb: string; postgres: string } {
  for (const attempt of ['installed', 'install'] as const) {
    if (attempt === 'install') installPackages(['postgresql']);
    const folders = versionedFolders('/usr/lib/postgresql');
    const [initdb, postgres] = [findProgram(['initdb'], folders), findProgram(['postgres'], folders)];
    if (initdb !== null && postgres !== null) return { initdb, postgres };
  }
  throw new Error(
    'Cannot start PostgreSQL for the tests: install it (apt-get install postgresql) or set PG_URL to the URL of a server in which an account may create databases',
  );
}

async function createDatabase(server: string): Promise<TestDatabase> {
  const name = `enforcement_test_${randomBytes(6).toString('hex')}`;
  await runOn(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  let stopped: Promise<void> | null = null;
  const stop = () => runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined);
  return {
    url: url.href,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}
