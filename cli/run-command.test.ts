import { EXIT } from './exit-code.js';
import { runCommand } from './run-command.js';
import { testIo } from './testing/test-io.js';
import type { VerbBodies } from './verbs/verb-bodies.js';

/** Runs a command line whose bodies only record what they were asked for. */
async function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const asked: unknown[] = [];
  const said: string[] = [];
  const complaints: string[] = [];
  const record = (options: unknown) => {
    asked.push(options);
    return Promise.resolve(EXIT.findings);
  };
  const bodies: VerbBodies = {
    start: record,
    serve: record,
    subgraph: record,
    compose: record,
    check: record,
    introspect: record,
    drops: record,
    corrections: record,
    explain: record,
    export: record,
    hand: record,
    token: record,
    appKey: record,
    auditVerify: record,
    auditWho: record,
    auditUnusual: record,
  };
  const io = testIo({ environment, say: (line) => void said.push(line) });
  const code = await runCommand(words, bodies, io, (text) => void complaints.push(text));
  return { code, asked: asked[0], said: said.join('\n'), complaint: complaints.join('') };
}

const USUALLY_SERVED = {
  sharesAnswers: false,
  engine: 'compiled',
  carrier: 'bytes',
  workers: 1,
  watches: false,
  healthAddress: null,
};

