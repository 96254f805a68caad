import { z } from 'zod';
import { nearestWord } from '../nearest-word.js';
import type { PlacedYaml } from './placed-yaml.js';
import type { Problem } from './problem.js';

/** What the YAML parser found, as problems. */
export function syntaxProblems(yaml: PlacedYaml): readonly Problem[] {
  return yaml.errors.map(({ place, message }) => ({
    rule: 'yaml-syntax',
    severity: 'error',
    place,
    zh: `YAML 语法错误：${message}。`,
    en: `Cannot read the YAML: ${message}.`,
  }));
}

/** What a grammar found, each at its place, with what was expected and what is there. */
export function describeYamlIssues(
  issues: readonly z.core.$ZodIssue[],
  yaml: PlacedYaml,
  grammar: z.ZodType,
): readonly Problem[] {
  return issues.flatMap((issue): readonly Problem[] => {
    const where = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.');
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(grammar, issue.path);
      return issue.keys.map((key) => {
        const nearest = nearestWord(key, known);
        return {
          rule: 'unknown-key',
          severity: 'error',
          place: yaml.placeOfKey(issue.path, key),
          zh: `未知的键“${key}”${nearest === null ? '' : `，是否想写“${nearest}”`}。`,
          en: `Unknown key "${key}" in ${where}${nearest === null ? `; known: ${known.join(', ')}.` : `; did you mean "${nearest}"?`}`,
        };
      });
    }
    const found = describeInput(issue.input);
    return [
      {
        rule: 'invalid-value',
        severity: 'error',
        place: yaml.placeOf(issue.path),
        zh: `“${where}”的值不符合要求，实际为 ${found}。`,
        en: `Cannot use ${where}: expected ${expectation(issue)}, but found ${found}.`,
      },
    ];
  });
}

function describeInput(input: unknown): string {
  if (input === undefined) return 'nothing';
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  return issue.message;
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
