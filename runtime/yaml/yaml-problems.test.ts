import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { parsePlacedYaml } from './placed-yaml.js';
import { readTextFile } from './read-text-file.js';
import { describeYamlIssues, syntaxProblems } from './yaml-problems.js';

const grammar = z.strictObject({
  title: z.string().min(1),
  owner: z.strictObject({ department: z.string().min(1), contact: z.string().optional() }).optional(),
  url: z.string().optional(),
  kind: z.enum(['Inspection', 'Case']).optional(),
  size: z.int().min(1).max(9).optional(),
  codes: z
    .array(z.union([z.string().min(1), z.int().nonnegative()]))
    .min(1)
    .optional(),
  names: z
    .record(z.string().regex(/^[a-z]+$/, { error: '小写名称 | a lower-case name' }), z.int())
    .optional(),
});

function problemsOf(text: string): readonly string[] {
  const yaml = parsePlacedYaml(text, 'f.yaml');
  const decoded = grammar.safeParse(yaml.value, { reportInput: true });
  const problems =
    yaml.errors.length > 0
      ? syntaxProblems(yaml)
      : decoded.success
        ? []
        : describeYamlIssues(decoded.error.issues, yaml, grammar);
  return problems.map(({ place, zh, en }) => `${place.line}:${place.column} ${zh} ${en}`);
}

describe('a colon of Chinese input methods', () => {
  it.each([
    ['at the beginning', 'title：市场\nurl: x\n', '1:6'],
    ['in the middle', 'url: x\ntitle：市场\nsize: 2\n', '2:6'],
    ['below a key', 'title: x\nowner:\n  department：market\n  contact: x\n', '3:13'],
    ['below a key, alone', 'title: x\nowner:\n  department：market\n', '3:13'],
    ['in braces', 'title: x\nowner: { department：market, contact: x }\n', '2:20'],
    ['after a space', 'title: x\nowner:\n  department ：market\n  contact: x\n', '3:14'],
  ])('is named and placed: %s', (_, text, place) => {
    const [first] = problemsOf(text);
    expect(first).toMatch(
      new RegExp(`^${place} YAML 语法错误：此处是全角冒号.*a full-width colon stands where`),
    );
  });

  it('is nobody’s business within a text', () => {
    expect(problemsOf('title: 检查结果：合格\nurl: "https://x"\n')).toEqual([]);
    expect(problemsOf('title: |\n  备注：见附件\n')).toEqual([]);
  });
});

describe('a colon without a space', () => {
  it.each([
    ['at the beginning', 'title:市场\nurl: x\n', '1:6'],
    ['at the end', 'url: x\ntitle:市场\n', '2:6'],
    ['in braces', 'title: x\nowner: { department:market }\n', '2:20'],
  ])('is named and placed: %s', (_, text, place) => {
    expect(problemsOf(text)[0]).toMatch(
      new RegExp(`^${place} YAML 语法错误：冒号后要有空格。 .*a space must follow`),
    );
  });
});

test.each([
  ['a tab', 'title: x\nowner:\n\tdepartment: m\n', /^3:1 .*制表符.*tabs must not indent/],
  ['a bracket left open', 'title: x\ncodes: [1, 2\nsize: 3\n', /括号未闭合.*bracket is not closed/],
  ['a quote left open', 'title: "x\nsize: 1\n', /引号未闭合/],
  ['a key twice', 'title: x\nsize: 1\nsize: 2\n', /^3:1 .*键重复/],
  ['a colon in a value', 'title: 一般: 轻微\nsize: 1\n', /要加引号.*must be quoted/],
])('%s is explained', (_, text, said) => {
  expect(problemsOf(text).join('\n')).toMatch(said);
});

test.each([
  [
    'nothing',
    'size: 1\n',
    '1:1 缺少“title”，应为文本。 Cannot use title: it must be given (a text), but is missing.',
  ],
  ['an empty text', 'title: ""\n', '1:8 “title”不能为空。 Cannot use title: it must not be empty.'],
  [
    'an empty code',
    'title: x\ncodes: [1, ""]\n',
    '2:12 “codes.1”不能为空。 Cannot use codes.1: it must not be empty.',
  ],
  [
    'an empty list',
    'title: x\ncodes: []\n',
    '2:8 “codes”应为 至少一项的列表，实际为 []。 Cannot use codes: expected a list with at least one entry, but found [].',
  ],
  [
    'one of the wrong kinds',
    'title: x\ncodes: [true]\n',
    '2:9 “codes.0”应为 文本 或 数，实际为 true。 Cannot use codes.0: expected a text or a number, but found true.',
  ],
  [
    'a number too great',
    'title: x\nsize: 12\n',
    '2:7 “size”应为 不大于 9 的数，实际为 12。 Cannot use size: expected a number up to 9, but found 12.',
  ],
  [
    'a fraction',
    'title: x\nsize: 1.5\n',
    '2:7 “size”应为 整数，实际为 1.5。 Cannot use size: expected a whole number, but found 1.5.',
  ],
  [
    'a misspelt word',
    'title: x\nkind: Inspecton\n',
    '2:7 “kind”应为 Inspection、Case 之一（是否想写“Inspection”），实际为 "Inspecton"。 Cannot use kind: expected one of Inspection, Case (did you mean "Inspection"?), but found "Inspecton".',
  ],
  [
    'a wrong name',
    'title: x\nnames: { A1: 1 }\n',
    '2:10 “names.A1”应为 小写名称，实际为 "A1"。 Cannot use names.A1: expected a lower-case name, but found "A1".',
  ],
  [
    'a full-width space in a key',
    'title: x\n　size: 1\n',
    '2:1 未知的键“　size”，是否想写“size”。 Unknown key "　size" in the file; did you mean "size"?',
  ],
])('says what was expected of %s', (_, text, said) => {
  expect(problemsOf(text)).toEqual([said]);
});

describe('readTextFile()', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'text-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (bytes: Uint8Array) => {
    writeFileSync(join(folder, 'f.yaml'), bytes);
    return readTextFile(join(folder, 'f.yaml'), 'f.yaml');
  };

  it('reads UTF-8, with a byte-order mark or without', () => {
    expect(read(Buffer.from('title: 市场\n'))).toEqual({ kind: 'text', text: 'title: 市场\n' });
    expect(read(Buffer.from('\uFEFFtitle: 市场\n'))).toEqual({ kind: 'text', text: 'title: 市场\n' });
  });

  it('refuses GBK with the line, and guesses at the rest', () => {
    const found = read(iconv.encode('feeds: Licence\ntitle: 市场\n', 'gbk'));
    expect(found).toMatchObject({ kind: 'problem', problem: { rule: 'not-utf8', place: { line: 2 } } });
    expect(found.kind === 'problem' && found.guess).toContain('feeds: Licence');
  });

  it('says that a file is not there', () => {
    expect(readTextFile(join(folder, 'none'), 'none.yaml')).toMatchObject({
      problem: { rule: 'unreadable', place: { file: 'none.yaml' }, zh: '无法读取文件（ENOENT）。' },
    });
  });
});
