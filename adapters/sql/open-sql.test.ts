import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { startOwnTime } from '../../test/own-time.js';
import { ALWAYS } from '../condition.js';
import type { ReadRequest } from '../source-adapter.js';
import { SourceRejected, SourceTimeout } from '../source-error.js';
import { wideBounds } from '../testing/contract-bounds.js';
import { openSqlAdapter } from './open-sql.js';
import { type SqlConnectionConfig, sqlConnectionConfig } from './sql-config.js';

const READ: ReadRequest = {
  from: { name: 'items' },
  columns: ['id'],
  where: { kind: 'compare', column: 'name', op: 'eq', value: "O'Brien" },
  orderBy: [{ column: 'id', direction: 'desc', nulls: 'last' }],
  after: [7],
  limit: 3,
};

describe('configuration', () => {
  test.each<[string, unknown, string]>([
    ['an unknown dialect', { dialect: 'oracle', url: 'oracle://h/d' }, 'dialect'],
    ['an unknown key', { dialect: 'sqlite', file: 'a.db', mode: 'rw' }, 'mode'],
    ['no file', { dialect: 'sqlite', file: '' }, 'file'],
    ['a URL of another scheme', { dialect: 'postgres', url: 'mysql://h/d' }, 'url'],
    ['a text that is no URL', { dialect: 'mysql', url: 'localhost' }, 'url'],
    ['a MySQL URL without a database', { dialect: 'mysql', url: 'mysql://h' }, 'url'],
    ['no connections', { dialect: 'postgres', url: 'postgres://h/d', maxConnections: 0 }, 'maxConnections'],
  ])('%s is refused by name', (_, config, where) => {
    const { error } = sqlConnectionConfig.safeParse(config);
    expect(JSON.stringify(error?.issues)).toContain(where);
  });

  test('opening connects to nothing', async () => {
    const adapter = openSqlAdapter({ dialect: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' });
    expect(adapter.kind).toBe('postgres');
    await adapter.close();
  });
});

describe('a server that accepts and then says nothing', () => {
  let server: Server;
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.resume();
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A process loads its drivers when it opens, long before it reads; here that would take longer than the deadline.
    await Promise.all([import('pg'), import('mysql2')]);
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  test.each(['postgres', 'mysql'] as const)(
    '%s: costs the deadline, and no socket after closing',
    async (dialect) => {
      const { port } = server.address() as AddressInfo;
      const adapter = openSqlAdapter({ dialect, url: `${dialect}://user@127.0.0.1:${port}/database` });
      const time = startOwnTime();
      await expect(adapter.read(READ, { ...wideBounds(), timeoutMs: 200 })).rejects.toBeInstanceOf(
        SourceTimeout,
      );
      expect(time.stop()).toBeLessThan(1000);
      expect(sockets.size).toBe(1);
      await adapter.close();
      for (let wait = 0; wait < 100 && sockets.size > 0; wait += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(sockets.size).toBe(0);
    },
  );
});

describe('before the source was asked for its shape', () => {
  const CONFIGS: readonly SqlConnectionConfig[] = [
    { dialect: 'sqlite', file: 'missing.db' },
    { dialect: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' },
    { dialect: 'mysql', url: 'mysql://nobody@127.0.0.1:1/none' },
  ];

  test.each(CONFIGS)('$dialect explains a read as a statement with its values apart', (config) => {
    const text = openSqlAdapter(config).explain(READ);
    const [note, statement, ...values] = text.split('\n');
    expect(note).toContain('not been described');
    expect(statement).toMatch(/^SELECT t\.["`]id["`] FROM ["`]items["`] AS t WHERE .* ORDER BY .* LIMIT 3;$/);
    expect(statement).not.toContain('Brien');
    expect(values).toContain('-- 1: "O\'Brien"');
  });

  test.each(CONFIGS)('$dialect names an index', (config) => {
    expect(openSqlAdapter(config).suggestIndex('items', ['name', 'id'])).toMatch(/["`]name["`].*["`]id["`]/);
  });

  test.each(CONFIGS)('$dialect refuses to explain a name that cannot be quoted', (config) => {
    const request: ReadRequest = { ...READ, columns: ['id"`'], where: ALWAYS };
    expect(() => openSqlAdapter(config).explain(request)).toThrow(SourceRejected);
  });
});
