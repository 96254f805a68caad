import { SourceMalformed } from '../../source-error.js';
import type { AnswerTree, FoundRows } from '../../web/answer/answer-tree.js';
import { isJsonList, isJsonObject, type JsonTree, textOfJson } from '../../web/answer/json-tree.js';
import { shorten } from '../../web/answer/read-answer.js';
import { guessRowsPath } from './guess-json-rows.js';
import { findPath, openText } from './json-paths.js';
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

/** One object is a list of one, and one without members is none. */
function rowsAt(tree: JsonTree, path: string, wanted: ReadonlySet<string>, action: string): FoundRows {
  const found = findPath(tree, path, action);
  if (found === undefined) return { kind: 'absent' };
  const inside = openText(found, action);
  if (isJsonList(inside)) {
    return { kind: 'rows', rows: inside.map((item) => readJsonRow(item, wanted, action)) };
  }
  if (isJsonObject(inside)) {
    return { kind: 'rows', rows: inside.size === 0 ? [] : [readJsonRow(inside, wanted, action)] };
  }
  if (inside === null || inside === '' || inside === 'null') return { kind: 'nothing' };
  throw new SourceMalformed(
    `Cannot ${action}: there must be rows at ${path}, but there is ${shorten(textOfJson(inside) ?? '')}`,
  );
}
