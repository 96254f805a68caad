import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createAuthenticate } from '../gateway/access/identity/create-authenticate.js';
import { USUAL_LOCK } from '../gateway/access/identity/identity-settings.js';
import { localIssuer } from '../gateway/access/identity/local-issuer.js';
import { HOUSE_RULES } from '../gateway/access/identity/testing/house-rules.js';
import { compileSources } from '../gateway/testing/compiled-sources.js';
import { until } from '../gateway/testing/until.js';
import { systemClock } from '../runtime/clock.js';
import { findProjectRoot } from '../runtime/project-root.js';
import { edit } from '../test/broken/edit-file.js';
import { runEnvironment } from '../test/run/once-per-run.js';
import { openTemporaryProject, preload, type TemporaryProject } from './testing/temporary-project.js';

const LICENCE = 'subgraphs/departments/market/licence.yaml';
const BROKEN =
  /^subgraphs\/departments\/market\/licence\.yaml:\d+:6: error yaml-syntax: YAML 语法错误：此处是全角冒号.*a full-width colon/m;
/** One line, Chinese first, and no stack. */
const ONE_SENTENCE = /^\p{Script=Han}?[^\n]*\p{Script=Han}[^\n]*[A-Za-z][^\n]*\n$/u;

let project: TemporaryProject;

beforeAll(async () => {
  project = openTemporaryProject(await compileSources());
}, 120_000);

afterAll(() => project?.remove());

describe('a command that cannot run says so in one sentence and exits with 2, before anything is built:', () => {
  afterEach(() => {
    expect(existsSync(join(project.root, 'var', 'demo'))).toBe(false);
  });

  const refused = async (words: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> => {
    const { code, out, err } = await project.run(words, environment);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(ONE_SENTENCE);
    return err;
  };

  /** Errors in a file are findings. */
  const findings = async (words: readonly string[]): Promise<string> => {
    const { code, out, err } = await project.run(words);
    expect([code, out]).toEqual([1, '']);
    return err;
  };

  it('an address that another process has', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    for (const words of [['start'], ['subgraph', 'market'], ['serve', '-s', 'schema/supergraph.graphql']]) {
      expect(await refused([...words, '--port', port])).toMatch(/已被其他进程占用.*EADDRINUSE/);
    }
    other.close();
  });

  it.each([['start'], ['subgraph', 'market'], ['serve', '-s', 'schema/supergraph.graphql']])(
    'an unknown level of the log: %s',
    async (...words) => {
      expect(await refused([...words, '--port', '0'], { LOG_LEVEL: 'shout' })).toMatch(
        /LOG_LEVEL 应为 .*"shout"/,
      );
    },
  );

  it('an unknown verb, an unknown option, and one without its value', async () => {
    expect(await refused(['stat'])).toMatch(
      /^没有这个命令.*unknown command 'stat'\. \(Did you mean start\?\)/,
    );
    expect(await refused(['drops', '--reprot', 'x'])).toMatch(/^没有这个选项.*'--reprot'.*--report/);
    expect(await refused(['drops', '--report'])).toMatch(/^选项缺少值/);
    expect(await refused(['explain'])).toMatch(/^缺少参数/);
  });

  it('a native module of another Node', async () => {
    const fake = `process.dlopen = () => {
      const error = new Error('The module was compiled against a different Node.js version using NODE_MODULE_VERSION 127.');
      error.code = 'ERR_DLOPEN_FAILED';
      throw error;
    };`;
    const options = { NODE_OPTIONS: preload(project.root, 'foreign', fake) };
    for (const words of [['start', '--port', '0'], ['drops'], ['check', '--only', 'lint']]) {
      expect(await refused(words, options)).toMatch(
        /^better-sqlite3 是为另一版本的 Node 编译的.*npm rebuild better-sqlite3/,
      );
    }
  });

  it('a folder that cannot be written', async () => {
    writeFileSync(join(project.root, 'var'), 'a file in its place');
    try {
      expect(await refused(['start', '--port', '0'])).toMatch(/^无法使用 .*var.*：.*E(NOTDIR|EXIST)/);
    } finally {
      rmSync(join(project.root, 'var'));
    }
  });

  it('a state folder that is no absolute path', async () => {
    for (const words of [['start', '--port', '0'], ['subgraph', 'market', '--port', '0'], ['drops']]) {
      expect(await refused(words, { STATE_DIRECTORY: 'state' })).toMatch(
        /^STATE_DIRECTORY 应为一个绝对路径.*"state"/,
      );
    }
  });

  it('a file of further departments that is not there, or has errors', async () => {
    expect(await findings(['start', '--port', '0', '--also', 'nowhere.yaml'])).toMatch(
      /^nowhere\.yaml:1:1: error unreadable/,
    );
    writeFileSync(join(project.root, 'also.yaml'), 'conections: {}\n');
    expect(await findings(['check', '--also', 'also.yaml'])).toMatch(/^also\.yaml:1:1: error unknown-key/);
    writeFileSync(join(project.root, 'also.yaml'), 'departments: { market: ./subgraphs }\n');
    expect(await findings(['start', '--port', '0', '--also', 'also.yaml'])).toMatch(
      /^also\.yaml:1:1: error name-taken/,
    );
  });
});

