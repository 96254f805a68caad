import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjectRoot } from '../../runtime/project-root.js';
import { buildConsole } from '../console/build-console.js';
import { listenLocally } from '../databases/listen-locally.js';
import { lockedPackages } from './locked-packages.js';

const root = findProjectRoot();
const WEAKNESS = {
  id: 1,
  url: 'https://advisories.example/1',
  title: 'Queries that never end',
  severity: 'high',
  vulnerable_versions: '<=99',
};

/** What a registry answers: to the list of packages, and to a look-up of one of them. */
function registry(advisories: object | null): Server {
  return createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (advisories === null) response.writeHead(405).end();
    else if (request.method === 'POST') response.end(JSON.stringify(advisories));
    else response.end(JSON.stringify(known(decodeURIComponent(request.url ?? '').slice(1))));
  });
}

/** What a registry tells of a package: here of the versions in the lockfile alone. */
function known(name: string): object {
  const locked = lockedPackages().filter((each) => each.name === name);
  return { name, versions: Object.fromEntries(locked.map((each) => [each.version, each])) };
}

/** Ends with the exit code and what was said. */
async function audit(advisories: object | null): Promise<{ code: number | null; said: string }> {
  const server = registry(advisories);
  const port = await listenLocally(server);
  try {
    const child = spawn(
      process.execPath,
      [join(root, 'deploy/supply/audit-dependencies.mjs'), await buildConsole()],
      {
        env: {
          PATH: process.env.PATH,
          HOME: mkdtempSync(join(tmpdir(), 'audit-home-')),
          npm_config_registry: `http://127.0.0.1:${port}/`,
        },
      },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    return { code, said };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('npm run audit:dependencies', () => {
  it('ends with 0 when the registry knows of no weakness', async () => {
    const { code, said } = await audit({});
    expect(said).toMatch(/Asked for \d{3} packages; weaknesses are known of 0\./);
    expect(code).toBe(0);
  });

  it.each([
    ['of production', 'graphql'],
    ['of the page', 'zrender'],
  ])('names a package %s with a known weakness and ends with 1', async (_, name) => {
    const { code, said } = await audit({ [name]: [WEAKNESS] });
    expect(said).toContain(`high ${name}: Queries that never end https://advisories.example/1`);
    expect(code).toBe(1);
  });

  it('says that nobody was asked and ends with 3 when the registry does not answer', async () => {
    const { code, said } = await audit(null);
    expect(said).toContain('Not asked: the registry does not answer (405 Method Not Allowed');
    expect(said).not.toContain('127.0.0.1');
    expect(code).toBe(3);
  });
});
