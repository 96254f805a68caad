import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { AT_ONCE } from '../../gateway/http/listener/ending.js';
import { type CompiledSources, compileSources } from '../../gateway/testing/compiled-sources.js';
import { openRemoteShop, type RemoteShop } from '../../gateway/testing/remote-shop.js';
import { composeShop } from '../../gateway/testing/shop-graph.js';
import { startOwnTime } from '../../test/own-time.js';
import { runEnvironment } from '../../test/run/once-per-run.js';
import { runCommand } from '../run-command.js';
import { testIo } from '../testing/test-io.js';
import { verbs } from '../verbs.js';

let compiled: CompiledSources;
beforeAll(async () => {
  compiled = await compileSources();
});

interface Serving {
  readonly url: string;
  /** Asks the command to end, as SIGTERM would, and waits for its exit code. */
  stop(): Promise<number>;
}

/** Runs the verb `serve` in this process until it says where it serves. */
async function serve(words: readonly string[], environment = {}): Promise<Serving> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const complaints: string[] = [];
  let exit: Promise<number> = Promise.resolve(-1);
  const url = await new Promise<string>((resolve, reject) => {
    const io = testIo({
      environment: { LOG_LEVEL: 'silent', ...environment },
      say: (line) => resolve(line.replace('GraphQL: ', '')),
      untilStopped: async () => {
        await stopped;
        return AT_ONCE;
      },
    });
    exit = runCommand(['serve', '--open', ...words], verbs, io, (text) => complaints.push(text));
    exit.then(() => reject(new Error(complaints.join(''))), reject);
  });
  return {
    url,
    stop: () => {
      stop();
      return exit;
    },
  };
}

async function fail(words: readonly string[], environment = {}): Promise<{ code: number; text: string }> {
  const complaints: string[] = [];
  const io = testIo({ environment: { LOG_LEVEL: 'silent', ...environment } });
  const code = await runCommand(['serve', '--open', ...words], verbs, io, (text) => complaints.push(text));
  return { code, text: complaints.join('') };
}

async function ask(url: string, query: string, variables: object = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data?: Record<string, unknown>; errors?: readonly object[] };
}

