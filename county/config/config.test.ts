// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references to secrets look like placeholders
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadConfig, parseConfig } from './config.js';
import { ConfigError } from './config-error.js';

const ENVIRONMENT = {
  PERSON_KEY: 'a-person-key-of-enough-length',
  CURSOR_KEY: 'a-cursor-key-of-enough-length',
  MARINE_PASSWORD: 'p4ss/word',
  SHORT: 'short',
  EMPTY: '',
};
const KEYS = 'personKey: ${env:PERSON_KEY}\ncursorKey: ${env:CURSOR_KEY}\n';

function parse(text: string) {
  return parseConfig(text, '/etc/county/connections.yaml', ENVIRONMENT);
}

function problemsOf(text: string): readonly string[] {
  try {
    const { faults } = parse(text);
    return [...faults.values()]
      .flat()
      .map(({ place, en }) => `${place.file}:${place.line}:${place.column}: ${en}`);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('parseConfig()', () => {
  it('decodes connections, keys and the clock', () => {
    const config = parse(
      `${KEYS}connections:
  market: { dialect: sqlite, file: market.sqlite }
  marine: { dialect: postgres, url: "postgres://reader:\${env:MARINE_PASSWORD}@db/marine" }
clock: { today: 2026-06-30 }
`,
    );
    expect(config.connections.get('market')).toEqual({
      dialect: 'sqlite',
      file: '/etc/county/market.sqlite',
    });
    const marine = config.connections.get('marine');
    expect(marine?.dialect === 'postgres' && marine.url.reveal()).toBe(
      'postgres://reader:p4ss%2Fword@db/marine',
    );
    expect(config.personKey.reveal()).toBe(ENVIRONMENT.PERSON_KEY);
    expect(config.today).toBe('2026-06-30');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('reads JSON as well', () => {
    const text = JSON.stringify({
      connections: { cases: { dialect: 'mysql', url: '${env:PERSON_KEY}' } },
      personKey: '${env:PERSON_KEY}',
      cursorKey: '${env:CURSOR_KEY}',
    });
    expect(parse(text).connections.get('cases')?.dialect).toBe('mysql');
  });

  it('shows no secret in any dump', () => {
    const config = parse(
      `${KEYS}connections: { marine: { dialect: mysql, url: "\${env:MARINE_PASSWORD}" } }`,
    );
    const dumps = [
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config),
      `${config.personKey}`,
    ];
    for (const dump of dumps) {
      for (const secret of Object.values(ENVIRONMENT).filter((text) => text !== ''))
        expect(dump).not.toContain(secret);
    }
  });

  it('leaves out a connection with an error, and keeps the others', () => {
    const { connections, faults } = parse(
      `${KEYS}connections:
  market: { dialect: sqlite, file: market.sqlite }
  marine: { dialect: postgres, url: "\${env:NOBODY}" }
  cases: { dialect: sqlit, file: x }
  health: { dialect: mysql, usl: x }
`,
    );
    expect([...connections.keys()]).toEqual(['market']);
    expect(
      [...faults].map(([name, [first]]) => [name, first?.severity, first?.place.line, first?.zh]),
    ).toEqual([
      ['marine', 'error', 5, '连接“marine”的配置有误，未启用。'],
      ['cases', 'error', 6, '连接“cases”的配置有误，未启用。'],
      ['health', 'error', 7, '连接“health”的配置有误，未启用。'],
    ]);
  });

  it('names the place and the nearest key of an unknown one', () => {
    const text = `${KEYS}conections: {}\nconnections:\n  market:\n    dialect: sqlite\n    fiel: a.sqlite\n`;
    expect(problemsOf(text)).toEqual(
      expect.arrayContaining([
        '/etc/county/connections.yaml:3:1: Unknown key "conections" here: did you mean "connections"?',
        '/etc/county/connections.yaml:7:5: Unknown key "fiel" in connections.market: did you mean "file"?',
        '/etc/county/connections.yaml:6:5: Cannot use connections.market.file: it must be given, but is missing.',
      ]),
    );
  });

  it.each([
    ['a missing key', 'personKey: ${env:PERSON_KEY}\nconnections: {}', 'cursorKey'],
    ['an unknown dialect', `${KEYS}connections: { a: { dialect: oracle, file: x } }`, 'must name a dialect'],
    [
      'a literal secret',
      'personKey: hunter2\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      'must be a reference',
    ],
    [
      'a literal password',
      `${KEYS}connections: { a: { dialect: mysql, url: "mysql://u:hunter2@h/d" } }`,
      'must not hold a password',
    ],
    [
      'an unset variable',
      'personKey: ${env:NOBODY}\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      'NOBODY must be set, but is not',
    ],
    [
      'an empty variable',
      'personKey: ${env:EMPTY}\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      'EMPTY must be set, but is empty',
    ],
    [
      'a short key',
      'personKey: ${env:SHORT}\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      'at least 16 characters, but has 5',
    ],
    [
      'another kind of reference',
      'personKey: ${vault:x}\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      '${env:NAME} or',
    ],
    [
      'a relative secret file',
      'personKey: ${file:key}\ncursorKey: ${env:CURSOR_KEY}\nconnections: {}',
      'absolute path',
    ],
    [
      'a name of a connection that is none',
      `${KEYS}connections: { "A B": { dialect: sqlite, file: x } }`,
      '"A B"',
    ],
    [
      'a day that does not exist',
      `${KEYS}connections: {}\nclock: { today: "2026-02-30" }`,
      'must be a day of the calendar',
    ],
    ['no file at all', '', 'Cannot use the file'],
    ['broken YAML', 'connections: {', 'connections.yaml:1:'],
    ['a key twice', `${KEYS}connections: {}\nconnections: {}`, 'unique'],
  ])('refuses %s with a place', (_, text, reason) => {
    const problems = problemsOf(text);
    expect(problems.join('\n')).toContain(reason);
    for (const problem of problems) expect(problem).toMatch(/^\/etc\/county\/connections\.yaml:\d+:\d+: /);
    expect(problems.join('\n')).not.toContain('hunter2');
  });
});

describe('loadConfig()', () => {
  it('reads secret files without their last line break', () => {
    const folder = mkdtempSync(join(tmpdir(), 'config-'));
    try {
      writeFileSync(join(folder, 'key'), 'key-in-a-file-long-enough\n');
      writeFileSync(
        join(folder, 'c.yaml'),
        `personKey: \${file:${folder}/key}\ncursorKey: \${env:CURSOR_KEY}\nconnections: {}\n`,
      );
      expect(loadConfig(join(folder, 'c.yaml'), ENVIRONMENT).personKey.reveal()).toBe(
        'key-in-a-file-long-enough',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('says that the file is not there', () => {
    expect(() => loadConfig('/nowhere/c.yaml', {})).toThrow(
      '/nowhere/c.yaml:1:1: Cannot read the configuration',
    );
  });
});
