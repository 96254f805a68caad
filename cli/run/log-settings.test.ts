// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileSources } from '../../gateway/testing/compiled-sources.js';
import { openTemporaryProject, type Serving, type TemporaryProject } from '../testing/temporary-project.js';

let project: TemporaryProject;
let serving: Serving | null = null;

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
}, 120_000);
afterEach(async () => {
  await serving?.stop();
  serving = null;
});
afterAll(() => project?.remove());

/** @returns the options that name a file that says the level. */
function saying(level: string): readonly string[] {
  const file = join(project.root, `logging-${level}.yaml`);
  writeFileSync(file, `logging: { level: ${level} }\n`);
  return ['--gateway', file];
}

async function tokenOf(role: string): Promise<string> {
  return (await project.run(['token', '--role', role])).out.trim();
}

async function ask({ url }: Serving, name: string, token = ''): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: `query ${name} { __typename }` }),
  });
  expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
}

/** Names of the operations of which there is a line. */
function operationsIn(log: string): readonly string[] {
  return [...log.matchAll(/"operation":"(\w+)"/g)].map(([, name]) => name ?? '');
}

describe('logging: { level } of gateway.yaml', () => {
  it('holds for start, below the environment, and both below what is changed at run time', async () => {
    const words = ['start', '--port', '0', ...saying('info')];
    serving = await project.serve(words);
    await ask(serving, 'BySettings', await tokenOf('data-centre'));
    const bySettings = await serving.stop();
    expect(operationsIn(bySettings.err)).toEqual(['BySettings']);

    serving = await project.serve(words, { LOG_LEVEL: 'error' });
    const token = await tokenOf('data-centre');
    await ask(serving, 'ByEnvironment', token);
    const change = ['log-level', 'info', '--part', 'requests', '--for', '10m'];
    const url = new URL('/', serving.url).href;
    expect(await project.run([...change, '--url', url], { GRAPH_TOKEN: token })).toMatchObject({ code: 0 });
    await ask(serving, 'ByHand', token);
    const byHand = await serving.stop();
    expect(operationsIn(byHand.err)).toContain('ByHand');
    expect(operationsIn(byHand.err)).not.toContain('ByEnvironment');
  }, 180_000);

  it('holds for serve, which tells of requests where nothing is said', async () => {
    const words = ['serve', '--open', '-s', 'schema/supergraph.graphql', '--port', '0'];
    for (const [more, told] of [
      [[], ['Asked']],
      [saying('warn'), []],
    ] as const) {
      serving = await project.serve([...words, ...more]);
      await ask(serving, 'Asked');
      expect(operationsIn((await serving.stop()).err)).toEqual(told);
    }
  }, 120_000);

  it('holds for subgraph, in the file beside its connections', async () => {
    const folder = join(project.root, 'county');
    mkdirSync(folder);
    const file = join(folder, 'connections.yaml');
    // None: each interface is a line at `error`.
    writeFileSync(file, 'personKey: ${env:KEY}\ncursorKey: ${env:KEY}\nconnections: {}\n');
    const words = ['subgraph', 'market', '--port', '0', '--config', file];
    for (const [text, told] of [
      ['', true],
      ['logging: { level: silent }\n', false],
    ] as const) {
      writeFileSync(join(folder, 'gateway.yaml'), text);
      serving = await project.serve(words, { KEY: '0123456789abcdef0123456789abcdef' });
      expect((await serving.stop()).err.includes('"rule":"unknown-connection"')).toBe(told);
    }
  }, 60_000);
});
