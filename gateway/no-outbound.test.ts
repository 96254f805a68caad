import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { runEnvironment } from '../test/run/once-per-run.js';
import { type CompiledSources, compileSources } from './testing/compiled-sources.js';
import { openRemoteShop, type RemoteShop } from './testing/remote-shop.js';

/** Everything that could make Apollo's libraries call home, as an operator's environment might have it. */
const TEMPTING = {
  APOLLO_KEY: 'service:county:0123456789abcdef',
  APOLLO_GRAPH_REF: 'county@current',
  APOLLO_SCHEMA_REPORTING: 'true',
  APOLLO_TELEMETRY_DISABLED: 'false',
  NODE_ENV: 'production',
};
const IDLE_MS = 5000;

interface Recorded {
  readonly kind: string;
  readonly target: string;
}

let compiled: CompiledSources;
let shop: RemoteShop;
let folder: string;
beforeAll(async () => {
  compiled = await compileSources();
  shop = await openRemoteShop(compiled);
  folder = mkdtempSync(join(tmpdir(), 'outbound-'));
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

function start(words: readonly string[], recordFile: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const recorder = pathToFileURL(compiled.pathOf('gateway/testing/connection-recorder.ts')).href;
  return spawn(process.execPath, ['--import', recorder, ...words], {
    env: { ...runEnvironment(), LOG_LEVEL: 'silent', RECORDED_CONNECTIONS: recordFile, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function read(recordFile: string): readonly Recorded[] {
  if (!existsSync(recordFile)) return [];
  const lines = readFileSync(recordFile, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

async function urlOf(child: ChildProcess): Promise<string> {
  for await (const chunk of child.stdout ?? []) {
    const url = /http:\S+/.exec(String(chunk))?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('the gateway ended without saying where it serves');
}

/** Asks a gateway of its own, and lets it alone for a while. @returns what it connected to, and its exit code. */
async function watch(engine: string, name: string, environment: NodeJS.ProcessEnv) {
  const recordFile = join(folder, `${name}.jsonl`);
  const main = compiled.pathOf('cli/main.ts');
  const words = [main, 'serve', '--open', '-s', shop.supergraphFile, '-p', '0', '--engine', engine];
  const gateway = start(words, recordFile, environment);
  try {
    const url = await urlOf(gateway);
    for (const query of [
      '{ products { title inStock } }',
      '{ __schema { types { name } } }',
      '{ nope }',
      '{ broken }',
    ]) {
      const body = JSON.stringify({ query });
      await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    }
    await fetch(new URL('/metrics', url));
    await fetch(new URL('/health/ready', url));
    await sleep(IDLE_MS);
  } finally {
    gateway.kill('SIGINT');
    await once(gateway, 'exit');
  }
  return { code: gateway.exitCode, recorded: read(recordFile).filter(({ kind }) => kind !== 'ready') };
}

const GATEWAYS: readonly (readonly [engine: string, name: string, environment: NodeJS.ProcessEnv])[] = [
  ['compiled', 'a bare environment', {}],
  ['compiled', "Apollo's variables set", TEMPTING],
  ['apollo', "Apollo's variables set", TEMPTING],
];

describe('a running gateway', () => {
  /** They mostly wait, and so at the same time. */
  let watched: readonly Awaited<ReturnType<typeof watch>>[];
  beforeAll(async () => {
    watched = await Promise.all(
      GATEWAYS.map(([engine, name, environment]) => watch(engine, `${engine}, ${name}`, environment)),
    );
  });

  it.each(GATEWAYS.map(([engine, name], index) => [engine, name, index] as const))(
    'connects to nothing but configured subgraphs: engine %s, %s',
    (_, __, index) => {
      const { code, recorded } = watched[index] ?? { code: null, recorded: [] };
      const isConfigured = ({ target }: Recorded) => shop.addresses.includes(target);
      expect(recorded.filter(isConfigured).length).toBeGreaterThan(0);
      // To "look up" an address that is a number asks nobody.
      const foreign = recorded.filter(
        (one) => !isConfigured(one) && !(one.kind === 'lookup' && isIP(one.target)),
      );
      expect(foreign).toEqual([]);
      expect(code).toBe(0);
    },
  );

  it('is watched by a recorder that sees connections, datagrams and look-ups', async () => {
    const recordFile = join(folder, 'probe.jsonl');
    const script = `
      fetch('http://127.0.0.1:2001/').catch(() => {});
      require('node:https').get('https://127.0.0.2:2/').on('error', () => {});
      require('node:tls').connect(3, '127.0.0.3').on('error', () => {});
      require('node:dns').lookup('localhost', () => {});
      require('node:dns').promises.lookup('localhost');
      const socket = require('node:dgram').createSocket('udp4');
      socket.send('x', 4, '127.0.0.4', () => socket.close());`;
    await once(start(['-e', script], recordFile, {}), 'exit');
    const seen = read(recordFile).map(({ kind, target }) => `${kind} ${target}`);
    for (const expected of [
      'connect 127.0.0.1:2001',
      'connect 127.0.0.2:2',
      'connect 127.0.0.3:3',
      'lookup localhost',
    ]) {
      expect(seen).toContain(expected);
    }
    expect(seen.filter((line) => line === 'lookup localhost')).toHaveLength(2);
    expect(seen.some((line) => line.startsWith('send') && line.includes('127.0.0.4'))).toBe(true);
  });
});
