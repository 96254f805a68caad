import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MappingError } from '../../../runtime/yaml/problem.js';
import { loadCodeLists } from './code-lists.js';
import { parseCodeList } from './parse-code-list.js';

const ENUMS = new Map([['Result', ['ISSUE', 'NO_ISSUE', 'UNKNOWN']]]);
const HEAD = 'list: market/check-result\ntitle: 结果\nenum: Result\n';

function problemsOf(text: string, name = 'market/check-result'): readonly string[] {
  const parsed = parseCodeList(text, 'codes.yaml', name, ENUMS);
  return parsed.kind === 'list'
    ? []
    : parsed.problems.map(({ place, rule, en }) => `${place.line}:${place.column} ${rule} ${en}`);
}

test('parseCodeList() reads codes, aliases and periods, and takes the order of the enum', () => {
  const parsed = parseCodeList(
    `${HEAD}codes:\n  - { code: 1, label: 未发现问题, value: NO_ISSUE, aliases: [正常] }\n  - { code: '2', label: 问题, value: ISSUE, until: 2020-12-31 }\n`,
    'codes.yaml',
    'market/check-result',
    ENUMS,
  );
  expect(parsed).toMatchObject({
    kind: 'list',
    list: {
      list: 'market/check-result',
      enum: 'Result',
      order: ['ISSUE', 'NO_ISSUE', 'UNKNOWN'],
      codes: [
        {
          code: '1',
          aliases: ['正常'],
          value: 'NO_ISSUE',
          place: { file: 'codes.yaml', line: 5, column: 5 },
        },
        { code: '2', until: '2020-12-31' },
      ],
    },
  });
});

test('parseCodeList() reports every problem at once, with its place', () => {
  expect(
    problemsOf(
      `${HEAD}codes:\n  - { code: '1', label: 甲, value: NO_ISUE }\n  - { code: '2', label: 乙, value: ISSUE, from: 2021-01-01, until: 2020-01-01 }\n  - { code: '2', label: 丙, value: NO_ISSUE }\n`,
      'market/results',
    ),
  ).toEqual([
    '1:7 list-name Cannot use the name market/check-result: expected market/results, after the file, but found market/check-result.',
    '5:35 unknown-value Cannot use the value NO_ISUE: expected a value of Result, but found none of that name; did you mean "NO_ISSUE"?',
    '6:5 empty-period Cannot use code "2": expected from to be at or before until, but found 2021-01-01 and 2020-01-01.',
    '7:5 duplicate-code Cannot tell what "2" means: expected periods that do not overlap, but found it also in line 6.',
  ]);
});

test('parseCodeList() names an unknown key and the nearest, and a day that does not exist', () => {
  expect(
    problemsOf(`${HEAD}codes:\n  - { code: '1', label: 甲, lable: 乙, value: ISSUE, until: 2020-02-30 }\n`),
  ).toEqual([
    '5:59 invalid-value Cannot use codes.0.until: expected a day such as 2020-12-31, but found "2020-02-30".',
    '5:28 unknown-key Unknown key "lable" in codes.0; did you mean "label"?',
  ]);
});

test('D16 one code may have two meanings in two periods', () => {
  const codes = (until: string): string =>
    `${HEAD}codes:\n  - { code: '1', label: 一般, value: ISSUE, until: ${until} }\n  - { code: '1', label: 普通, value: NO_ISSUE, from: 2021-01-01 }\n`;
  expect(problemsOf(codes('2020-12-31'))).toEqual([]);
  expect(problemsOf(codes('2021-01-01'))[0]).toContain('6:5 duplicate-code');
});

test('one label may stand for two codes of the same value', () => {
  expect(
    problemsOf(
      `${HEAD}codes:\n  - { code: '9', label: 注销, value: ISSUE }\n  - { code: '10', label: 注销, value: ISSUE }\n`,
    ),
  ).toEqual([]);
});

describe('loadCodeLists()', () => {
  let folder = '';
  const write = (name: string, text: string): void => {
    const path = join(folder, 'codes', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const townships =
    "county: { code: '330922', name: 嵊泗县, within: [] }\ntownships: [{ code: '330922100', name: 菜园镇 }]\n";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'code-lists-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test('reads every list of every folder by its name, and the townships', () => {
    write('county/townships.yaml', townships);
    write('market/check-result.yaml', `${HEAD}codes: [{ code: '1', label: 甲, value: ISSUE }]\n`);
    const { codeLists, townships: read } = loadCodeLists(join(folder, 'codes'), ENUMS, folder);
    expect([...codeLists.keys()]).toEqual(['market/check-result']);
    expect(read.list.map(({ code }) => code)).toEqual(['330922100']);
  });

  test('fails with the problems of all files, named from the root', () => {
    write('county/townships.yaml', townships.replace('330922100', '33'));
    write('market/check-result.yaml', `${HEAD}codes: []\n`);
    write('market/broken.yaml', 'list: [\n');
    const load = (): unknown => loadCodeLists(join(folder, 'codes'), ENUMS, folder);
    expect(load).toThrow(MappingError);
    expect(load).toThrow(
      /codes\/county\/townships\.yaml:2:21[\s\S]*codes\/market\/broken\.yaml[\s\S]*codes\/market\/check-result\.yaml:4:8/,
    );
  });

  test('says so when the townships are missing', () => {
    write('market/check-result.yaml', `${HEAD}codes: [{ code: '1', label: 甲, value: ISSUE }]\n`);
    expect(() => loadCodeLists(join(folder, 'codes'), ENUMS, folder)).toThrow(
      'codes/county/townships.yaml:1:1',
    );
  });
});
