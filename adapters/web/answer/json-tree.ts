import { isLosslessNumber, parse } from 'lossless-json';
import { SourceMalformed } from '../../source-error.js';
import { plainNumber } from './json-number.js';

/** A JSON number as the text of its value. */
class JsonNumber {
  readonly text: string;

  constructor(digits: string) {
    this.text = plainNumber(digits);
  }
}

/** JSON without loss; objects are maps, so that no name from outside becomes a property. */
export type JsonTree =
  | null
  | boolean
  | string
  | JsonNumber
  | readonly JsonTree[]
  | ReadonlyMap<string, JsonTree>;

/** Deeper than any answer of business, and far from the end of the stack. */
const MAX_DEPTH = 64;

/**
 * @param action completes the sentence "Cannot …".
 * @throws {SourceMalformed} on what is no JSON, is nested too deep, or gives one name two different values.
 */
export function decodeJson(text: string, action: string): JsonTree {
  try {
    return toTree(parse(text), 0);
  } catch (cause) {
    const reason = text.trimStart().startsWith('<')
      ? 'but it is a page of HTML or XML'
      : `but ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new SourceMalformed(`Cannot ${action}: the answer must be JSON, ${reason}`, { cause });
  }
}

function toTree(value: unknown, depth: number): JsonTree {
  if (depth > MAX_DEPTH) throw new SyntaxError(`it is nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (isLosslessNumber(value)) return new JsonNumber(value.value);
  if (Array.isArray(value)) return value.map((item: unknown) => toTree(item, depth + 1));
  if (typeof value !== 'object') throw new SyntaxError(`it holds a ${typeof value}`);
  return new Map(Object.entries(value).map(([name, member]) => [name, toTree(member, depth + 1)]));
}

export function isJsonList(tree: JsonTree): tree is readonly JsonTree[] {
  return Array.isArray(tree);
}

export function isJsonObject(tree: JsonTree): tree is ReadonlyMap<string, JsonTree> {
  return tree instanceof Map;
}

/** The text of a cell: scalars as they are, numbers by their value (`plainNumber`), everything else as JSON. */
export function textOfJson(tree: JsonTree): string | null {
  return tree === null || typeof tree === 'string' ? tree : encodeJson(tree);
}

function encodeJson(tree: JsonTree): string {
  if (tree instanceof JsonNumber) return tree.text;
  if (isJsonList(tree)) return `[${tree.map(encodeJson).join(',')}]`;
  if (!isJsonObject(tree)) return JSON.stringify(tree);
  return `{${[...tree].map(([name, member]) => `${JSON.stringify(name)}:${encodeJson(member)}`).join(',')}}`;
}