describe('runCommand()', () => {
  it.each([
    'start',
    'serve',
    'subgraph',
    'compose',
    'check',
    'introspect',
    'explain',
    'drops',
    'corrections',
    'export',
    'status',
    'incidents',
    'request',
    'drift',
    'pause',
    'resume',
    'breaker',
    'log-level',
    'acknowledge',
    'answer-correction',
    'token',
    'app-key',
    'audit',
  ])('explains %s with --help and exits with 0', async (verb) => {
    const { code, said, asked } = await run([verb, '--help']);
    expect(code).toBe(0);
    expect(said).toContain(`Usage: enforcement-graph ${verb}`);
    expect(asked).toBeUndefined();
  });

  it('lists all verbs and the exit codes', async () => {
    const { said, code } = await run(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'start',
      'serve',
      'subgraph',
      'compose',
      'check',
      'introspect',
      'explain',
      'export',
      'token',
      'app-key',
      'audit',
      'Exit codes',
    ]) {
      expect(said).toContain(word);
    }
  });

  it.each([
    ['no verb', []],
    ['an unknown verb', ['stat']],
    ['a pause without a reason', ['pause', 'market.case', '--until', '2026-07-01T08:00']],
    [
      'a breaker that is closed until a time',
      ['breaker', 'close', 'x', '--why', 'y', '--until', '2026-07-01T08:00'],
    ],
    ['a level for longer than a day', ['log-level', 'debug', '--for', '25h']],
    ['an answer that is none', ['answer-correction', 'i1']],
    ['an answer that is both', ['answer-correction', 'i1', '--accepted', 'x', '--refused', 'y']],
    ['a pause until no time', ['pause', 'market.case', '--why', 'x', '--until', 'noon']],
    ['a missing argument', ['introspect']],
    ['an argument too many', ['compose', 'all']],
    ['a filter that is no JSON', ['explain', 'market.inspection', '--where', '{date']],
    ['a filter that is no object', ['explain', 'market.inspection', '--where', '[1]']],
    ['a number that is none', ['explain', 'market.inspection', '--first', '0']],
    ['an unknown check', ['check', '--only', 'lint,prob']],
    ['an unknown size', ['start', '--size', 'huge']],
    ['a seed that is none', ['start', '--seed', '-1']],
    ['an export of nothing', ['export']],
    ['an export of two queries', ['export', 'q.graphql', '--query', '{ a }']],
    ['an export in an unknown format', ['export', 'q.graphql', '--format', 'pdf']],
    ['a token without a role', ['token']],
    ['a township that is none', ['token', '--role', 'analyst', '--township', '33092']],
    ['a department that is none', ['token', '--role', 'analyst', '--department', 'Market']],
    ['a key without an end', ['app-key', '--id', 'board-1', '--role', 'dashboard']],
    ['an audit of nothing', ['audit']],
    ['an audit in no folder', ['audit', 'verify']],
    ['who saw nobody', ['audit', 'who', 'f', '--key', 'env:K']],
    ['a key that is written out', ['audit', 'verify', 'f', '--key', 'secret']],
    ['a day that is none', ['audit', 'unusual', 'f', '--from', '2026-02-30']],
    ['a night that is none', ['audit', 'unusual', 'f', '--night', '22-24']],
    ['an export from no address', ['export', 'q.graphql', '--url', 'gateway']],
  ])('exits with 2 for %s', async (_, words) => {
    const { code, asked, complaint, said } = await run(words);
    expect(code).toBe(2);
    expect(asked).toBeUndefined();
    expect(complaint + said).not.toBe('');
  });

  it("passes on the verb's exit code", async () => {
    expect((await run(['compose'])).code).toBe(1);
  });

  it('reads the arguments of every verb', async () => {
    expect((await run(['compose', '--check'])).asked).toEqual({ checkOnly: true });
    expect((await run(['check', 'market', '--only', 'lint, probe'])).asked).toEqual({
      department: 'market',
      kinds: ['lint', 'probe'],
      configFile: null,
    });
    expect((await run(['check'])).asked).toMatchObject({
      department: null,
      kinds: ['lint', 'conform', 'probe', 'sample'],
    });
    expect((await run(['introspect', 'market', 't_x', '-c', 'c.yaml'])).asked).toEqual({
      connection: 'market',
      object: 't_x',
      sourceFile: null,
      configFile: 'c.yaml',
    });
    expect((await run(['introspect', 'health', '--source', 'draft.yaml'])).asked).toEqual({
      connection: 'health',
      object: null,
      sourceFile: 'draft.yaml',
      configFile: null,
    });
    expect((await run(['explain', 'market.x', '--where', '{"number":"1"}', '--first', '5'])).asked).toEqual({
      interface: 'market.x',
      where: { number: '1' },
      first: 5,
      configFile: null,
    });
    expect((await run(['drops', '--report', 'culture.homestay'])).asked).toEqual({
      report: 'culture.homestay',
      configFile: null,
    });
    const weekly = ['--department', 'market', '--week', '2026-W27', '--format', 'html', '--out', 'x.html'];
    expect((await run(['corrections', ...weekly])).asked).toEqual({
      department: 'market',
      week: '2026-W27',
      format: 'html',
      outFile: 'x.html',
      workingDays: null,
      configFile: null,
      sentBy: null,
    });
    const opened = await run(['breaker', 'open', 'market.x', '--why', 'y', '--until', '2026-07-01T08:00']);
    expect(opened.asked).toMatchObject({
      hand: { kind: 'open breaker', interface: 'market.x', until: '2026-07-01T08:00:00.000+08:00' },
    });
    expect((await run(['log-level', 'debug', '--part', 'sources', '--for', '10m'])).asked).toMatchObject({
      hand: { kind: 'log level', level: 'debug', part: 'SOURCES', seconds: 600 },
    });
    expect((await run(['answer-correction', 'i1', '--refused', '无误'])).asked).toMatchObject({
      hand: { kind: 'answer', id: 'i1', isAccepted: false, text: '无误' },
    });
    const limits = ['--township', '330922101', '330922102', '--department', 'market', '--purpose', 'A-1'];
    expect(
      (await run(['token', '--role', 'analyst', ...limits, '--township', '330922103', '--valid', '1h']))
        .asked,
    ).toEqual({
      role: 'analyst',
      name: 'demo-analyst',
      townships: ['330922101', '330922102', '330922103'],
      departments: ['market'],
      purposes: ['A-1'],
      scopes: [],
      validFor: '1h',
      keysFolder: null,
    });
    const key = ['app-key', '--id', 'board-1', '--role', 'dashboard', '--expires', '2027-06-30'];
    expect((await run(key)).asked).toEqual({
      id: 'board-1',
      role: 'dashboard',
      notBefore: null,
      expires: '2027-06-30',
      title: null,
      townships: null,
      departments: null,
      purposes: [],
      scopes: [],
      operations: 'registered',
    });
    expect((await run(['audit', 'verify', 'f', '--key', 'env:A', '--key', 'file:/k'])).asked).toEqual({
      folder: 'f',
      copyFolder: null,
      keys: ['env:A', 'file:/k'],
    });
    expect(
      (await run(['audit', 'who', 'f', '--subject', 'uscc:1', '--key', 'env:A', '--to', '2026-07-01'])).asked,
    ).toEqual({ folder: 'f', subjects: ['uscc:1'], key: 'env:A', from: null, to: '2026-07-01' });
    expect((await run(['audit', 'unusual', 'f', '--night', '20-7', '--days', '3'])).asked).toMatchObject({
      folder: 'f',
      rules: { night: { from: 20, until: 7 }, volume: { perDay: 200 }, follow: { days: 3 } },
    });
    expect((await run(['subgraph', 'market', '--port', '4100'])).asked).toEqual({
      name: 'market',
      address: { host: '127.0.0.1', port: 4100 },
      configFile: null,
    });
  });
});

