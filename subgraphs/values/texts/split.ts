import { trimText } from './cell-text.js';

/**
 * Where a cell with several texts splits, and what is taken out of it first: `'、'`, `['、', ';']`,
 * `{ at: ['、', ' '], strip: ['（.*?）', '^[0-9]+[.]'] }`.
 */
export type Split = string | readonly string[] | SplitRule;

interface SplitRule {
  readonly at: string | readonly string[];
  /** Regular expressions. Each is taken out of the whole cell, then out of each element. */
  readonly strip?: readonly string[] | undefined;
}

/** The elements of a cell in their order, without blanks at the ends; empty ones stay (D15). */
export type Splitter = (text: string) => readonly string[];

const WIDTHS: ReadonlyMap<string, string> = new Map([
  [',', '[,，]'],
  ['，', '[,，]'],
  [';', '[;；]'],
  ['；', '[;；]'],
  ['|', '[|｜]'],
  ['/', '[/／]'],
  [' ', '[ \u3000]+'],
]);

/**
 * A separator counts in either width. Without a rule a cell splits at any of `,，;；、`. A cell that is a JSON list, as
 * services and arrays of databases write several values, has the elements of the list, whatever they hold.
 *
 * @throws {SyntaxError} on a pattern that is no regular expression; the grammar of mappings refuses those.
 */
export function compileSplitter(split: Split | undefined): Splitter {
  const separator = separatorPattern(split);
  const strips = stripsOf(split).map((pattern) => new RegExp(pattern, 'gu'));
  const stripped = (text: string): string =>
    trimText(strips.reduce((rest, pattern) => rest.replace(pattern, ''), text));
  return (text) => jsonElements(text)?.map(stripped) ?? stripped(text).split(separator).map(stripped);
}

/** The elements of a JSON list as texts, nothing for null; null when the text is no JSON list. */
function jsonElements(text: string): readonly string[] | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(elementText) : null;
  } catch {
    return null;
  }
}

function elementText(element: unknown): string {
  if (element === null) return '';
  return typeof element === 'string' ? element : JSON.stringify(element);
}

/** Whether elements are parts of their cell, so that a source can look for their text. */
export function isCutOnly(split: Split | undefined): boolean {
  return stripsOf(split).length === 0;
}

/** Whether a text is a regular expression. */
export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
}

/** Matches any of the separators. */
export function separatorPattern(split: Split | undefined): RegExp {
  if (split === undefined) return /[,，;；、]/u;
  const at = isRule(split) ? split.at : split;
  const separators = typeof at === 'string' ? [at] : at;
  // Of two separators that begin alike the longer one is meant.
  const longestFirst = separators.toSorted((left, right) => right.length - left.length);
  const pieces = longestFirst.map((text) => WIDTHS.get(text) ?? text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(pieces.join('|'), 'u');
}

/** A list has a method `at`, so its own keys are asked. */
function isRule(split: Split): split is SplitRule {
  return typeof split === 'object' && Object.hasOwn(split, 'at');
}

function stripsOf(split: Split | undefined): readonly string[] {
  return split !== undefined && isRule(split) ? (split.strip ?? []) : [];
}
