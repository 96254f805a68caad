import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort, startGuarded, waitUntilReady } from './guarded-server.js';
import { findProgram, giveTo, identityOf, installPackages } from './run-as.js';
import type { TestDatabase } from './test-database.js';

/**
 * pgbouncer before a PostgreSQL database: sessions of the server are lent for one transaction each, to whoever comes
 * first. The database's account must need no password.
 */
export async function startPgbouncer(
  database: string,
  mode: 'transaction' | 'statement',
): Promise<TestDatabase> {
  const program = findPgbouncer();
  const identity = identityOf('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'enforcement-pgbouncer-'));
  const { hostname, port, pathname, username } = new URL(database);
  const own = await findFreePort();
  const settings = [
    '[databases]',
    `${pathname.slice(1)} = host=${hostname} port=${port}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    'unix_socket_dir =',
    'auth_type = trust',
    `auth_file = ${join(folder, 'users')}`,
    `pool_mode = ${mode}`,
    'default_pool_size = 2',
  ];
  writeFileSync(join(folder, 'users'), `"${username}" ""\n`);
  writeFileSync(join(folder, 'pgbouncer.ini'), `${settings.join('\n')}\n`);
  giveTo(identity, folder);
  const server = startGuarded(folder, identity, program, [join(folder, 'pgbouncer.ini')]);
  const url = new URL(database);
  [url.hostname, url.port] = ['127.0.0.1', String(own)];
  await waitUntilReady(server, () => ping(url.href));
  return { url: url.href, stop: () => server.stop() };
}

function findPgbouncer(): string {
  for (const attempt of ['installed', 'install'] as const) {
    if (attempt === 'install') installPackages(['pgbouncer']);
    const program = findProgram(['pgbouncer'], []);
    if (program !== null) return program;
  }
  throw new Error('Cannot start pgbouncer for the tests: install it (apt-get install pgbouncer)');
}

async function ping(url: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}
