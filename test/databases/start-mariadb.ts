import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { oncePerRun } from '../run/once-per-run.js';
import { findFreePort, startGuarded, waitUntilReady } from './guarded-server.js';
import { findProgram, giveTo, identityOf, installPackages, runToEnd } from './run-as.js';
import type { TestDatabase } from './test-database.js';

/**
 * MariaDB or MySQL: a fresh database within the server of `MYSQL_URL` when that is set, else within a private MariaDB
 * of the installed programs, else (Debian, root) of programs installed now.
 */
export async function startMariadb(): Promise<TestDatabase> {
  const given = process.env.MYSQL_URL;
  const isGiven = given !== undefined && given !== '';
  return createDatabase(isGiven ? given : await oncePerRun('mariadb', startPrivateServer, isRunning));
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
  const identity = identityOf('mysql');
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-mariadb-'));
  giveTo(identity, folder);
  const data = join(folder, 'data');
  runToEnd(
    programs.install,
    [...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal'], '--skip-test-db'],
    identity,
  );
  const port = await findFreePort();
  const server = startGuarded(folder, identity, programs.server, [
    ...['--no-defaults', `--datadir=${data}`, `--socket=${join(folder, 'server.sock')}`],
    ...[`--pid-file=${join(folder, 'server.pid')}`, `--port=${port}`, '--bind-address=127.0.0.1'],
    ...['--skip-networking=OFF', '--skip-name-resolve', '--character-set-server=utf8mb4'],
    ...['--innodb-flush-log-at-trx-commit=0', '--innodb-flush-method=nosync', '--innodb-doublewrite=OFF'],
    ...['--innodb-buffer-pool-size=64M', '--performance-schema=OFF'],
  ]);
  const url = `mysql://root@127.0.0.1:${port}/mysql`;
  try {
    await waitUntilReady(server, () => runOn(url, 'SELECT 1'));
    return url;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function findPrograms(): { install: string; server: string } {
  for (const attempt of ['installed', 'install'] as const) {
    if (attempt === 'install') installPackages(['mariadb-server']);
    const install = findProgram(['mariadb-install-db'], []);
    const server = findProgram(['mariadbd'], []);
    if (install !== null && server !== null) return { install, server };
  }
  throw new Error(
    'Cannot start MariaDB for the tests: install it (apt-get install mariadb-server) or set MYSQL_URL to the URL of a server in which an account may create databases',
  );
}

async function createDatabase(server: string): Promise<TestDatabase> {
  const name = `enforcement_test_${randomBytes(6).toString('hex')}`;
  // The default collation of most county databases: it ignores letter case and trailing spaces.
  await runOn(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  let stopped: Promise<void> | null = null;
  const stop = () => runOn(server, `DROP DATABASE IF EXISTS ${name}`).catch(() => undefined);
  return {
    url: url.href,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function runOn(url: string, statement: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: url });
  try {
    await connection.query(statement);
  } finally {
    connection.destroy();
  }
}
