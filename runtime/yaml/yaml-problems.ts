import { z } from 'zod';
import { nearestWord } from '../nearest-word.js';
import { expectationOf } from './expectation.js';
import { FULL_WIDTH, SPACE_NEEDED } from './explain-syntax.js';
import type { Place, PlacedYaml } from './placed-yaml.js';
import type { Problem } from './problem.js';

/** What the YAML parser found, as problems. */
export function syntaxProblems(yaml: Pick<PlacedYaml, 'errors'>): readonly Problem[] {
  return yaml.errors.map(({ place, zh, en }) => ({
    rule: 'yaml-syntax',
    severity: 'error',
    place,
    zh: `YAML 语法错误：${zh}。`,
    en: `Cannot read the YAML: ${en}.`,
  }));
}

/** What a grammar found, each at its place, with what was expected and what is there. */
export function describeYamlIssues(
  issues: readonly z.core.$ZodIssue[],
  yaml: PlacedYaml,
  grammar: z.ZodType,
): readonly Problem[] {
  const problems = issues.flatMap((issue): readonly Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(grammar, issue.path);
      return issue.keys.map((key) => unknownKey(key, issue.path, known, yaml));
    }
    return [invalidValue(issue, yaml)];
  });
  // A key that was not read as one is missing for no other reason.
  const mistaken = problems.filter(({ rule }) => rule === 'yaml-syntax');
  return mistaken.length > 0 ? mistaken : problems;
}

function unknownKey(
  key: string,
  path: readonly PropertyKey[],
  known: readonly string[],
  yaml: PlacedYaml,
): Problem {
  const place = yaml.placeOfKey(path, key);
  const mistaken = mistakenColon(key, place);
  if (mistaken !== null) return mistaken;
  const nearest = nearestWord(key.normalize('NFKC').trim(), known);
  return {
    rule: 'unknown-key',
    severity: 'error',
    place,
    zh: `未知的键“${key}”${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
    en: `Unknown key "${key}" in ${placeName(path)}${nearest === null ? `; known: ${known.join(', ')}.` : `; did you mean "${nearest}"?`}`,
  };
}

function invalidValue(issue: z.core.$ZodIssue, yaml: PlacedYaml): Problem {
  const { input } = issue;
  const where = placeName(issue.path);
  const place =
    issue.code === 'invalid_key'
      ? yaml.placeOfKey(issue.path.slice(0, -1), String(issue.path.at(-1)))
      : yaml.placeOf(issue.path);
  const mistaken = typeof input === 'string' ? mistakenColon(input, place) : null;
  if (mistaken !== null) return mistaken;
  const problem = { rule: 'invalid-value', severity: 'error', place } as const;
  if (input === '') {
    return { ...problem, zh: `“${where}”不能为空。`, en: `Cannot use ${where}: it must not be empty.` };
  }
  const expected = expectationOf(issue);
  if (input === undefined && issue.code === 'invalid_type') {
    return {
      ...problem,
      zh: `缺少“${where}”，应为${expected.zh}。`,
      en: `Cannot use ${where}: it must be given (${expected.en}), but is missing.`,
    };
  }
  const found = shortJson(input);
  return {
    ...problem,
    zh: `“${where}”应为 ${expected.zh}，实际为 ${found}。`,
    en: `Cannot use ${where}: expected ${expected.en}, but found ${found}.`,
  };
}

/** `department：market` is one text to YAML, and so is `department:market`. */
function mistakenColon(text: string, { file, line, column }: Place): Problem | null {
  const found = /^[\w.-]+\s*([:：])/.exec(text);
  if (found === null || text.includes('\n') || /^\w+:\/\//.test(text)) return null;
  const said = found[1] === '：' ? FULL_WIDTH : SPACE_NEEDED;
  return {
    rule: 'yaml-syntax',
    severity: 'error',
    place: { file, line, column: column + found[0].length - 1 },
    zh: `YAML 语法错误：${said.zh}。`,
    en: `Cannot read the YAML: ${said.en}.`,
  };
}

function placeName(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the file' : path.map(String).join('.');
}

function shortJson(input: unknown): string {
  const text = JSON.stringify(input) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Keys that a grammar allows at a path, for the "did you mean" of an unknown key. */
function keysAt(grammar: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = grammar;
  for (const step of path) {
    schema = unwrap(schema);
    if (schema instanceof z.ZodObject) schema = schema.shape[String(step)];
    else if (schema instanceof z.ZodRecord) schema = schema.valueType;
    else if (schema instanceof z.ZodArray) schema = schema.element;
  }
  const last = unwrap(schema);
  return last instanceof z.ZodObject ? Object.keys(last.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap()) : schema;
}