describe('start', () => {
  it('starts the small demo county on loopback unless told otherwise', async () => {
    expect((await run(['start'])).asked).toEqual({
      access: { kind: 'told' },
      address: { host: '127.0.0.1', port: 4000 },
      county: { kind: 'demo', size: 'small', seed: 1 },
      ...USUALLY_SERVED,
    });
  });

  it('honours PORT, HOST, DEMO_SIZE and DEMO_SEED, and options before them', async () => {
    const environment = { PORT: '5000', HOST: 'localhost', DEMO_SIZE: 'county', DEMO_SEED: '7' };
    expect((await run(['start'], environment)).asked).toEqual({
      access: { kind: 'told' },
      address: { host: 'localhost', port: 5000 },
      county: { kind: 'demo', size: 'county', seed: 7 },
      ...USUALLY_SERVED,
    });
    const words = ['start', '--port', '0', '--host', '127.0.0.2', '--size', 'small', '--seed', '3'];
    expect((await run(words, environment)).asked).toEqual({
      access: { kind: 'told' },
      address: { host: '127.0.0.2', port: 0 },
      county: { kind: 'demo', size: 'small', seed: 3 },
      ...USUALLY_SERVED,
    });
  });

  it('takes workers and a port for health from options, else from WORKERS and HEALTH_PORT', async () => {
    const environment = { WORKERS: '3', HEALTH_PORT: '4100' };
    const health = (port: number) => ({ host: '127.0.0.1', port });
    expect((await run(['start'], environment)).asked).toMatchObject({
      workers: 3,
      healthAddress: health(4100),
    });
    const words = ['start', '--workers', '2', '--health-port', '0', '--watch'];
    expect((await run(words, environment)).asked).toMatchObject({
      workers: 2,
      healthAddress: health(0),
      watches: true,
    });
    for (const wrong of ['0', '65', 'two', '1.5']) {
      const { code, complaint } = await run(['start', '--workers', wrong]);
      expect([code, complaint]).toEqual([
        2,
        expect.stringMatching(/^进程数应为 1 到 64 .*from 1 to 64, but is/),
      ]);
    }
  });

  it.each(['0.0.0.0', '::', '10.1.2.3', 'county.example', '127.0.0.1.example'])(
    'refuses to show the demo county at %s',
    async (host) => {
      const { code, complaint, asked } = await run(['start'], { HOST: host });
      expect(code).toBe(2);
      expect(complaint).toContain('must be a loopback address');
      expect(asked).toBeUndefined();
    },
  );

  it('lets a real county listen anywhere', async () => {
    expect((await run(['start', '--config', 'c.yaml'], { HOST: '0.0.0.0' })).asked).toEqual({
      access: { kind: 'told' },
      address: { host: '0.0.0.0', port: 4000 },
      county: { kind: 'configured', configFile: 'c.yaml' },
      ...USUALLY_SERVED,
    });
  });

  it.each([
    ['DEMO_SIZE', 'huge'],
    ['DEMO_SEED', '1.5'],
    ['PORT', 'http'],
  ])('exits with 2 for %s=%s', async (name, value) => {
    const { code, complaint } = await run(['start'], { [name]: value });
    expect(code).toBe(2);
    expect(complaint).toContain(JSON.stringify(value));
  });
});

describe('--allow-origin and --ca', () => {
  it('may be repeated', async () => {
    const origins = ['--allow-origin', 'https://board.example.cn', '--allow-origin', 'http://localhost:8080'];
    const { asked } = await run([
      'serve',
      '--supergraph',
      'g.graphql',
      ...origins,
      '--ca',
      'a.pem',
      '--ca',
      'b.pem',
    ]);
    expect(asked).toMatchObject({
      allowedOrigins: ['https://board.example.cn', 'http://localhost:8080'],
      authorityFiles: ['a.pem', 'b.pem'],
    });
    expect((await run(['start', '--allow-origin', '*'])).asked).toMatchObject({ allowedOrigins: ['*'] });
  });

  it.each(['https://board.example.cn/', 'board.example.cn', ''])('refuse %j as an origin', async (origin) => {
    expect((await run(['start', '--allow-origin', origin])).code).toBe(EXIT.usage);
  });
});
