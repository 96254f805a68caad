import type { core } from 'zod';
import { ADAPTER_KINDS } from '../../adapters/kinds.js';
import { nearestWord } from '../../runtime/nearest-word.js';
import type { PlacedYaml } from '../../runtime/yaml/placed-yaml.js';
import type { ConfigProblem } from './config-error.js';
import { knownKeysAt } from './config-schema.js';

const DIALECTS = ADAPTER_KINDS.flatMap((kind) => kind.dialects);

/** What is wrong with one value of the file, where, and what would be right. Never shows the value itself. */
export function describeIssue(issue: core.$ZodIssue, yaml: PlacedYaml): readonly ConfigProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place: yaml.placeOfKey(issue.path, key),
      message: unknownKey(key, issue.path),
    }));
  }
  const subject = issue.path.length === 0 ? 'the file' : issue.path.join('.');
  return [{ place: yaml.placeOf(issue.path), message: `Cannot use ${subject}: it ${requirement(issue)}.` }];
}

function unknownKey(key: string, path: readonly PropertyKey[]): string {
  const where = path.length === 0 ? 'here' : `in ${path.join('.')}`;
  const known = knownKeysAt(path);
  const near = nearestWord(key, known);
  const advice = near === null ? `known are ${known.join(', ')}` : `did you mean ${JSON.stringify(near)}?`;
  return `Unknown key ${JSON.stringify(key)} ${where}: ${advice}`;
}

function requirement(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? 'must be given, but is missing'
        : `must be ${issue.expected === 'record' || issue.expected === 'object' ? 'a block of keys' : `a ${issue.expected}`}`;
    case 'invalid_union':
      return `must name a dialect: ${DIALECTS.join(', ')}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return 'must not be empty';
    default:
      return issue.message;
  }
}
