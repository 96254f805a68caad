// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMIT_NAMES, LIMITS, USUAL_LIMITS } from '../../gateway/http/request-limits.js';
import { loadConfig } from './config.js';
import { ConfigError } from './config-error.js';
import { loadGatewaySettings, parseGatewaySettings, USUAL_SETTINGS } from './gateway-settings.js';

function parse(text: string) {
  return parseGatewaySettings(text, 'gateway.yaml', { UP_KEY: 'a key of sixteen signs', SHORT: 'short' });
}

function messageOf(text: string): string {
  try {
    parse(text);
    return 'accepted';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('parseGatewaySettings()', () => {
  it('reads where traces are sent, with headers by reference alone', () => {
    const { traces } = parse(
      'traces: { endpoint: "http://10.1.2.9:4318/v1/traces", headers: { authorization: "${env:SHORT}" }, ratio: 0.1 }\n',
    );
    expect(traces?.endpoint.href).toBe('http://10.1.2.9:4318/v1/traces');
    expect(traces?.headers.get('authorization')?.reveal()).toBe('short');
    expect(traces?.ratio).toBe(0.1);
    for (const wrong of [
      'endpoint: "ftp://10.1.2.9/"',
      'endpoint: "http://user:word@10.1.2.9/"',
      'endpoint: "http://10.1.2.9/", ratio: 2',
      'endpoint: "http://10.1.2.9/", headers: { authorization: "Bearer x" }',
    ]) {
      expect(() => parse(`traces: { ${wrong} }\n`)).toThrow(/traces/);
    }
  });

  it('reads the level of the log', () => {
    expect(parse('logging: { level: debug }').logLevel).toBe('debug');
    expect(parse('logging: {}').logLevel).toBeNull();
    expect(() => parse('logging: { level: shout }')).toThrow(/logging\.level/);
  });

  it('reads the deadline and the patience of exports', () => {
    expect(parse('deadline: { default: 5s, most: 2m }\nexports: { patience: 30s }\n')).toEqual({
      deadline: { defaultMs: 5000, mostMs: 120_000 },
      exports: { patienceMs: 30_000, atOnce: 4 },
      limits: USUAL_LIMITS,
      costs: { mode: 'enforce', listSize: 10, call: 10 },
      operationsFolder: null,
      keepsQueries: false,
      servesConsole: true,
      offer: null,
      counties: [],
      departments: null,
      snapshots: { store: 'embedded' },
      audit: null,
      callerKey: null,
      sharedRedis: null,
      history: null,
      channels: [],
      traces: null,
      logLevel: null,
    });
  });

  it.each([
    ['', 3000, 60_000],
    ['deadline: { default: 90s }', 90_000, 90_000],
    ['deadline: { most: 2s }', 2000, 2000],
    ['deadline: { most: 10m }', 3000, 600_000],
  ])('takes what %j does not say as usual', (text, defaultMs, mostMs) => {
    expect(parse(text)).toEqual({ ...USUAL_SETTINGS, deadline: { defaultMs, mostMs } });
  });

  it('reads limits by the names of their table, durations as people write them', () => {
    const { limits } = parse('limits: { aliases: 50, headersTime: 3s, receiveTime: 1m, rate: 5 }');
    expect(limits).toEqual({
      ...USUAL_LIMITS,
      aliases: 50,
      headersTime: 3000,
      receiveTime: 60_000,
      rate: 5,
    });
  });

  it.each(LIMIT_NAMES)('takes limits.%s within its bounds alone', (name) => {
    const { unit, least, most } = LIMITS[name];
    const others = name === 'headersTime' ? ', receiveTime: 2m' : ', headersTime: 100ms';
    const write = (value: number): string =>
      unit === 'ms' ? `limits: { ${name}: ${value}ms${others} }` : `limits: { ${name}: ${value} }`;
    expect([least, most].map((value) => messageOf(write(value)))).toEqual(['accepted', 'accepted']);
    expect(parse(write(most)).limits[name]).toBe(most);
    for (const value of [least - 1, most + 1]) {
      expect(messageOf(write(value))).toMatch(new RegExp(`1:\\d+: “limits.${name}”应为`));
    }
  });

  it.each([
    ['limits: { alises: 3 }', 'did you mean "aliases"'],
    ['limits: { aliases: 3.5 }', '“limits.aliases”'],
    ['limits: { receiveTime: 1s }', 'limits.receiveTime must not be shorter than limits.headersTime'],
    ['limits: { headersTime: 30s }', 'limits.receiveTime must not be shorter than limits.headersTime'],
    ['limits: { headersTime: 3 }', '“limits.headersTime”'],
  ])('refuses %j', (text, words) => {
    expect(messageOf(text)).toContain(words);
  });

  it('reads how costs are estimated, and whether the limit is enforced', () => {
    expect(parse('cost: { mode: measure, call: 25 }').costs).toEqual({
      mode: 'measure',
      listSize: 10,
      call: 25,
    });
    expect(parse('limits: { cost: 5000 }\ncost: { listSize: 100 }')).toMatchObject({
      limits: { cost: 5000 },
      costs: { mode: 'enforce', listSize: 100, call: 10 },
    });
    expect(messageOf('cost: { mode: measured }')).toContain('“cost.mode”');
    expect(messageOf('cost: { listSize: 0 }')).toContain('“cost.listSize”');
    expect(messageOf('cost: { cal: 1 }')).toContain('did you mean "call"');
  });

  it('looks for the folder of operations beside the file', () => {
    const text = 'operations: { folder: ../operations }';
    expect(parseGatewaySettings(text, '/etc/county/gateway.yaml').operationsFolder).toBe('/etc/operations');
    expect(messageOf('operations: { folder: "" }')).toContain('“operations.folder”');
    expect(parseGatewaySettings('operations: { automatic: true }', 'gateway.yaml')).toMatchObject({
      operationsFolder: null,
      keepsQueries: true,
    });
  });

  it('reads where snapshots are kept, and the password from where it says', () => {
    const text =
      'snapshots: { store: clickhouse, url: "http://10.0.0.8:8123", database: eg, user: gateway, password: "${env:CH}" }';
    const { snapshots } = parseGatewaySettings(text, 'gateway.yaml', { CH: 'very secret' });
    expect(snapshots).toMatchObject({ store: 'clickhouse', url: 'http://10.0.0.8:8123', database: 'eg' });
    expect(JSON.stringify(snapshots)).not.toContain('very secret');
    expect(snapshots.store === 'clickhouse' && snapshots.password.reveal()).toBe('very secret');
  });

  it('reads where limits are counted with other machines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-shared-'));
    writeFileSync(join(folder, 'redis.pem'), '-----BEGIN CERTIFICATE-----\n');
    const text =
      'shared: { redis: { url: "rediss://10.0.0.7:6380/2", user: gateway, password: "${env:RP}", ca: redis.pem } }';
    const { sharedRedis } = parseGatewaySettings(text, join(folder, 'gateway.yaml'), { RP: 'short one' });
    expect(sharedRedis).toMatchObject({
      url: 'rediss://10.0.0.7:6380/2',
      user: 'gateway',
      authority: '-----BEGIN CERTIFICATE-----\n',
      prefix: 'enforcement-graph',
    });
    expect(JSON.stringify(sharedRedis)).not.toContain('short one');
    expect(sharedRedis?.password?.reveal()).toBe('short one');
    expect(parse('shared: { redis: { url: "redis://h", prefix: city } }').sharedRedis).toEqual({
      url: 'redis://h',
      user: null,
      password: null,
      authority: null,
      prefix: 'city',
    });
    rmSync(folder, { recursive: true });
  });

  it('reads where the history is kept with other machines', () => {
    const folder = mkdtempSync(join(tmpdir(), 'eg-history-'));
    writeFileSync(join(folder, 'history.pem'), '-----BEGIN CERTIFICATE-----\n');
    const text =
      'history: { postgres: { url: "postgres://10.0.0.9:5433/watch", user: gateway, password: "${env:HP}", ca: history.pem, schema: city } }';
    const { history } = parseGatewaySettings(text, join(folder, 'gateway.yaml'), { HP: 'short one' });
    expect(history).toMatchObject({
      url: 'postgres://10.0.0.9:5433/watch',
      user: 'gateway',
      authority: '-----BEGIN CERTIFICATE-----\n',
      schema: 'city',
    });
    expect(JSON.stringify(history)).not.toContain('short one');
    expect(history?.password?.reveal()).toBe('short one');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['history: { postgres: { url: "postgres://u:very-secret@h/d", user: u } }', '“history.postgres.url”应为'],
    ['history: { postgres: { url: "postgres://h", user: u } }', '“history.postgres.url”应为'],
    ['history: { postgres: { url: "postgres://h/d" } }', '“history.postgres.user”'],
    [
      'history: { postgres: { url: "postgres://h/d", user: u, password: very-secret } }',
      '“history.postgres.password”应为 引用',
    ],
    [
      'history: { postgres: { url: "postgres://h/d", user: u, ca: none.pem } }',
      'none.pem must be readable, but is not (ENOENT)',
    ],
    ['history: { postgres: { url: "postgres://h/d", user: u, schema: "a b" } }', '“history.postgres.schema”'],
    ['shared: { redis: { url: "http://h" } }', '“shared.redis.url”应为 redis://'],
    ['shared: { redis: { url: "redis://u:very-secret@h" } }', '“shared.redis.url”应为 redis://'],
    ['shared: { redis: { url: "redis://h/zero" } }', '“shared.redis.url”应为 redis://'],
    [
      'shared: { redis: { url: "redis://h", password: very-secret } }',
      '1:48: “shared.redis.password”应为 引用',
    ],
    ['shared: { redis: { url: "redis://h", password: "${env:NONE}" } }', 'variable NONE must be set'],
    ['shared: { redis: { url: "redis://h", user: u } }', 'must come with shared.redis.password'],
    ['shared: { redis: { url: "redis://h", ca: a.pem } }', 'for addresses with rediss:// alone'],
    [
      'shared: { redis: { url: "rediss://h", ca: none.pem } }',
      'none.pem must be readable, but is not (ENOENT)',
    ],
    ['shared: { redis: { url: "redis://h", prefix: "a b" } }', '“shared.redis.prefix”'],
    ['shared: { reids: {} }', 'did you mean "redis"'],
  ])('refuses %j, and shows no secret', (text, message) => {
    expect(messageOf(text)).toContain(message);
    expect(messageOf(text)).not.toContain('very-secret');
  });

  it.each([
    ['snapshots: { store: clikhouse }', '1:21: '],
    ['snapshots: { store: clickhouse, url: "http://h:8123" }', '“snapshots.database”'],
    ['snapshots: { store: clickhouse, url: "http://u:p@h", database: eg }', '1:38: '],
    ['snapshots: { store: clickhouse, url: "http://h", database: "a b" }', '1:60: '],
    ['snapshots: { store: clickhouse, url: "http://h", database: eg, password: plain }', '1:74: '],
    ['snapshots: { store: clickhouse, url: "http://h", database: eg, password: "${env:NONE}" }', '1:74: '],
    ['snapshots: { store: embedded, url: "http://h" }', '“url”'],
    ['deadline:\n  most: 11m\n', 'gateway.yaml:2:9: “deadline.most”应在 500 毫秒到 10 分钟之间。'],
    ['deadline: { default: 100ms }', '1:22: “deadline.default”应在'],
    ['deadline: { default: 5s, most: 4s }', 'gateway.yaml:1:22: “deadline.default”不能超过'],
    ['deadline: { default: soon }', '1:22: “deadline.default”应为 时长'],
    ['deadline: { mots: 5s }', '1:13: 未知的键“mots”，是否想写“most”。'],
    ['deadline: [', 'YAML'],
  ])('refuses %j at its place', (text, message) => {
    expect(messageOf(text)).toContain(message);
  });
});

