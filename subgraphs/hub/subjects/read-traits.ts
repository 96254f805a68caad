import type { SubjectKind, SubjectState, SubjectTraits } from '../../feed/registry-port.js';
import { badInput } from '../filter/bad-input.js';
import { textList } from '../filter/filter-leaves.js';

type Input = Readonly<Record<string, unknown>>;
type TraitReader = (value: unknown, path: string) => SubjectTraits;

/** Inputs of `SubjectFilter` that the registry judges. */
const READERS: ReadonlyMap<string, TraitReader> = new Map<string, TraitReader>([
  ['kind', (value, path) => ({ kinds: textList(value, path) as readonly SubjectKind[] })],
  ['state', (value, path) => ({ states: textList(value, path) as readonly SubjectState[] })],
  ['statePresent', (value) => ({ present: { state: value === true } })],
  ['township', (value, path) => ({ townships: textList(value, path) })],
  ['townshipPresent', (value) => ({ present: { township: value === true } })],
  ['industry', (value, path) => ({ industries: textList(value, path) })],
  ['industryStartsWith', (value, path) => ({ industryStartsWith: readText(value, path) })],
  ['industryPresent', (value) => ({ present: { industry: value === true } })],
  ['name', (value, path) => ({ names: textList(value, path) })],
  ['nameContains', (value, path) => ({ nameContains: [readText(value, path)] })],
  ['nameStartsWith', (value, path) => ({ nameStartsWith: readText(value, path) })],
]);

export const TRAIT_INPUTS: readonly string[] = [...READERS.keys()];

/**
 * Reads the inputs of a filter that the registry judges.
 *
 * @throws BAD_USER_INPUT
 */
export function readTraits(where: Input, path: string): SubjectTraits {
  let traits: SubjectTraits = {};
  for (const [name, read] of READERS) {
    const value = where[name];
    if (value === null || value === undefined) continue;
    const { present, ...others } = read(value, `${path}.${name}`);
    traits = { ...traits, ...others, ...(present && { present: { ...traits.present, ...present } }) };
  }
  return traits;
}

function readText(value: unknown, path: string): string {
  const text = String(value).trim();
  if (text === '') throw badInput(path, '不能为空。', 'must not be empty.');
  return text;
}
