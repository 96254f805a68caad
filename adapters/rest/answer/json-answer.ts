import { SourceMalformed } from '../../source-error.js';
import type { AnswerTree, FoundRows } from '../../web/answer/answer-tree.js';
import { countBeside } from '../../web/answer/count-beside.js';
import { isJsonList, isJsonObject, type JsonTree, textOfJson } from '../../web/answer/json-tree.js';
import { shorten } from '../../web/answer/read-answer.js';
import { guessRowsPath } from './guess-json-rows.js';
import { findPath, followPath, openText } from './json-paths.js';
import { readJsonRow } from './read-json-row.js';

/**
 * A JSON answer for the reader of answers.
 *
 * @param wanted columns that the mapping names.
 * @param action completes the sentence "Cannot …".
 */
export function createJsonAnswer(tree: JsonTree, wanted: ReadonlySet<string>, action: string): AnswerTree {
  const textAt = (path: string) => leafAt(tree, path, action);
  return {
    textAt,
    messageAt: textAt,
    rowsAt: (path) => rowsAt(tree, path, wanted, action),
    guessRowsPath: () => guessRowsPath(tree, action),
  };
}

/** The text of the scalar at a path; null when there is none. */
export function leafAt(tree: JsonTree, path: string, action: string): string | null {
  const found = findPath(tree, path, action);
  return found === undefined || isJsonList(found) || isJsonObject(found) ? null : textOfJson(found);
}

/** One object is a list of one, and one without members is none; nor are what a list has for nothing. */
function rowsAt(tree: JsonTree, path: string, wanted: ReadonlySet<string>, action: string): FoundRows {
  const found = findPath(tree, path, action);
  if (found === undefined) return { kind: whyAbsent(tree, path, action) };
  const inside = openText(found, action);
  if (isJsonList(inside)) {
    const items = inside.filter((item) => item !== null && item !== '');
    return { kind: 'rows', rows: items.map((item) => readJsonRow(item, wanted, action)) };
  }
  if (isNothing(inside)) return { kind: 'nothing' };
  if (isJsonObject(inside)) return { kind: 'rows', rows: [readJsonRow(inside, wanted, action)] };
  throw new SourceMalformed(
    `Cannot ${action}: there must be rows at ${path}, but there is ${shorten(textOfJson(inside) ?? '')}`,
  );
}

/** What stands where the path breaks off. */
function whyAbsent(tree: JsonTree, path: string, action: string): Exclude<FoundRows['kind'], 'rows'> {
  const { at } = followPath(tree, path, action);
  if (isNothing(at)) return 'nothing';
  if (!isJsonObject(at)) return 'others';
  const count = countBeside([...at].map(([name, member]) => [name, textOfJson(member) ?? '']));
  if (count !== 'unknown') return count === 'none' ? 'nothing' : 'others';
  const holdsOthers = [...at.values()].some((member) => {
    const inside = openText(member, action);
    return (isJsonList(inside) || isJsonObject(inside)) && !isNothing(inside);
  });
  return holdsOthers ? 'others' : 'absent';
}

/** How services write that there is nothing. */
function isNothing(tree: JsonTree): boolean {
  if (isJsonList(tree)) return tree.length === 0;
  if (isJsonObject(tree)) return tree.size === 0;
  return tree === null || (typeof tree === 'string' && /^\s*(?:null|\[\s*\]|\{\s*\})?\s*$/.test(tree));
}
