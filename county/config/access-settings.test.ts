// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { inspect } from 'node:util';
import { parseAccessSettings, readAccessSettings } from './access-settings.js';
import { ConfigError } from './config-error.js';

const ENVIRONMENT = { KEY_SERVER: 'Bearer very-secret' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eg-access-'));
  for (const name of ['applications.yaml', 'policy.yaml', 'jwks.json']) writeFileSync(join(folder, name), '');
  writeFileSync(join(folder, 'ca.pem'), rootCertificates.slice(0, 2).join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function parse(text: string) {
  return parseAccessSettings(text, join(folder, 'access.yaml'), ENVIRONMENT);
}

function messageOf(text: string): string {
  try {
    parse(text);
    return 'accepted';
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
}

const issuer = (more: string, keys = 'url: "https://id.example.cn/certs"'): string =>
  `issuers:\n  county: { issuer: "https://id.example.cn", audience: eg, algorithms: [RS256], keys: { ${keys} }${more} }\n`;

describe('parseAccessSettings()', () => {
  it('takes what is not said as usual', () => {
    expect(parse(issuer(''))).toEqual({
      issuers: [
        {
          name: 'county',
          issuer: 'https://id.example.cn',
          audiences: ['eg'],
          algorithms: ['RS256'],
          keys: {
            kind: 'url',
            url: 'https://id.example.cn/certs',
            authorization: null,
            authorities: null,
            maxAgeMs: 3_600_000,
            staleForMs: 14_400_000,
            timeoutMs: 5000,
          },
          leewaySeconds: 30,
          claims: {
            role: ['role'],
            townships: ['townships'],
            departments: ['departments'],
            scopes: ['scope'],
            purposes: ['purposes'],
          },
          secondFactors: ['mfa'],
        },
      ],
      applicationsFile: null,
      policyFile: null,
      lock: { failures: 10, withinMs: 60_000, forMs: 60_000 },
    });
  });

  it('reads what is said, files beside it, and the secret from where it says', () => {
    const settings = parse(
      [
        'issuers:',
        '  county:',
        '    issuer: https://id.example.cn',
        '    audience: [eg, eg-test]',
        '    algorithms: [ES256, Ed25519]',
        '    keys: { url: "http://127.0.0.1:8080/certs", authorization: "${env:KEY_SERVER}", ca: ca.pem, every: 10m, staleFor: 0s, timeout: 1s }',
        '    claims: { role: [realm_access, roles], purposes: matters }',
        '    leeway: 60s',
        '    secondFactor: []',
        '  own: { issuer: "urn:own", audience: eg, algorithms: [EdDSA], keys: { file: jwks.json } }',
        'applications: applications.yaml',
        'policy: policy.yaml',
        'lock: { failures: 5, within: 2m, for: 30m }',
      ].join('\n'),
    );
    const [county, own] = settings.issuers;
    expect(county).toMatchObject({
      audiences: ['eg', 'eg-test'],
      algorithms: ['ES256', 'Ed25519'],
      keys: { maxAgeMs: 600_000, staleForMs: 0, timeoutMs: 1000 },
      leewaySeconds: 60,
      claims: { role: ['realm_access', 'roles'], purposes: ['matters'], townships: ['townships'] },
      secondFactors: [],
    });
    const keys = county?.keys.kind === 'url' ? county.keys : null;
    expect(keys?.authorities).toHaveLength(2);
    expect(keys?.authorization?.reveal()).toBe('Bearer very-secret');
    expect(inspect(settings, { depth: 9 }) + JSON.stringify(settings)).not.toContain('very-secret');
    expect(own?.keys).toEqual({ kind: 'file', file: join(folder, 'jwks.json') });
    expect(settings).toMatchObject({
      applicationsFile: join(folder, 'applications.yaml'),
      policyFile: join(folder, 'policy.yaml'),
      lock: { failures: 5, withinMs: 120_000, forMs: 1_800_000 },
    });
  });

  it.each([
    ['', 'access.yaml:1:1: “issuers”和“applications”至少要有一项'],
    ['issuers: {}', '至少要有一项'],
    ['issuers: [', 'YAML'],
    [issuer(', audiance: x'), '2:127: 未知的键“audiance”，是否想写“audience”'],
    [issuer('').replace('RS256', 'HS256'), '“issuers.county.algorithms.0”应为 RS256、'],
    [issuer('').replace('RS256', 'none'), '“issuers.county.algorithms.0”应为 RS256、'],
    [issuer('').replace('[RS256]', '[]'), '至少一项的列表'],
    [issuer('').replace('algorithms: [RS256], ', ''), '缺少“issuers.county.algorithms”'],
    [issuer('').replace('audience: eg, ', ''), 'issuers.county.audience'],
    [issuer('').replace('county:', 'County:'), '2:3: '],
    [issuer('').replace('county:', 'app:'), '“app”以外的名称'],
    [issuer(', leeway: 61s'), '“issuers.county.leeway”应在 0 毫秒到 1 分钟之间'],
    [issuer(', claims: { roles: x }'), '未知的键“roles”，是否想写“role”'],
    [
      issuer('', 'url: "https://id.example.cn/certs", every: 2h'),
      '“issuers.county.keys.every”应在 1 分钟到 1 小时之间',
    ],
    [issuer('', 'url: "https://id.example.cn/certs", staleFor: 2d'), '到 1 天之间'],
    [issuer('', 'url: "http://id.example.cn/certs"'), '“issuers.county.keys.url”应为 https://'],
    [issuer('', 'url: "http://127.0.0.1.example.cn/certs"'), '“issuers.county.keys.url”应为 https://'],
    [issuer('', 'url: "https://user:hunter2@id.example.cn/certs"'), '“issuers.county.keys.url”应为 https://'],
    [issuer('', 'url: "file:///etc/jwks.json"'), '“issuers.county.keys.url”应为 https://'],
    [issuer('', ''), '二者取一'],
    [issuer('', 'url: "https://id.example.cn/certs", file: jwks.json'), '二者取一'],
    [issuer('', 'file: jwks.json, every: 1h'), '“every”只用于“url”'],
    [issuer('', 'file: none.json'), '没有“issuers.county.keys.file”所指的文件 none.json'],
    [
      issuer('', 'url: "https://a.cn/", authorization: hunter2'),
      '“issuers.county.keys.authorization”应为 引用',
    ],
    [
      issuer('', 'url: "https://a.cn/", authorization: [hunter2]'),
      '“issuers.county.keys.authorization”应为 文本',
    ],
    [
      issuer('', 'url: "https://a.cn/", authorization: "${env:NONE}"'),
      'the environment variable NONE must be set',
    ],
    [issuer('', 'url: "https://a.cn/", ca: jwks.json'), 'jwks.json 中须有 PEM 证书'],
    [issuer('', 'url: "https://a.cn/", ca: none.pem'), '所指的文件 none.pem'],
    [issuer('', 'hunter2'), 'issuers.county.keys'],
    [issuer('').replace('keys: {', 'keys: hunter2 #'), 'access.yaml:'],
    [
      `${issuer('')}  other: { issuer: "https://id.example.cn", audience: eg, algorithms: [RS256], keys: { file: jwks.json } }`,
      '3:20: 同一“issuer”出现了两次',
    ],
    ['applications: none.yaml', 'access.yaml:1:15: 没有“applications”所指的文件 none.yaml'],
    ['applications: applications.yaml\npolicy: none.yaml', '没有“policy”所指的文件'],
    ['applications: applications.yaml\nlock: { failures: 0 }', '“lock.failures”'],
    ['applications: applications.yaml\nlock: { for: 2d }', '“lock.for”应在 1 秒到 1 天之间'],
  ])('refuses %j at its place', (text, message) => {
    const told = messageOf(text);
    expect(told).toContain(message);
    expect(told).toMatch(/^access\.yaml:\d+:\d+: /);
    expect(told.replace(/Unknown key "hunter2".*|未知的键“hunter2”.*/g, '')).not.toContain('hunter2');
  });

  it('tells all of it at once', () => {
    const text = `${issuer(', leeway: 2m', 'file: none.json')}lock: { for: 2d }\n`;
    expect(messageOf(text).split('\n')).toHaveLength(3);
  });
});

describe('readAccessSettings()', () => {
  it('reads the file of the name', () => {
    const file = join(folder, 'written.yaml');
    writeFileSync(file, issuer('', 'file: jwks.json'));
    expect(readAccessSettings(file, {}).issuers).toHaveLength(1);
    expect(() => readAccessSettings(join(folder, 'none.yaml'), {})).toThrow(
      /none\.yaml:1:1: 无法读取文件（ENOENT）/,
    );
  });
});