describe('serve', () => {
  let shop: RemoteShop;
  let serving: Serving;
  beforeAll(async () => {
    shop = await openRemoteShop(compiled);
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    serving = await serve(['--supergraph', shop.supergraphFile, '--port', '0']);
  });
  afterEach(() => serving.stop());

  it('takes the most that a caller may wait from the file of --gateway, and refuses one with mistakes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-serve-'));
    const file = join(folder, 'gateway.yaml');
    const words = ['--supergraph', shop.supergraphFile, '--port', '0', '--gateway', file];
    writeFileSync(file, 'deadline: { most: 7s }\n');
    const own = await serve(words);
    const response = await fetch(own.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=20' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.headers.get('preference-applied')).toBe('wait=7');
    expect(await own.stop()).toBe(0);
    writeFileSync(file, 'deadline: { most: 7 s }\n');
    expect(await fail(words)).toEqual({ code: 2, text: expect.stringMatching(/gateway\.yaml:1:19: .*时长/) });
    writeFileSync(file, 'departments: []\n');
    expect(await fail(words)).toEqual({ code: 2, text: expect.stringContaining('只用于 start 和 subgraph') });
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps plans in the folder of STATE_DIRECTORY, so that after a restart nothing known is planned', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-serve-'));
    const words = ['--supergraph', shop.supergraphFile, '--port', '0'];
    const query = '{ items { __typename id } }';
    /** @returns how many operations were planned. */
    const run = async (): Promise<string | undefined> => {
      const own = await serve(words, { STATE_DIRECTORY: join(folder, 'state') });
      for (let time = 0; time < 2; time++) expect(await ask(own.url, query)).toHaveProperty('data.items');
      const metrics = await (await fetch(own.url.replace('graphql', 'metrics'))).text();
      expect(await own.stop()).toBe(0);
      return /^graph_plan_duration_seconds_count (\d+)$/m.exec(metrics)?.[1];
    };
    expect(await run()).toBe('1');
    expect(readdirSync(join(folder, 'state'))).toEqual(['plans.ndjson']);
    expect(await run()).toBe('0');
    rmSync(folder, { recursive: true });
  });

  it('joins @key, @requires, @provides and interfaces over HTTP', async () => {
    const query = `query ($id: ID!) {
      product(id: $id) { title inStock shipping seller { name rating } reviews { text } }
      items { __typename id ... on Product { inStock } ... on Gift { wrapping } }
      reviews { product { title weight } seller { name rating } }
    }`;
    expect(await ask(serving.url, query, { id: '1' })).toEqual({
      data: {
        product: {
          title: 'Net',
          inStock: 10,
          shipping: 7,
          seller: { name: 'Wang', rating: 5 },
          reviews: [{ text: 'a' }],
        },
        items: [
          { __typename: 'Product', id: '1', inStock: 10 },
          { __typename: 'Gift', id: 'g', wrapping: 'red' },
        ],
        reviews: [
          { product: { title: 'Net', weight: 3 }, seller: { name: 'Wang', rating: 5 } },
          { product: { title: 'Buoy', weight: 5 }, seller: { name: 'Li', rating: 3 } },
        ],
      },
    });
    expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
  });

  it('places and masks errors of remote subgraphs', async () => {
    const answer = await ask(serving.url, '{ broken brokenPublicly products { id inStock } }');
    expect(answer.data).toMatchObject({
      broken: null,
      brokenPublicly: null,
      products: [{ inStock: 10 }, { inStock: 20 }, null, { inStock: null }],
    });
    expect(answer.errors).toMatchObject([
      { path: ['broken'], extensions: { code: 'INTERNAL', subgraph: 'products' } },
      { path: ['brokenPublicly'], extensions: { code: 'SOURCE_UNAVAILABLE', subgraph: 'products' } },
      {
        path: ['products', 3, 'inStock'],
        extensions: { code: 'SOURCE_TIMEOUT', subgraph: 'stock', interface: 'stock.level' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/ECONNREFUSED|SELECT/);
  });

  it('answers without a subgraph that died', async () => {
    const mortal = await openRemoteShop(compiled);
    const { url, stop } = await serve(['-s', mortal.supergraphFile, '-p', '0']);
    expect((await ask(url, '{ products { title inStock } }')).data).toMatchObject({
      products: [{ inStock: 10 }, {}, null, {}],
    });
    await mortal.kill('stock');
    const answer = await ask(url, '{ products { title inStock } reviews { text } }');
    expect(answer.data).toMatchObject({
      products: [{ title: 'Net', inStock: null }, {}, null, {}],
      reviews: [{}, {}],
    });
    expect(answer.errors).toMatchObject([
      { path: ['products'], extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'stock' } },
    ]);
    expect(JSON.stringify(answer)).not.toContain('127.0.0.1');
    await stop();
    await mortal.close();
  });

  it('answers within 3 s when a subgraph takes 10 s', async () => {
    const time = startOwnTime();
    const answer = await ask(serving.url, '{ slow(ms: 10000) reviews { text } }');
    expect(time.stop()).toBeLessThan(3000);
    expect(answer.data).toMatchObject({ slow: null, reviews: [{ text: 'good' }, { text: 'bad' }] });
    expect(answer.errors).toMatchObject([
      { path: ['slow'], extensions: { code: 'SUBGRAPH_TIMEOUT', subgraph: 'products' } },
    ]);
  });

  it('has logged every request when its process ends', async () => {
    const words = [compiled.pathOf('cli/main.ts'), 'serve', '--open', '-s', shop.supergraphFile, '-p', '0'];
    const gateway = spawn(process.execPath, words, {
      env: runEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const logged = text(gateway.stderr);
    const [said] = (await once(gateway.stdout, 'data')) as [Buffer];
    await ask(said.toString().trim().replace('GraphQL: ', ''), 'query Last { __typename }');
    gateway.kill('SIGTERM');
    expect(await logged).toMatch(/^\{.*"operation":"Last",.*"outcome":"ok",.*\}\n$/);
  });

  it('outlives a rejected promise that nobody waits for, and tells of it', async () => {
    const module = pathToFileURL(compiled.pathOf('cli/outlive-rejections.ts')).href;
    const script = `import { outliveRejections } from ${JSON.stringify(module)};
      outliveRejections();
      void Promise.reject(new Error('lost'));
      setTimeout(() => console.log('alive'), 50);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const [said, logged] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect(said).toBe('alive\n');
    expect(JSON.parse(logged)).toMatchObject({ level: 'error', code: 'INTERNAL', err: { message: 'lost' } });
  });

  it('serves with @apollo/gateway when asked to', async () => {
    const { url, stop } = await serve(['-s', shop.supergraphFile, '-p', '0', '--engine', 'apollo']);
    expect(await ask(url, '{ product(id: "1") { title inStock shipping seller { rating } } }')).toEqual({
      data: { product: { title: 'Net', inStock: 10, shipping: 7, seller: { rating: 5 } } },
    });
    expect(await stop()).toBe(0);
  });

  it('ends with 0 when asked to stop, and serves no more', async () => {
    expect(await serving.stop()).toBe(0);
    await expect(ask(serving.url, '{ __typename }')).rejects.toThrow();
  });

  it('says that an address is taken', async () => {
    const { port } = new URL(serving.url);
    const failure = await fail(['--supergraph', shop.supergraphFile, '--port', port]);
    expect(failure.code).toBe(2);
    expect(failure.text).toContain(`Cannot listen on 127.0.0.1:${port}`);
  });
});

describe('serve, asked wrongly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['no supergraph', () => [], 'required option'],
    ['a file that is not there', () => ['-s', join(folder, 'none.graphql')], 'must be readable'],
    ['a folder', () => ['-s', folder], 'EISDIR'],
    [
      'a text that is no GraphQL',
      () => ['-s', file('a.graphql', 'hello world')],
      'Cannot load the supergraph',
    ],
    [
      'a schema that is no supergraph',
      () => ['-s', file('b.graphql', 'type Query { a: Int }')],
      'Cannot load the supergraph',
    ],
    ['a port that is none', () => ['-s', 'x', '--port', '70000'], 'from 0 to 65535, but is "70000"'],
    ['a port with letters', () => ['-s', 'x', '--port', '40x'], 'but is "40x"'],
    ['an engine that is none', () => ['-s', 'x', '--engine', 'rust'], 'compiled, apollo'],
    ['a host that is none', () => ['-s', 'x', '--host', 'a b'], 'host must be'],
    ['an unknown option', () => ['-s', 'x', '--prot', '1'], '--port'],
  ])('exits with 2 and one sentence for %s', async (_, words, sentence) => {
    const failure = await fail(words());
    expect(failure.code).toBe(2);
    expect(failure.text).toContain(sentence);
    expect(failure.text).not.toMatch(/^\s+at /m);
  });

  it('reads HOST and PORT', async () => {
    expect((await fail(['-s', 'x'], { PORT: '99999' })).text).toContain('"99999"');
    expect((await fail(['-s', 'x'], { HOST: 'a b' })).text).toContain('"a b"');
  });

  it('refuses a supergraph whose subgraphs have no address', async () => {
    const failure = await fail(['-s', file('c.graphql', composeShop()), '--port', '0']);
    expect(failure.code).toBe(2);
    expect(failure.text).toContain('its URL must be http:// or https://, but is ""');
  });

  it('listens at the very address it was given', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const shop = await openRemoteShop(compiled);
    const serving = await serve(['-s', shop.supergraphFile, '-p', String(port), '--host', 'localhost']);
    expect(new URL(serving.url).port).toBe(String(port));
    expect(await ask(serving.url, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    await serving.stop();
    await shop.close();
  });
});