describe('a Node that is too old', () => {
  it.each(['20.18.3', '18.20.4', '12.22.12'])('is told in one sentence: %s', async (version) => {
    const fake = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    const bin = spawn(process.execPath, [join(findProjectRoot(), 'bin', 'enforcement-graph.js'), 'start'], {
      env: { ...runEnvironment(), NODE_OPTIONS: preload(project.root, `node-${version}`, fake) },
    });
    const [[code], out, err] = await Promise.all([once(bin, 'exit'), text(bin.stdout), text(bin.stderr)]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(
      new RegExp(`^需要 Node 20\\.19 或更新的版本，当前为 ${version}。Node must be 20\\.19 or newer.*\\n$`),
    );
  });

  it('is the same for the launcher as for npm', () => {
    const { engines } = JSON.parse(readFileSync(join(findProjectRoot(), 'package.json'), 'utf8')) as {
      readonly engines: { readonly node: string };
    };
    expect(engines.node).toBe('>=20.19');
  });
});

test('a reader that has had enough ends a command without a word', async () => {
  const main = join(project.root, 'dist', 'cli', 'main.js');
  const child = spawn(
    process.execPath,
    ['--preserve-symlinks', '--preserve-symlinks-main', main, 'check', '--only', 'lint'],
    {
      env: runEnvironment(),
    },
  );
  child.stdout.destroy();
  const [[code], err] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  expect([code, err]).toEqual([0, '']);
});

it('a command that is told to end while it begins to serve ends there and then', async () => {
  const child = project.begin(['start', '--port', '0']);
  // The demo is being built, in the thread that will serve.
  await until(() => existsSync(join(project.root, 'var', 'demo')));
  child.tell('SIGTERM');
  expect(await child.ended).toEqual({ code: 0, out: expect.not.stringContaining('GraphQL'), err: '' });
});

test('tokens that several processes issue at once, before there is a key, are all of one', async () => {
  const folder = join(project.root, 'keys');
  const words = ['token', '--role', 'analyst', '--keys', folder];
  const ended = await Promise.all(Array.from({ length: 4 }, () => project.run(words)));
  expect(ended.map(({ code, err }) => [code, err])).toEqual(Array(4).fill([0, '']));
  const { settings } = await localIssuer(folder);
  const authenticate = createAuthenticate(
    { issuers: [settings], applicationsFile: null, lock: USUAL_LOCK, rules: HOUSE_RULES },
    { clock: systemClock },
  );
  for (const { out } of ended) {
    const headers = { authorization: `Bearer ${out.replace(/\n$/, '')}` };
    expect(await authenticate(headers, '127.0.0.1')).toMatchObject({
      caller: { name: 'local/demo-analyst' },
    });
  }
});

describe('a department that is not in the tree', () => {
  beforeAll(() =>
    cpSync(join(findProjectRoot(), 'examples', 'department'), join(project.root, 'mine'), {
      recursive: true,
    }),
  );

  it('is checked', async () => {
    const { code, out, err } = await project.run(['check', 'water', '--also', 'mine/also.yaml']);
    expect([code, err, out]).toEqual([
      0,
      '',
      expect.stringMatching(/^1 departments, 0 errors, 0 warnings$/m),
    ]);
  });

  it('is told at its own place when it has a mistake', async () => {
    const mapping = 'mine/water/inspection.yaml';
    edit(mapping, 'type: Date,', 'type: Dat,')(project.root);
    const { code, out } = await project.run(['check', 'water', '--also', 'mine/also.yaml']);
    edit(mapping, 'type: Dat,', 'type: Date,')(project.root);
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^mine\/water\/inspection\.yaml:\d+:\d+: error invalid-value/m),
    ]);
  });
});

describe("a mistake in one department's files", () => {
  beforeAll(() => edit(LICENCE, /^title:/m, 'title：')(project.root));

  it.each([[['compose']], [['check', '--only', 'lint']], [['check', 'market']]])(
    'is told with file, line and column, and exits with 1: %j',
    async (words) => {
      const { code, out, err } = await project.run(words);
      expect(code).toBe(1);
      expect([err, out]).toEqual(['', expect.stringMatching(BROKEN)]);
    },
  );

  it('is told at the start, and the rest is served, a department beside the tree as well', async () => {
    const serving = await project.serve(['start', '--open', '--port', '0', '--also', 'mine/also.yaml']);
    const response = await fetch(serving.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query:
          '{ licences(first: 1) { coverage { interface state } } inspections(where: { department: [WATER] }, first: 1) { nodes { id water { fine } } } }',
      }),
    });
    const { data } = (await response.json()) as { readonly data: Readonly<Record<string, unknown>> };
    const { code, out, err } = await serving.stop();
    expect(data).toMatchObject({
      licences: { coverage: expect.arrayContaining([{ interface: 'market.licence', state: 'MISSING' }]) },
      inspections: { nodes: [{ id: 'water.inspection:SL2026060002', water: { fine: '2500.00' } }] },
    });
    expect(code).toBe(0);
    expect(out).toMatch(BROKEN);
    expect(out).toMatch(/缺席.*: market\.licence$/m);
    expect(`${out}${err}`).not.toMatch(/^\s+at /m);
    const logged = err.split('\n').filter((line) => line.includes('yaml-syntax'));
    expect(JSON.parse(logged[0] ?? '{}')).toMatchObject({
      level: 'error',
      file: LICENCE,
      line: expect.any(Number),
      column: 6,
    });
  });
});