describe('counties above and below', () => {
  it('are read, with their keys', () => {
    const { offer, counties, departments } = parse(
      [
        'departments: [market]',
        "offer: { port: 4300, key: '${env:UP_KEY}' }",
        'counties:',
        "  shengsi: { title: 嵊泗县, url: 'https://10.1.2.3/graphql', key: '${env:UP_KEY}', timeout: 5s, places: 3 }",
        "  daishan: { title: 岱山县, url: 'http://10.1.2.4:4300/graphql', key: '${env:UP_KEY}' }",
      ].join('\n'),
    );
    expect(departments).toEqual(['market']);
    expect({ ...offer, key: offer?.key.reveal() }).toEqual({
      host: '127.0.0.1',
      port: 4300,
      key: 'a key of sixteen signs',
      takesHands: false,
    });
    const { offer: open } = parse("offer: { port: 4300, key: '${env:UP_KEY}', hands: true }");
    expect(open?.takesHands).toBe(true);
    expect(counties.map((one) => ({ ...one, key: one.key.reveal() }))).toEqual([
      {
        code: 'shengsi',
        title: '嵊泗县',
        url: 'https://10.1.2.3/graphql',
        key: 'a key of sixteen signs',
        timeoutMs: 5000,
        places: 3,
      },
      {
        code: 'daishan',
        title: '岱山县',
        url: 'http://10.1.2.4:4300/graphql',
        key: 'a key of sixteen signs',
        timeoutMs: null,
        places: 16,
      },
    ]);
  });

  const county = (code: string, more: string): string => `counties: { ${code}: { title: 县, ${more} } }`;
  const key = "key: '${env:UP_KEY}'";

  it.each([
    ['offer: { port: 4300 }', '“offer.key”'],
    ['offer: { port: 4300, key: in the open }', '1:27: “offer.key”应为 引用'],
    [
      "offer: { port: 4300, key: '${env:SHORT}' }",
      '1:27: “offer.key”无法使用。 Cannot use offer.key: it must have at least 16',
    ],
    ["offer: { port: 4300, key: '${env:NONE}' }", 'the environment variable NONE must be set'],
    ["offer: { port: 70000, key: '${env:UP_KEY}' }", '“offer.port”'],
    [county('Shengsi', `url: 'http://a/', ${key}`), '1:13: '],
    [county('a/b', `url: 'http://a/', ${key}`), '1:13: '],
    [county('a', `url: 'ftp://a/', ${key}`), '“counties.a.url”应为 http://'],
    [county('a', `url: 'http://user:secret@a/', ${key}`), '“counties.a.url”应为 http://'],
    [county('a', `url: 'http://a/', ${key}, places: 0`), '“counties.a.places”'],
    [county('a', `url: 'http://a/', ${key}, tiemout: 3s`), '未知的键“tiemout”，是否想写“timeout”'],
    ['departments: market', '“departments”'],
  ])('refuses %j at its place', (text, message) => {
    const told = messageOf(text);
    expect(told).toContain(message);
    for (const secret of ['in the open', 'user:secret', 'short']) expect(told).not.toContain(secret);
  });

  it('are those of the examples', () => {
    const folder = join(import.meta.dirname, '../../examples/counties');
    const keys = {
      OFFER_KEY: 'a-key-of-the-city-1',
      PERSON_KEY: 'one key of persons',
      CURSOR_KEY: 'one key of cursors',
    };
    const above = loadConfig(join(folder, 'city/connections.yaml'), keys);
    const { counties, departments } = above.gateway;
    const { offer } = loadGatewaySettings(join(folder, 'county/gateway.yaml'), keys);
    expect(departments).toEqual([]);
    expect(counties.map(({ url }) => url)).toEqual([`http://${offer?.host}:${offer?.port}/graphql`]);
  });
});

describe('gateway.yaml', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eg-gateway-yaml-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is read beside the connections file', () => {
    const keys = 'personKey: ${env:KEY}\ncursorKey: ${env:KEY}\nconnections: {}\n';
    const file = join(folder, 'connections.yaml');
    writeFileSync(file, keys);
    const environment = { KEY: 'a-key-of-enough-length' };
    expect(loadConfig(file, environment).gateway).toEqual(USUAL_SETTINGS);
    writeFileSync(join(folder, 'gateway.yaml'), 'deadline: { default: 4s }\n');
    expect(loadConfig(file, environment).gateway.deadline).toEqual({ defaultMs: 4000, mostMs: 60_000 });
  });

  it('must be there when it is named', () => {
    expect(() => loadGatewaySettings(join(folder, 'none.yaml'), {})).toThrow(/无法读取文件（ENOENT）/);
  });
});
