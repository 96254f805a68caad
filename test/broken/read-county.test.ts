import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { readCounty } from '../../county/read-county.js';
import { formatProblem } from '../../runtime/yaml/problem.js';
import { brokenOutcome } from '../../subgraphs/engine/broken-interface.js';
import { copyCountyRoot } from '../join/county-root.js';
import { demoAccesses } from '../join/demo-accesses.js';
import { edit } from './edit-file.js';

const LICENCE = 'subgraphs/departments/market/licence.yaml';
const DEPARTMENTS = 'subgraphs/departments';
/** Its interfaces of licences. */
const CULTURE = [
  'culture.entertainment-permit',
  'culture.homestay',
  'culture.sports-licence',
  'culture.travel-agency',
];
const DIALECTS = demoAccesses();

/** What is wrong, the interfaces of licences and inspections that it breaks, and what is said of it. */
const CASES: readonly (readonly [
  title: string,
  change: (root: string) => void,
  missing: readonly string[],
  said: RegExp,
])[] = [
  [
    'a misspelt type',
    edit(LICENCE, 'type: Date,', 'type: Dat,'),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:\d+: error invalid-value: .*“fields\.\w+\.type”应为.*是否想写“Date”/m,
  ],
  [
    'broken YAML',
    edit(LICENCE, 'fields:', 'fields: ['),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:\d+: error yaml-syntax/m,
  ],
  [
    'a full-width colon',
    edit(LICENCE, 'title:', 'title：'),
    ['market.licence'],
    /^subgraphs\/departments\/market\/licence\.yaml:\d+:6: error yaml-syntax: .*全角冒号/m,
  ],
  [
    'a misspelt kind',
    edit(LICENCE, 'feeds: Licence', 'feeds: Licens'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error invalid-value: .*“feeds”应为/m,
  ],
  [
    'a misspelt key whose value is a kind',
    edit(LICENCE, 'feeds: Licence', 'fedes: Licence'),
    ['market.licence'],
    /licence\.yaml:\d+:1: error unknown-key: .*是否想写“feeds”/m,
  ],
  [
    'a file in GBK',
    (root) => {
      const file = join(root, LICENCE);
      writeFileSync(file, iconv.encode(readFileSync(file, 'utf8'), 'gbk'));
    },
    ['market.licence'],
    /licence\.yaml:\d+:1: error not-utf8: .*GBK/m,
  ],
  [
    'an empty file',
    (root) => writeFileSync(join(root, LICENCE), ''),
    ['market.licence'],
    /licence\.yaml:1:1: error invalid-value/m,
  ],
  [
    'an unknown field',
    edit(LICENCE, /\n {2}number:/, '\n  numbr:'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error (required|unknown)-field/m,
  ],
  [
    'an unknown connection',
    edit(LICENCE, 'connection: market', 'connection: markte'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error unknown-connection: .*markte/m,
  ],
  [
    "a name that is another department's",
    edit(LICENCE, 'interface: market.licence', 'interface: culture.homestay'),
    ['market.licence'],
    /licence\.yaml:\d+:\d+: error misplaced/m,
  ],
  [
    'an empty code',
    edit('schema/codes/health/check-result.yaml', /code: "?\w+"?/, 'code: ""'),
    ['health.inspection'],
    /^schema\/codes\/health\/check-result\.yaml:\d+:\d+: error invalid-value: “codes\.0\.code”不能为空。 Cannot use codes\.0\.code: it must not be empty/m,
  ],
  [
    'a code list that is none',
    edit('schema/codes/health/check-result.yaml', 'codes:', 'cods: ['),
    ['health.inspection'],
    /^schema\/codes\/health\/check-result\.yaml:\d+:\d+: error yaml-syntax/m,
  ],
  [
    'SDL that does not parse',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms Int'),
    CULTURE,
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:\d+: error sdl-syntax/m,
  ],
  [
    'a misspelt type in SDL',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Itn'),
    CULTURE,
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:10: error sdl-invalid: .*Unknown type Itn/m,
  ],
  [
    'a field twice in SDL',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Int\n  rooms: Int'),
    CULTURE,
    /^subgraphs\/departments\/culture\/schema\.graphql:\d+:3: error sdl-invalid: .*rooms/m,
  ],
  [
    'no SDL',
    (root) => rmSync(join(root, DEPARTMENTS, 'culture', 'schema.graphql')),
    CULTURE,
    /^subgraphs\/departments\/culture\/schema\.graphql:1:1: error unreadable/m,
  ],
  [
    'an entry whose folder is missing',
    (root) => rmSync(join(root, DEPARTMENTS, 'culture'), { recursive: true }),
    ['culture.licence'],
    /^rover\.yaml:\d+:3: error missing-folder: .*culture/m,
  ],
  [
    'a folder that rover.yaml does not name',
    edit('rover.yaml', /\n {2}culture:\n(?: {4}.*\n)+/, '\n'),
    CULTURE,
    /^rover\.yaml:\d+:\d+: error unnamed-folder: .*culture/m,
  ],
  [
    'a misspelt entry',
    edit('rover.yaml', '\n  culture:', '\n  cultrue:'),
    CULTURE,
    /^rover\.yaml:\d+:3: error missing-folder: .*是否想写“culture”/m,
  ],
  [
    'an entry with a wrong key',
    edit('rover.yaml', 'routing_url: http://127.0.0.1:4108', 'routing: http://127.0.0.1:4108'),
    [],
    /^rover\.yaml:\d+:5: error unknown-key: 未知的键“routing”.*known: routing_url/m,
  ],
  [
    'a rover.yaml that is no YAML',
    edit('rover.yaml', 'subgraphs:', 'subgraphs：'),
    [],
    /^rover\.yaml:\d+:10: error yaml-syntax: .*全角冒号/m,
  ],
  [
    'a mapping that ends in .yml',
    (root) => cpSync(join(root, LICENCE), join(root, `${DEPARTMENTS}/market/other.yml`)),
    [],
    /^subgraphs\/departments\/market\/other\.yml:1:1: error wrong-ending/m,
  ],
  [
    'marks of a merge in a generated file',
    edit('schema/subgraphs/culture.graphql', 'rooms: Int', '<<<<<<< HEAD'),
    [],
    /^schema\/subgraphs\/culture\.graphql:\d+:\d+: warning sdl-invalid/m,
  ],
  [
    'an SDL that was not composed again',
    edit(`${DEPARTMENTS}/culture/schema.graphql`, 'rooms: Int', 'rooms: Int\n  stars: Int'),
    [],
    /^subgraphs\/departments\/culture\/schema\.graphql:1:1: warning stale-schema/m,
  ],
  ['an empty folder beside the departments', (root) => mkdirSync(join(root, DEPARTMENTS, 'notes')), [], /^$/],
];

function read(change: (root: string) => void) {
  const root = copyCountyRoot();
  try {
    change(root);
    return readCounty(root, () => DIALECTS);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test('the demo county has no mistake', () => {
  const { subgraphs, problems } = read(() => undefined);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(subgraphs.flatMap(({ department }) => department?.broken ?? [])).toEqual([]);
});

describe('readCounty() after a mistake in the files of one department', () => {
  it.each(CASES)('breaks its own interfaces alone: %s', (_, change, missing, said) => {
    const { subgraphs, problems } = read(change);
    const broken = subgraphs
      .flatMap(({ department }) => department?.broken ?? [])
      .filter(({ info }) => info.kind === 'Licence' || info.kind === 'Inspection');
    expect(broken.map(({ info }) => info.name).sort()).toEqual([...missing]);
    for (const one of broken) {
      expect(brokenOutcome(one)).toMatchObject({
        state: 'MISSING',
        reason: expect.stringMatching(/^INTERFACE_MISCONFIGURED: 数据接口的配置有误/),
      });
    }
    expect(problems.map(formatProblem).join('\n')).toMatch(said);
    expect(subgraphs.every(({ sdl }) => sdl !== null)).toBe(true);
  });
});

describe('a file that all departments share', () => {
  it('is told with its place when it has errors', () => {
    const damage = (root: string): void =>
      writeFileSync(join(root, 'schema/codes/county/townships.yaml'), 'county: {}\n');
    const broken = edit('schema/canonical.graphql', 'enum Department {', 'enum Department');
    expect(() => read(broken)).toThrow(/^schema\/canonical\.graphql:\d+:\d+: error sdl-syntax/);
    expect(() => read(damage)).toThrow(/^schema\/codes\/county\/townships\.yaml:\d+:\d+: error/);
  });
});
